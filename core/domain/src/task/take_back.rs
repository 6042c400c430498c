//! An operation change takes an approval back: the round that was approved waits for its review again.

use super::{Stamp, Task, TaskState};
use crate::{
    code::Code,
    fact::Attribution,
    id::{AccountId, EventId},
};
use serde::{Deserialize, Serialize};

/// That an approval was taken back. The approval itself stays in the review log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// The act that did it.
    pub event: EventId,
    /// The officer who decided it.
    pub by: AccountId,
    /// When.
    pub at: Stamp,
    /// Why it was asked for.
    pub reason: String,
}

/// The task is not approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the task is not approved")]
pub struct NotApproved;

impl NotApproved {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::TaskNotApproved
    }
}

/// Takes the approval of a task back. Dispatches that it issued go on: people are on their way.
///
/// # Errors
/// It is not approved; it stays as it was.
pub fn take_back(task: &mut Task, by: &Attribution, reason: String) -> Result<(), NotApproved> {
    if task.state != TaskState::Approved {
        return Err(NotApproved);
    }
    task.state = TaskState::PendingReview;
    task.taken_back.push(TakenBack { event: by.event, by: by.account, at: by.at, reason });
    Ok(())
}
