//! What receiving and starting share: a step without words.

use super::DispatchView;
use crate::{
    changes::Change,
    work::{Dispatches, Trouble, acting::Acting, task::task_errors},
};
use firebee_domain::{account::Action, code::Code, id::DispatchId, task::TaskError};
use firebee_protocol::fact::Body;

/// Why a step of a dispatch is not recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// The dispatch refuses it: another state, another team lead, or it is not known here.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

task_errors!(StepError);

impl StepError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Acting<'_> {
    /// The dispatch, if the holder may take a step of it.
    pub(super) fn dispatch_to_step<E: From<Trouble> + From<TaskError>>(
        &self,
        id: DispatchId,
    ) -> Result<DispatchView, E> {
        let view = self.dispatch(id)?.ok_or(TaskError::DispatchUnknown)?;
        // The server must know what a step is of: until it does, there is nothing to receive.
        if view.rev.is_none() {
            return Err(TaskError::DispatchUnknown.into());
        }
        if view.dispatch.team_lead != self.me {
            return Err(TaskError::NotTheTeamLead.into());
        }
        self.permit(Action::ExecuteDispatch, view.dispatch.project, true)?;
        Ok(view)
    }
}

impl Dispatches {
    /// Records a step without words.
    pub(super) fn step(
        &self,
        operation: &'static str,
        id: DispatchId,
        body: impl Into<Body> + Clone,
    ) -> Result<(), StepError> {
        self.0.act(operation, |acting| {
            let mut view = acting.dispatch_to_step::<StepError>(id)?;
            acting.say_of_dispatch::<StepError>(&mut view, body.clone(), Vec::new()).map(drop)
        })?;
        self.0.changes.tell(Change::Dispatch(id));
        Ok(())
    }
}
