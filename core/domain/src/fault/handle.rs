//! A way is chosen for a fault while its task waits for the review.

use super::{FaultHandled, FaultState, Handling, Way};
use crate::{
    id::{AccountId, EventId},
    task::{Stamp, Task, TaskError, TaskState},
};

/// Handles a fault in one of the ways that issue no dispatch (R-177…R-179). A later way takes the place of an earlier
/// one, and both stay in the log; out of scope is final.
pub fn handle(
    task: &mut Task,
    handled: &FaultHandled,
    event: EventId,
    by: AccountId,
    at: Stamp,
) -> Result<(), TaskError> {
    if task.state != TaskState::PendingReview {
        return Err(TaskError::NotPending);
    }
    let fault = task.faults.iter_mut().find(|fault| fault.id == handled.fault).ok_or(TaskError::FaultUnknown)?;
    if matches!(fault.state, FaultState::OutOfScope | FaultState::Resolved | FaultState::Withdrawn) {
        return Err(TaskError::FaultClosed);
    }
    let state = match handled.way {
        Way::Negotiating => FaultState::Negotiating,
        Way::OwnerRefused | Way::OutOfScope if handled.explanation.trim().is_empty() => {
            return Err(TaskError::ExplanationRequired);
        }
        Way::OwnerRefused => FaultState::OwnerRefused,
        Way::OutOfScope => FaultState::OutOfScope,
        Way::Troubleshoot | Way::OwnerAgreed => return Err(TaskError::WayNeedsDispatch),
    };
    fault.state = state;
    fault.handlings.push(Handling { event, by, at, way: handled.way, explanation: handled.explanation.clone() });
    Ok(())
}
