//! What happens to a project when the plans of a period are made and issued at once, in words.

use crate::{
    query::project::ProjectRow,
    text::Text as T,
    view::{Reader, project::missing_words},
};
use firebee_domain::{
    id::{AccountId, ProjectId},
    plan::{Foreseen, Held, Next},
};
use firebee_protocol::text::{Arg, Chip, Shape, Tone, word};
use std::collections::HashMap;

/// A project in the preview.
pub struct NextLine {
    /// The project.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its lead's name.
    pub lead: String,
    /// What happens.
    pub next: Chip,
    /// Who gets it, by name.
    pub executors: String,
    /// Why something is not issued.
    pub held: String,
}

/// A project of the preview in words. `names` are those of the executors.
#[must_use]
pub fn next(reader: Reader<'_>, row: &ProjectRow, foreseen: &Foreseen, names: &HashMap<AccountId, String>) -> NextLine {
    let executors = foreseen.to.keys().filter_map(|account| names.get(account).cloned());
    NextLine {
        id: row.project.id,
        name: row.project.name.clone(),
        lead: row.lead_name.clone(),
        next: chip(reader, foreseen.next),
        executors: word::join(reader.language, executors),
        held: foreseen.held.as_ref().map(|why| held(reader, why)).unwrap_or_default(),
    }
}

/// What happens, as a chip.
#[must_use]
pub fn chip(reader: Reader<'_>, next: Next) -> Chip {
    let (tone, shape, text) = match next {
        Next::MakeAndIssue => (Tone::Conform, Shape::Check, T::LedgerNextMakeAndIssue),
        Next::MakeAndIssuePart => (Tone::Waiting, Shape::Half, T::LedgerNextMakeAndIssuePart),
        Next::Make => (Tone::Waiting, Shape::Circle, T::LedgerNextMake),
        Next::Issue => (Tone::Conform, Shape::Check, T::LedgerNextIssue),
        Next::IssuePart => (Tone::Waiting, Shape::Half, T::LedgerNextIssuePart),
        Next::Stay => (Tone::Nonconform, Shape::Warn, T::LedgerNextStay),
        Next::Done => (Tone::Untestable, Shape::Check, T::LedgerNextDone),
        Next::Paused => (Tone::Untestable, Shape::Barred, T::LedgerNextPaused),
        Next::Terminated => (Tone::Untestable, Shape::Cross, T::LedgerNextTerminated),
        Next::Ended => (Tone::Untestable, Shape::Dash, T::LedgerNextEnded),
        Next::NotDue => (Tone::Untestable, Shape::Dash, T::LedgerNextNotDue),
        Next::Empty => (Tone::Nonconform, Shape::Dash, T::LedgerNextEmpty),
    };
    Chip { tone, shape, word: reader.t(text) }
}

/// Why something is not issued.
#[must_use]
pub fn held(reader: Reader<'_>, held: &Held) -> String {
    match held {
        Held::Incomplete(missing) => {
            let missing = missing_words(reader.language, missing);
            reader.say(T::LedgerHeldIncomplete, &[("missing", Arg::from(missing))])
        }
        Held::Expired => reader.t(T::LedgerHeldExpired),
        Held::NoAssignment => reader.t(T::LedgerHeldNoAssignment),
        Held::ExecutorMissing => reader.t(T::LedgerHeldExecutor),
    }
}
