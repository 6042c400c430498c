//! How a firm works, in words.

use super::{
    Reader,
    setting::{Line, told},
};
use crate::{query::ways::WaysRow, text::Text as T};
use firebee_domain::{
    catalogue::System,
    id::AccountId,
    ways::{Reviewers, Ways, WitnessWay},
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Arg, Language, tongue, when::When, word},
};

/// What was set at one time.
pub struct Change {
    /// When.
    pub when: When,
    /// By whom.
    pub by: String,
    /// What is another one than before.
    pub lines: Vec<Line>,
}

/// The page.
pub struct WaysView {
    /// What holds now.
    pub now: Vec<Line>,
    /// What was set, the last first.
    pub changes: Vec<Change>,
}

/// The view of what was set, the last first. `names` has the accounts that any of it names.
#[must_use]
pub fn view(reader: Reader<'_>, settings: &[WaysRow], names: &[(AccountId, String)]) -> WaysView {
    let kept = settings.iter().map(|row| lines(reader, &row.ways, names)).collect();
    let (now, changed) = told(kept, lines(reader, &Ways::default(), names));
    let change = |(row, lines): (&WaysRow, Vec<Line>)| Change { when: reader.when(row.at), by: row.by.clone(), lines };
    WaysView { now, changes: settings.iter().zip(changed).map(change).collect() }
}

/// Where the owner's witness signs, in words.
#[must_use]
pub fn witness(way: WitnessWay) -> T {
    match way {
        WitnessWay::EachProject => T::WaysWitnessEach,
        WitnessWay::NewProjects => T::WaysWitnessNew,
        WitnessWay::AllProjects => T::WaysWitnessAll,
    }
}

/// Who reviews, in words.
#[must_use]
pub fn reviewers(way: Reviewers) -> T {
    match way {
        Reviewers::AsTheRules => T::WaysReviewersRules,
        Reviewers::NotOwnTasks => T::WaysReviewersNotOwn,
        Reviewers::LeadFirst => T::WaysReviewersLead,
    }
}

/// What a system is called.
#[must_use]
pub fn system(language: Language, system: &System) -> String {
    tongue(language).of(&system.name, &system.name_en).to_owned()
}

fn lines(reader: Reader<'_>, ways: &Ways, names: &[(AccountId, String)]) -> Vec<Line> {
    let line = |name: T, value: String| Line { name: reader.t(name), value };
    let somebody = |account: Option<AccountId>| {
        let held = account.and_then(|account| names.iter().find(|(held, _)| *held == account));
        held.map_or_else(|| reader.t(T::WaysNobody), |(_, name)| name.clone())
    };
    let number = |text: T, number: u8| reader.say(text, &[("count", Arg::from(u32::from(number)))]);
    let all = |of: Vec<String>| if of.is_empty() { reader.t(T::WaysNone) } else { word::join(reader.language, of) };
    let systems = &Pack::embedded().catalogue.systems;
    let named = |code: &String| {
        let found = systems.iter().find(|system| system.code == *code);
        found.map_or_else(|| code.clone(), |found| system(reader.language, found))
    };
    vec![
        line(T::WaysLead, somebody(ways.lead)),
        line(T::WaysExecutor, somebody(ways.executor)),
        line(T::WaysPhotos, number(T::WaysPhotosCount, ways.photos)),
        line(T::WaysPhotoSystems, all(ways.photo_systems.iter().map(named).collect())),
        line(T::WaysLines, all(ways.lines.clone())),
        line(T::WaysWitness, reader.t(witness(ways.witness))),
        line(T::WaysReviewers, reader.t(reviewers(ways.reviewers))),
        line(T::WaysReminder, number(T::WaysDays, ways.reminder_days)),
    ]
}
