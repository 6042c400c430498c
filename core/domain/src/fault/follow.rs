//! What the events of a task mean to the faults that it found.

use super::{Fault, FaultState};
use crate::{
    dispatch::{self, Dispatch},
    fact::Attribution,
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
    /// The round was approved.
    RoundApproved,
}

/// Lets the faults of a task and their dispatches follow its events. Both stay in the order of their ids.
pub fn follow(
    faults: &mut Vec<Fault>,
    dispatches: &mut [Dispatch],
    task: &Task,
    by: &Attribution,
    events: Vec<FaultEvent>,
) {
    for event in events {
        match event {
            FaultEvent::Found { key, item_name, description } => {
                found(faults, dispatches, task, by, Fault::found(task, key, item_name, description));
            }
            FaultEvent::NotFound { key } => {
                if let Some(fault) = faults.iter_mut().find(|fault| fault.key == key) {
                    not_found(fault, dispatches, by);
                }
            }
            FaultEvent::RoundRejected => faults.iter_mut().for_each(|fault| rejected(fault, dispatches, by)),
            FaultEvent::RoundApproved => dispatch::issue_waiting(dispatches, by),
        }
    }
}

/// A fault that is found again is the same fault. It stays as it is handled: a rejection has cleared that before,
/// and what was done since then stays. One that was withdrawn is a fault again. Whoever is sent for it is told
/// what is so now.
fn found(faults: &mut Vec<Fault>, dispatches: &mut [Dispatch], task: &Task, by: &Attribution, found: Fault) {
    let at = match faults.binary_search_by_key(&found.id, |fault| fault.id) {
        Ok(at) => at,
        Err(at) => return faults.insert(at, found),
    };
    let Some(held) = faults.get_mut(at) else { return };
    held.item_name = found.item_name;
    held.description = found.description;
    if held.state == FaultState::Withdrawn {
        held.state = FaultState::Unhandled;
    }
    dispatch::found_again(dispatches, held, task, by);
}

/// A fault that is not found again is withdrawn, and whatever is open for it is given up. One that a dispatch has resolved
/// was a fault: it stays resolved.
fn not_found(fault: &mut Fault, dispatches: &mut [Dispatch], by: &Attribution) {
    if fault.state != FaultState::Resolved {
        fault.state = FaultState::Withdrawn;
        dispatch::close(dispatches, fault.id, by);
    }
}

/// A rejection clears how each fault was handled, and gives up the dispatch that is not issued yet. What a dispatch
/// has resolved stays resolved: no decision brings it back.
fn rejected(fault: &mut Fault, dispatches: &mut [Dispatch], by: &Attribution) {
    if !matches!(fault.state, FaultState::Withdrawn | FaultState::Resolved) {
        fault.handlings.clear();
        fault.state = FaultState::Unhandled;
        dispatch::cancel_waiting(dispatches, fault.id, by);
    }
}
