//! What the events of a task mean to the faults that it found.

use super::{Fault, FaultState};
use crate::{
    result::{FaultText, ResultKey},
    task::Task,
};

/// What an event of a task means to its faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultEvent {
    /// A result that was handed in does not conform.
    Found {
        /// The result.
        key: ResultKey,
        /// The name of its item, as shown when it was answered.
        item_name: String,
        /// What is wrong.
        description: FaultText,
    },
    /// A result that was handed in conforms, or could not be tested.
    NotFound {
        /// The result.
        key: ResultKey,
    },
    /// The round was rejected.
    RoundRejected,
}

/// Lets the faults of a task follow its events. A fault that is found again keeps its id and is unhandled again. A
/// fault that is not found again is withdrawn. A rejection clears how each fault was handled. The faults stay
/// in the order of their ids.
pub fn follow(faults: &mut Vec<Fault>, task: &Task, events: Vec<FaultEvent>) {
    for event in events {
        match event {
            FaultEvent::Found { key, item_name, description } => {
                let found = Fault::found(task, key, item_name, description);
                match faults.binary_search_by_key(&found.id, |fault| fault.id) {
                    Ok(at) => {
                        if let Some(held) = faults.get_mut(at) {
                            let particulars = std::mem::take(&mut held.particulars);
                            let records = std::mem::take(&mut held.records);
                            *held = Fault { particulars, records, ..found };
                        }
                    }
                    Err(at) => faults.insert(at, found),
                }
            }
            FaultEvent::NotFound { key } => {
                if let Some(fault) = faults.iter_mut().find(|fault| fault.key == key) {
                    fault.state = FaultState::Withdrawn;
                }
            }
            FaultEvent::RoundRejected => {
                for fault in faults.iter_mut().filter(|fault| fault.state != FaultState::Withdrawn) {
                    fault.handlings.clear();
                    fault.state = FaultState::Unhandled;
                }
            }
        }
    }
}
