//! The one function by which a fact of the team lead changes a dispatch, on the phone and on the server.

use super::{Dispatch, DispatchState};
use crate::{
    fact::{Attribution, Says},
    fault::{Fault, FaultState},
    id::DispatchId,
    task::{Task, TaskError},
};

/// The body of a fact that changes a dispatch.
pub trait ChangesDispatch: Says {
    /// The dispatch that it changes.
    fn dispatch(&self) -> DispatchId;

    /// Changes a dispatch that does not contain the event yet. Only [`carry_on`] calls this.
    ///
    /// # Errors
    /// The dispatch refuses it and stays as it was.
    fn apply(self, by: &Attribution, dispatch: &mut Dispatch) -> Result<(), TaskError>
    where
        Self: Sized;
}

/// Changes a dispatch by a fact of its team lead. An event that was applied before changes nothing. The phone of a
/// team lead knows the dispatch and not its fault, so it calls this.
///
/// # Errors
/// The dispatch refuses it, or is another; it stays as it was.
pub fn carry_on<B: ChangesDispatch>(dispatch: &mut Dispatch, by: &Attribution, body: B) -> Result<(), TaskError> {
    if dispatch.id != body.dispatch() || dispatch.task != by.task {
        return Err(TaskError::DispatchUnknown);
    }
    if dispatch.project != by.project {
        return Err(TaskError::OtherProject);
    }
    if dispatch.log.iter().any(|line| line.event == by.event) {
        return Ok(());
    }
    if dispatch.team_lead != by.account {
        return Err(TaskError::NotTheTeamLead);
    }
    body.apply(by, dispatch)
}

/// Changes one of the dispatches of a task; its fault follows. After an error everything is as it was.
///
/// `account::may` decides whether the author may do this at all.
///
/// # Errors
/// The dispatch refuses it, or is none of this task.
pub fn advance<B: ChangesDispatch>(
    task: &Task,
    faults: &mut [Fault],
    dispatches: &mut [Dispatch],
    by: &Attribution,
    body: B,
) -> Result<(), TaskError> {
    task.is_named_by(by)?;
    let id = body.dispatch();
    let dispatch = dispatches.iter_mut().find(|held| held.id == id).ok_or(TaskError::DispatchUnknown)?;
    carry_on(dispatch, by, body)?;
    // what is not resolved stays in resolving, where the handling brought it.
    if dispatch.state == DispatchState::Resolved
        && let Some(fault) = faults.iter_mut().find(|fault| fault.id == dispatch.fault)
    {
        fault.state = FaultState::Resolved;
    }
    Ok(())
}
