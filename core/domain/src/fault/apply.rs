//! The one function that applies what is said to a fault, on the phone and on the server.

use super::Fault;
use crate::{
    fact::{Attribution, Says},
    id::FaultId,
    task::{Task, TaskError},
};

/// What changes a fault.
pub trait ChangesFault: Says {
    /// The fault that it changes.
    fn fault(&self) -> FaultId;

    /// Whether this very event is in the fault already: applying it twice has one effect.
    fn is_known(&self, by: &Attribution, fault: &Fault) -> bool;

    /// Changes a fault that does not know it yet; `task` is the one that found it. For [`advance`].
    ///
    /// # Errors
    /// The fault refuses it and stays as it was.
    fn apply(self, by: &Attribution, fault: &mut Fault, task: &Task) -> Result<(), TaskError>
    where
        Self: Sized;
}

/// Applies what is said to one of the faults that a task found. An error leaves the fault as it was; an event that was
/// applied before changes nothing.
///
/// Whether the author may do this at all is decided by `account::may`.
///
/// # Errors
/// The fault refuses it, or is none of this task.
pub fn advance<B: ChangesFault>(task: &Task, faults: &mut [Fault], by: &Attribution, body: B) -> Result<(), TaskError> {
    task.is_named_by(by)?;
    // An act that a rejection has cleared since is unknown again, and refused by the task's state.
    if faults.iter().any(|fault| body.is_known(by, fault)) {
        return Ok(());
    }
    match faults.iter_mut().find(|fault| fault.id == body.fault()) {
        Some(fault) => body.apply(by, fault, task),
        None if task.state == crate::task::TaskState::PendingReview => Err(TaskError::FaultUnknown),
        None => Err(TaskError::NotPending),
    }
}
