//! Safe and provable practice on site: what is isolated and put back, who is present, what is measured with, who
//! witnessed, who could go on.

use super::{Act, PhotoView, photo::Verified, reading::Reading};
use crate::{cache::TaskBrief, work::TaskView};
use chrono::NaiveDate;
use firebee_domain::{
    account::Action,
    id::AccountId,
    instrument::Instrument,
    personnel::Colleague,
    restore::Isolable,
    result::ResultKey,
    task::{Helper, Task, TaskDescribed},
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Arg, Chip, Text, When, when, word},
};

/// A system that a test isolates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreRow {
    /// The system.
    pub system: Isolable,
    /// What it is called.
    pub name: String,
    /// What to do before the test: tell the control room, isolate the system.
    pub before: String,
    /// Who was told in the control room; `None` before the system was isolated.
    pub told: Option<String>,
    /// Who set it back to automatic; `None` until that is confirmed.
    pub restored: Option<String>,
    /// The photo of its panel.
    pub photo: Option<PhotoView>,
}

/// A name that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameChoice {
    /// The name.
    pub name: String,
    /// Whether it is chosen for this task.
    pub chosen: bool,
}

/// An instrument that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstrumentChoice {
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: String,
    /// Whether its calibration holds today.
    pub valid: Chip,
    /// The last day of its calibration.
    pub valid_to: String,
    /// Whether it is chosen for this task.
    pub chosen: bool,
}

/// The owner's witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessView {
    /// Whether the project asks for one.
    pub asked: bool,
    /// Name and role of who signed.
    pub signed: Option<String>,
    /// When it was signed.
    pub when: Option<When>,
}

/// Somebody who could go on with a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
}

impl Reading<'_> {
    pub(super) fn restore_rows(&self, view: &TaskView, pack: &Pack, verified: &Verified<'_>) -> Vec<RestoreRow> {
        let task = &view.task;
        let row = |system: Isolable| {
            let confirmed = task.restored(system);
            let photo = confirmed.and_then(|said| task.current_photos().find(|photo| photo.fact == said.photo));
            let name = word::isolable(self.language, system);
            RestoreRow {
                system,
                before: self.with(Text::PhoneIsolate, &[("system", Arg::from(&name))]),
                name,
                told: task.isolated(system).map(|said| said.told.clone()),
                restored: confirmed.map(|said| said.by.clone()),
                photo: photo.map(|photo| self.photo(photo, None, verified)),
            }
        };
        task.isolates(Some(&pack.catalogue)).into_iter().map(row).collect()
    }

    /// Who was chosen, then the colleagues, then who helped in other tasks of the project, each once.
    pub(super) fn helpers(&self, described: Option<&TaskDescribed>, others: &[TaskBrief]) -> Vec<NameChoice> {
        let chosen = described.map_or(&[][..], |held| &held.helpers);
        let mut names: Vec<NameChoice> =
            chosen.iter().map(|helper| NameChoice { name: helper.name.clone(), chosen: true }).collect();
        let papers = &self.eyes.papers;
        let colleagues = papers.firm.crew.iter().filter(|held| held.person != papers.session.person);
        let colleagues = colleagues.map(|held| &held.name);
        for name in colleagues.chain(others.iter().flat_map(|brief| &brief.helpers)) {
            if !names.iter().any(|held| held.name == *name) {
                names.push(NameChoice { name: name.clone(), chosen: false });
            }
        }
        names
    }

    /// The chosen ones, as the task has them, then the rest of the firm's list.
    pub(super) fn instruments(&self, described: Option<&TaskDescribed>) -> Vec<InstrumentChoice> {
        let chosen = described.map_or(&[][..], |held| &held.instruments);
        let listed = &self.eyes.papers.firm.instruments;
        let rest = listed.iter().filter(|held| !chosen.iter().any(|chosen| chosen.number == held.number));
        let all = chosen.iter().map(|held| (held, true)).chain(rest.map(|held| (held, false)));
        all.map(|(held, chosen)| self.instrument(held, chosen)).collect()
    }

    /// The instruments of a task; the one that the answer was measured with is chosen.
    pub(super) fn measured_with(&self, task: &Task, key: ResultKey) -> Vec<InstrumentChoice> {
        let used = task.description.as_ref().map_or(&[][..], |held| &held.described.instruments);
        let named = task.current_result(key).and_then(|held| held.recorded.instrument.as_ref());
        let is_named = |held: &Instrument| named.is_some_and(|named| named.number == held.number);
        used.iter().map(|held| self.instrument(held, is_named(held))).collect()
    }

    fn instrument(&self, held: &Instrument, chosen: bool) -> InstrumentChoice {
        InstrumentChoice {
            number: held.number.clone(),
            kind: held.kind.clone(),
            valid: Chip::calibration(self.language, held.has_expired(self.today())),
            valid_to: when::date(self.language, held.valid_to),
            chosen,
        }
    }

    pub(super) fn witness(&self, view: &TaskView) -> WitnessView {
        let witness = view.task.witness.as_ref();
        WitnessView {
            asked: view.witness_asked,
            signed: witness.map(|held| format!("{} · {}", held.signed.name, held.signed.role)),
            when: witness.map(|held| self.moment(&held.at)),
        }
    }

    /// The colleagues whose open account works with a phone.
    pub(super) fn receivers(&self, view: &TaskView) -> Vec<Receiver> {
        let holder = view.task.executor;
        let crew = self.eyes.papers.firm.crew.iter();
        let receiver = |held: &Colleague| Some(Receiver { account: held.account?, name: held.name.clone() });
        crew.filter_map(receiver).filter(|held| held.account != holder).collect()
    }

    pub(super) fn hand_over(&self, view: &TaskView) -> Act {
        let may = self.may(view, Action::HandOverTask);
        if may.allowed { may.then(self.say(Text::PhoneHandOverConsequence)) } else { may }
    }

    /// What to look at before a submission: nothing of it refuses one.
    pub(super) fn practice(&self, view: &TaskView, pack: &Pack) -> Vec<String> {
        let mut warnings = Vec::new();
        if !view.task.is_editable() || !self.is_mine(view) {
            return warnings;
        }
        let described = view.task.description.as_ref().map(|held| &held.described);
        let helpers = described.map_or(&[][..], |held| &held.helpers);
        if helpers.is_empty() && view.task.needs_two(Some(&pack.catalogue)) {
            warnings.push(self.say(Text::PhoneNeedsTwo));
        }
        let today = self.today();
        for instrument in described.into_iter().flat_map(|held| &held.instruments) {
            warnings.extend(word::instrument_expired(self.language, instrument, today));
        }
        warnings.extend(self.expiring(helpers, today));
        warnings
    }

    /// of the executor and of those who help.
    fn expiring(&self, helpers: &[Helper], today: NaiveDate) -> Vec<String> {
        let papers = &self.eyes.papers;
        let present = |colleague: &&Colleague| {
            colleague.person == papers.session.person
                || helpers.iter().any(|helper| helper.person == Some(colleague.person))
        };
        let crew = papers.firm.crew.iter().filter(present);
        crew.flat_map(|held| word::expiring(self.language, &held.name, &held.endings, today)).collect()
    }
}
