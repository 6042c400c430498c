//! What makes a photo or a track doubtful, in words.

use super::{Arg, Language, Text as T, say, say_with, word};
use firebee_domain::{evidence::PhotoDoubt, geofence::Jump};

/// What makes a photo doubtful, as a sentence.
#[must_use]
pub fn doubt(language: Language, doubt: &PhotoDoubt) -> String {
    let filled = |text, name, value: Arg<'_>| say_with(language, text, &[(name, value)]);
    match doubt {
        PhotoDoubt::NoExif => say(language, T::WordDoubtNoExif),
        PhotoDoubt::Edited { software } => filled(T::WordDoubtEdited, "software", Arg::from(software)),
        PhotoDoubt::BeforeTask => say(language, T::WordDoubtBeforeTask),
        PhotoDoubt::BeforeDispatch => say(language, T::WordDoubtBeforeDispatch),
        PhotoDoubt::SaidOtherwise => say(language, T::WordDoubtSaidOtherwise),
        PhotoDoubt::OtherDate => say(language, T::WordDoubtOtherDate),
        PhotoDoubt::FarAway { metres } => filled(T::WordDoubtFarAway, "metres", Arg::from(*metres)),
        PhotoDoubt::Again { role } => filled(T::WordDoubtAgain, "place", Arg::from(word::photo(language, *role))),
    }
}

/// That a photo is used in another task, too.
#[must_use]
pub fn elsewhere(language: Language, task_name: &str) -> String {
    say_with(language, T::WordDoubtElsewhere, &[("task", Arg::from(task_name))])
}

/// How often a track jumps, and how far; `None` when it does not.
#[must_use]
pub fn jumps(language: Language, jumps: &[Jump]) -> Option<String> {
    let metres = jumps.iter().map(|jump| jump.metres).max()?;
    let values = [("count", Arg::from(jumps.len())), ("metres", Arg::from(metres))];
    Some(say_with(language, T::WordTrackJumps, &values))
}
