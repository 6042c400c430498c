//! The one function by which a fact or an office act changes a fault, on the phone and on the server.

use super::Fault;
use crate::{
    dispatch::Dispatch,
    fact::{Attribution, Says},
    id::FaultId,
    task::{Task, TaskError},
};

/// The body of a fact that changes a fault.
pub trait ChangesFault: Says {
    /// The fault that it changes.
    fn fault(&self) -> FaultId;

    /// Whether the fault contains this very event. Applying an event twice has one effect.
    fn is_known(&self, by: &Attribution, fault: &Fault) -> bool;

    /// Changes a fault that does not contain the event yet. `task` is the task that found it, `dispatches` are all of the
    /// task's. Only [`advance`] calls this.
    ///
    /// # Errors
    /// The fault refuses it and stays as it was.
    fn apply(
        self,
        by: &Attribution,
        fault: &mut Fault,
        dispatches: &mut Vec<Dispatch>,
        task: &Task,
    ) -> Result<(), TaskError>
    where
        Self: Sized;
}

/// Changes one of the faults that a task found, by a fact or an office act. After an error the fault is as it was. An
/// event that was applied before changes nothing.
///
/// `account::may` decides whether the author may do this at all.
///
/// # Errors
/// The fault refuses it, or is none of this task.
pub fn advance<B: ChangesFault>(
    task: &Task,
    faults: &mut [Fault],
    dispatches: &mut Vec<Dispatch>,
    by: &Attribution,
    body: B,
) -> Result<(), TaskError> {
    task.is_named_by(by)?;
    // A rejection clears handlings. A repeat of a cleared act is therefore unknown, and the task's state refuses it.
    if faults.iter().any(|fault| body.is_known(by, fault)) {
        return Ok(());
    }
    match faults.iter_mut().find(|fault| fault.id == body.fault()) {
        Some(fault) => body.apply(by, fault, dispatches, task),
        None if task.state == crate::task::TaskState::PendingReview => Err(TaskError::FaultUnknown),
        None => Err(TaskError::NotPending),
    }
}
