//! `fault.recorded`: somebody completes the record of a fault, for as long as the fault stands. The approval of the
//! task that found it is no end to that.

use super::{ChangesFault, Fault, FaultState, Particulars};
use crate::{
    account::Action,
    dispatch::Dispatch,
    fact::{Attribution, Footing, Says, Text},
    id::{AccountId, EventId, FaultId},
    task::{Stamp, Task, TaskError},
};
use serde::{Deserialize, Serialize};

/// Body of `fault.recorded`; the console makes the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultRecorded {
    /// The fault.
    pub fault: FaultId,
    /// What is known of it by now. What is left out stays as it was said before.
    pub particulars: Particulars,
}

/// One entry of a fault's record. Entries are never taken away: what somebody said stays, whatever is said later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordEntry {
    /// The fact or the act of the office.
    pub event: EventId,
    /// Who.
    pub by: AccountId,
    /// When.
    pub at: Stamp,
    /// What was said.
    pub particulars: Particulars,
}

impl Fault {
    /// Takes what `said` names into the record, and keeps who said it.
    pub(super) fn record(&mut self, by: &Attribution, said: Particulars) {
        self.particulars.complete(said.clone());
        self.records.push(RecordEntry { event: by.event, by: by.account, at: by.at, particulars: said });
    }

    /// Whether its record can still be completed: a withdrawn fault was none.
    pub const fn takes_records(&self) -> bool {
        !matches!(self.state, FaultState::Withdrawn)
    }
}

impl Says for FaultRecorded {
    const KIND: &'static str = "fault.recorded";
    const ACTION: Action = Action::HandleFault;
    const FOOTING: Footing = Footing::Document;

    fn texts(&self) -> Vec<Text<'_>> {
        self.particulars.texts().collect()
    }

    fn answers(&self, task: &Task) -> Option<Stamp> {
        task.last_submission().map(|submission| submission.at)
    }
}

impl ChangesFault for FaultRecorded {
    fn fault(&self) -> FaultId {
        self.fault
    }

    fn is_known(&self, by: &Attribution, fault: &Fault) -> bool {
        fault.records.iter().any(|held| held.event == by.event)
    }

    fn apply(self, by: &Attribution, fault: &mut Fault, _: &mut Vec<Dispatch>, _: &Task) -> Result<(), TaskError> {
        if !fault.takes_records() {
            return Err(TaskError::FaultClosed);
        }
        if self.particulars.is_empty() {
            return Err(TaskError::RecordEmpty);
        }
        fault.record(by, self.particulars);
        Ok(())
    }
}
