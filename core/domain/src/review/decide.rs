//! A decision on the round that waits.

use super::{Decision, Review, ReviewDecided};
use crate::{
    fault::FaultState,
    id::{AccountId, EventId},
    task::{Circumstances, Stamp, Task, TaskError, TaskState},
};

/// Who reviews, when, and under which circumstances.
#[derive(Clone, Copy, Debug)]
pub struct Reviewing<'a> {
    /// The fact or office request.
    pub event: EventId,
    /// Who decides; that they may is asked before.
    pub reviewer: AccountId,
    /// When.
    pub at: Stamp,
    /// What the task cannot know by itself.
    pub around: &'a Circumstances<'a>,
}

/// Approves or rejects the round that waits. The first decision wins; a rejection clears what was done about
/// the faults and gives the task back to its executor.
pub fn decide(task: &mut Task, decided: &ReviewDecided, reviewing: Reviewing<'_>) -> Result<(), TaskError> {
    if task.state != TaskState::PendingReview {
        return Err(TaskError::NotPending);
    }
    let waits = task.last_submission().map(|submission| (submission.round, submission.manifest_hash));
    if waits != Some((decided.round, decided.manifest_hash)) {
        return Err(TaskError::OtherRound);
    }
    match decided.decision {
        Decision::Approved => {
            approvable(task, reviewing.around)?;
            task.state = TaskState::Approved;
        }
        Decision::Rejected if decided.opinion.trim().is_empty() => return Err(TaskError::OpinionRequired),
        Decision::Rejected => {
            clear_handlings(task);
            task.state = TaskState::Rejected;
        }
    }
    task.reviews.push(Review {
        event: reviewing.event,
        reviewer: reviewing.reviewer,
        at: reviewing.at,
        decided: decided.clone(),
    });
    Ok(())
}

/// Whether the round that waits may be approved. Faults first: the lead can do something about them at once, about bytes on their way only wait.
pub fn approvable(task: &Task, around: &Circumstances<'_>) -> Result<(), TaskError> {
    let count = task.unhandled_faults();
    if around.faults_must_be_handled && count > 0 {
        return Err(TaskError::FaultsNotHandled { count });
    }
    match around.evidence_missing {
        0 => Ok(()),
        missing => Err(TaskError::EvidenceIncomplete { missing }),
    }
}

fn clear_handlings(task: &mut Task) {
    for fault in task.faults.iter_mut().filter(|fault| fault.state != FaultState::Withdrawn) {
        fault.handlings.clear();
        fault.state = FaultState::Unhandled;
    }
}
