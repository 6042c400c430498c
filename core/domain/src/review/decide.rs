//! `review.decided`: a decision on the round that waits.

use super::{Decision, Review, ReviewDecided};
use crate::{
    account::Action,
    evidence::check_attachments,
    fact::{Attribution, Footing, Need, Says, Text},
    fault::FaultEvent,
    id::ContentId,
    task::{ChangesTask, Circumstances, Stamp, Task, TaskError, TaskState},
    text::{self, TEXT_MAX},
};

impl Says for ReviewDecided {
    const KIND: &'static str = "review.decided";
    const ACTION: Action = Action::ReviewTask;
    const FOOTING: Footing = Footing::Document;
    const NEEDS: &'static [Need] = &[Need::PlanItems, Need::Evidence, Need::Registration];

    fn texts(&self) -> Vec<Text<'_>> {
        vec![(&self.opinion, TEXT_MAX)]
    }

    fn blobs(&self) -> Vec<ContentId> {
        self.attachments.clone()
    }

    fn answers(&self, task: &Task) -> Option<Stamp> {
        task.last_submission().map(|submission| submission.at)
    }
}

/// The first decision wins. An approval issues the dispatches that wait. A rejection clears what was done
/// about the faults and gives the task back to its executor.
impl ChangesTask for ReviewDecided {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.reviews.iter().any(|held| held.event == by.event)
    }

    fn apply(
        self,
        by: &Attribution,
        task: &mut Task,
        around: &Circumstances<'_>,
    ) -> Result<Vec<FaultEvent>, TaskError> {
        if task.state != TaskState::PendingReview {
            return Err(TaskError::NotPending);
        }
        let waits = task.last_submission().map(|submission| (submission.round, submission.manifest_hash));
        if waits != Some((self.round, self.manifest_hash)) {
            return Err(TaskError::OtherRound);
        }
        if !task.demands.reviewers.include(by.account, task.executor, around.lead) {
            return Err(TaskError::ReviewNotYours);
        }
        check_attachments(&self.attachments)?;
        let events = match self.decision {
            Decision::Approved => {
                approvable(around)?;
                task.state = TaskState::Approved;
                vec![FaultEvent::RoundApproved]
            }
            Decision::Rejected if text::is_blank(&self.opinion) => return Err(TaskError::OpinionRequired),
            Decision::Rejected => {
                task.state = TaskState::Rejected;
                vec![FaultEvent::RoundRejected]
            }
        };
        task.reviews.push(Review { event: by.event, reviewer: by.account, at: by.at, decided: self });
        Ok(events)
    }
}

/// Whether the round that waits may be approved. Unhandled faults are named before missing evidence: the
/// lead can handle faults at once, but can only wait for blobs on their way.
///
/// # Errors
/// What the approval waits for.
pub fn approvable(around: &Circumstances<'_>) -> Result<(), TaskError> {
    let count = around.faults_unhandled;
    if around.practice.faults_block_approval && count > 0 {
        return Err(TaskError::FaultsNotHandled { count });
    }
    match around.evidence_missing {
        0 => Ok(()),
        missing => Err(TaskError::EvidenceIncomplete { missing }),
    }
}
