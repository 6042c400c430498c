//! `fault.handled`: a way is chosen for a fault while its task waits for the review.

use super::{FaultHandled, FaultState, Handling, Way};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Says, Text},
    task::{ChangesTask, Circumstances, Task, TaskError, TaskState},
    text::TEXT_MAX,
};

impl Says for FaultHandled {
    const KIND: &'static str = "fault.handled";
    const ACTION: Action = Action::HandleFault;
    const FOOTING: Footing = Footing::Document;

    fn texts(&self) -> Vec<Text<'_>> {
        vec![(&self.explanation, TEXT_MAX)]
    }
}

/// Only the ways that issue no dispatch are offered (R-177…R-179). A later way takes the place of an earlier one, and
/// both stay in the log; out of scope is final.
impl ChangesTask for FaultHandled {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.faults.iter().flat_map(|held| &held.handlings).any(|held| held.event == by.event)
    }

    fn apply(self, by: &Attribution, task: &mut Task, _: &Circumstances<'_>) -> Result<(), TaskError> {
        if task.state != TaskState::PendingReview {
            return Err(TaskError::NotPending);
        }
        let fault = task.faults.iter_mut().find(|fault| fault.id == self.fault).ok_or(TaskError::FaultUnknown)?;
        if matches!(fault.state, FaultState::OutOfScope | FaultState::Resolved | FaultState::Withdrawn) {
            return Err(TaskError::FaultClosed);
        }
        let state = match self.way {
            Way::Negotiating => FaultState::Negotiating,
            Way::OwnerRefused | Way::OutOfScope if self.explanation.trim().is_empty() => {
                return Err(TaskError::ExplanationRequired);
            }
            Way::OwnerRefused => FaultState::OwnerRefused,
            Way::OutOfScope => FaultState::OutOfScope,
            Way::Troubleshoot | Way::OwnerAgreed => return Err(TaskError::WayNeedsDispatch),
        };
        fault.state = state;
        let (way, explanation) = (self.way, self.explanation);
        fault.handlings.push(Handling { event: by.event, by: by.account, at: by.at, way, explanation });
        Ok(())
    }
}
