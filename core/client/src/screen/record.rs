//! The record of a fault beside its description: what is said of it in words, and by whom.

use super::{FaultRow, Screens, photo::Verified, reading::Reading};
use crate::work::{TaskView, task::FormError};
use firebee_domain::{
    account::Action,
    fault::{Particulars, RecordEntry},
    id::{FaultId, TaskId},
    task::TaskError,
};
use firebee_protocol::text::{Arg, Text, When};

/// The record of a fault, for whoever completes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordScreen {
    /// The fault, with what is known of it.
    pub fault: FaultRow,
    /// Who said what of it, in order; nothing is ever taken away.
    pub records: Vec<RecordRow>,
}

/// A point of the record that somebody has said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidRow {
    /// The point.
    pub what: String,
    /// What is said of it.
    pub value: String,
}

/// What somebody said of a fault at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// Who; `None` where this phone does not know the name.
    pub who: Option<String>,
    /// When.
    pub when: When,
    /// What.
    pub said: Vec<SaidRow>,
}

impl Screens {
    /// The record of a fault of a project that this account leads.
    ///
    /// # Errors
    /// The task or the fault is not known here, or the account may not read it.
    pub fn record(&self, task: TaskId, fault: FaultId) -> Result<RecordScreen, FormError> {
        self.0.screen(|reading| {
            let (view, _) = reading.opened(task)?;
            reading.eyes.permit(Action::ReadReviewQueue, view.task.project, false)?;
            let held = view.faults.iter().find(|held| held.id == fault).ok_or(TaskError::FaultUnknown)?;
            let sent = reading.eyes.dispatches_seen(&view)?;
            Ok(RecordScreen {
                fault: reading.fault_row((&view, sent.as_slice()), held, &Verified::of(reading, &view)?)?,
                records: held.records.iter().map(|entry| reading.record_row(&view, entry)).collect(),
            })
        })
    }
}

impl Reading<'_> {
    /// The points of table B.1 of GB 25201 that are said.
    pub(super) fn said(&self, said: &Particulars) -> Vec<SaidRow> {
        let row = |what: Text, value: String| SaidRow { what: self.say(what), value };
        let yes_no = |said: bool| self.say(if said { Text::AppYes } else { Text::AppNo });
        let stopped = said.system_stopped.map(|is| row(Text::AppSystemStopped, yes_no(is)));
        let told = said.brigade_told.map(|is| row(Text::AppBrigadeTold, yes_no(is)));
        let measures = said.protective_measures.clone().map(|text| row(Text::AppMeasures, text));
        let opinion = said.owner_opinion.clone().map(|text| row(Text::AppOwnerOpinion, text));
        let removal = said.removal.as_ref().map(|removal| {
            let when = self.when(removal.at).exact;
            let values = [("name", Arg::from(&removal.confirmed_by)), ("when", Arg::from(when))];
            row(Text::AppRemoval, self.with(Text::PhoneRemovalConfirmed, &values))
        });
        [stopped, told, measures, opinion, removal].into_iter().flatten().collect()
    }

    fn record_row(&self, view: &TaskView, entry: &RecordEntry) -> RecordRow {
        RecordRow {
            who: self.lead_name(view, entry.by),
            when: self.moment(&entry.at),
            said: self.said(&entry.particulars),
        }
    }
}
