//! Safe and provable practice on site: what was isolated and put back, who was present, what was measured with, who
//! witnessed.

use super::Known;
use crate::{text::Text as T, view::Reader};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Subject},
    catalogue::Catalogue,
    id::{ContentId, FactId, PersonId},
    instrument::Instrument,
    personnel::Colleague,
    task::{Stamp, Task},
};
use firebee_protocol::text::{Arg, word};
use std::collections::HashSet;

/// The witness's signature.
pub struct Signature {
    /// The fact, by which its picture is addressed; `None` while it has not arrived, or where the reader may not see it.
    pub picture: Option<FactId>,
    /// Name, role and time.
    pub words: String,
}

/// What the page of a task says of the practice on site.
pub struct Practice {
    /// A line a system.
    pub systems: Vec<Known>,
    /// What a reviewer should know of it.
    pub warnings: Vec<String>,
    /// The owner's witness, where one signed.
    pub signature: Option<Signature>,
}

/// What it is made of.
pub(super) struct Sources<'a> {
    pub(super) subject: &'a Subject,
    pub(super) task: &'a Task,
    pub(super) catalogue: &'a Catalogue,
    pub(super) crew: &'a [Colleague],
    /// Who executes the task: the person, whose account may be closed.
    pub(super) executor: Option<PersonId>,
    pub(super) instruments: &'a [Instrument],
    pub(super) verified: &'a HashSet<ContentId>,
    pub(super) witness_asked: bool,
}

pub(super) fn practice(reader: Reader<'_>, sources: &Sources<'_>) -> Practice {
    Practice {
        systems: systems(reader, sources),
        warnings: warnings(reader, sources),
        signature: signature(reader, sources),
    }
}

/// Who was told before, and who set it back; behind that, the firm's own lines of the checklist.
fn systems(reader: Reader<'_>, sources: &Sources<'_>) -> Vec<Known> {
    let task = sources.task;
    let line = |system| {
        let told = task.isolated(system).map(|said| (T::TaskIsolatedTold, &said.told));
        let restored = task.restored(system).map(|said| (T::TaskRestoredBy, &said.by));
        let said = |found: Option<(T, &String)>, not: T| {
            found.map_or_else(|| reader.t(not), |(text, name)| reader.say(text, &[("name", Arg::from(name))]))
        };
        let steps = [said(told, T::TaskNotIsolated), said(restored, T::TaskNotRestored)];
        let word = word::isolable(reader.language, system);
        Known { word, value: word::join(reader.language, steps), data: false }
    };
    let own = |line: &String| Known {
        word: line.clone(),
        value: reader.t(if task.confirmed(line).is_some() { T::TaskLineConfirmed } else { T::TaskLineOpen }),
        data: false,
    };
    task.isolates(Some(sources.catalogue)).into_iter().map(line).chain(task.demands.lines.iter().map(own)).collect()
}

/// The day of an instant, in UTC+8.
fn day(at: &Stamp) -> NaiveDate {
    at.best().map_or(at.wall_ms, |bound| bound.latest).china_day()
}

fn warnings(reader: Reader<'_>, sources: &Sources<'_>) -> Vec<String> {
    let (task, language) = (sources.task, reader.language);
    let mut warnings = Vec::new();
    let described = task.description.as_ref();
    let helpers = described.map_or(&[][..], |held| &held.described.helpers);
    if helpers.is_empty() && task.needs_two(Some(sources.catalogue)) {
        warnings.push(reader.t(T::TaskNeedsTwo));
    }
    // What was measured with on the day of the result, and what was said to have been used on the day that was said.
    let chosen =
        described.into_iter().flat_map(|held| held.described.instruments.iter().map(|used| (used, day(&held.at))));
    let named = task.current_results().filter_map(|held| Some((held.recorded.instrument.as_ref()?, day(&held.at))));
    for (used, on) in chosen.chain(named) {
        warnings.extend(instrument(reader, used, sources.instruments, on));
    }
    let on = task.last_submission().map_or_else(|| reader.now.china_day(), |submission| day(&submission.at));
    let holds = |colleague: &&Colleague| {
        sources.executor == Some(colleague.person) || helpers.iter().any(|held| held.person == Some(colleague.person))
    };
    let present = sources.crew.iter().filter(holds);
    warnings.extend(present.flat_map(|held| word::expiring(language, &held.name, &held.endings, on)));
    if sources.witness_asked && task.witness.is_none() {
        warnings.push(reader.t(T::TaskWitnessMissing));
    }
    let mut said = HashSet::new();
    warnings.retain(|warning| said.insert(warning.clone()));
    warnings
}

/// an instrument counts as what the firm's list says of it, where that is less than what the phone said.
fn instrument(reader: Reader<'_>, used: &Instrument, listed: &[Instrument], on: NaiveDate) -> Option<String> {
    let known = listed.iter().find(|held| held.number == used.number);
    let lower = known.filter(|held| held.valid_to < used.valid_to).unwrap_or(used);
    let unknown = || reader.say(T::TaskInstrumentUnknown, &[("number", Arg::from(&used.number))]);
    word::instrument_expired(reader.language, lower, on).or_else(|| known.is_none().then(unknown))
}

fn signature(reader: Reader<'_>, sources: &Sources<'_>) -> Option<Signature> {
    let witness = sources.task.witness.as_ref()?;
    let may = reader.may(Action::ReadSelfie, sources.subject) && sources.verified.contains(&witness.signed.signature);
    let values = [
        ("name", Arg::from(&witness.signed.name)),
        ("role", Arg::from(&witness.signed.role)),
        ("when", Arg::from(reader.recorded(&witness.at).told(reader.language))),
    ];
    Some(Signature { picture: may.then_some(witness.fact), words: reader.say(T::TaskWitnessed, &values) })
}
