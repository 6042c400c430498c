//! `fault.handled`: a way is chosen for a fault while its task waits for the review.

use super::{ChangesFault, Fault, FaultHandled, FaultState, Handling, Way};
use crate::{
    account::Action,
    evidence::check_attachments,
    fact::{Attribution, Footing, Says, Text},
    id::{ContentId, FaultId},
    task::{Stamp, Task, TaskError, TaskState},
    text::{self, TEXT_MAX},
};

impl Says for FaultHandled {
    const KIND: &'static str = "fault.handled";
    const ACTION: Action = Action::HandleFault;
    const FOOTING: Footing = Footing::Document;

    fn texts(&self) -> Vec<Text<'_>> {
        std::iter::once((self.explanation.as_str(), TEXT_MAX)).chain(self.particulars.texts()).collect()
    }

    fn blobs(&self) -> Vec<ContentId> {
        self.attachments.clone()
    }

    fn answers(&self, task: &Task) -> Option<Stamp> {
        task.last_submission().map(|submission| submission.at)
    }
}

/// Offers only [`Way::WITHOUT_DISPATCH`]. A later way replaces an earlier one, and both stay in the log. Out of scope is
/// final. Once the owner has refused, the only way on is that the owner agrees.
impl ChangesFault for FaultHandled {
    fn fault(&self) -> FaultId {
        self.fault
    }

    fn is_known(&self, by: &Attribution, fault: &Fault) -> bool {
        fault.handlings.iter().any(|held| held.event == by.event)
    }

    fn apply(self, by: &Attribution, fault: &mut Fault, task: &Task) -> Result<(), TaskError> {
        if task.state != TaskState::PendingReview {
            return Err(TaskError::NotPending);
        }
        if self.round != task.round {
            return Err(TaskError::OtherRound);
        }
        if fault.state.is_closed() {
            return Err(TaskError::FaultClosed);
        }
        if fault.state == FaultState::OwnerRefused && self.way != Way::OwnerAgreed {
            return Err(TaskError::OnlyRepairFollows);
        }
        check_attachments(&self.attachments)?;
        fault.state = match self.way {
            way if way.asks_explanation() && text::is_blank(&self.explanation) => {
                return Err(TaskError::ExplanationRequired);
            }
            Way::Negotiating => FaultState::Negotiating,
            Way::OwnerRefused => FaultState::OwnerRefused,
            Way::OutOfScope => FaultState::OutOfScope,
            Way::Troubleshoot | Way::OwnerAgreed => return Err(TaskError::WayNeedsDispatch),
        };
        let Self { way, explanation, attachments, particulars, .. } = self;
        if !particulars.is_empty() {
            fault.record(by, particulars);
        }
        fault.handlings.push(Handling { event: by.event, by: by.account, at: by.at, way, explanation, attachments });
        Ok(())
    }
}
