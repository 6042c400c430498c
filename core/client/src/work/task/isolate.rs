//! Before a test: the control room is told, and the system is isolated.

use crate::work::{Tasks, Trouble};
use firebee_domain::{
    account::Action,
    code::Code,
    id::TaskId,
    restore::{Isolable, SystemIsolated},
    task::TaskError,
    text::{self, NAME_MAX, TextError},
};

/// Which system, and who was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IsolateSystem {
    /// The task.
    pub task: TaskId,
    /// The system.
    pub system: Isolable,
    /// Who was told in the control room.
    pub told: String,
}

/// Why an isolation is not recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IsolateError {
    /// A text is missing or holds what may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The state machine refuses it.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

super::task_errors!(IsolateError);

impl IsolateError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Tasks {
    /// Records that the control room was told and the system is isolated. Durable when it returns.
    ///
    /// # Errors
    /// See [`IsolateError`]; nothing was recorded.
    pub fn isolate(&self, input: &IsolateSystem) -> Result<(), IsolateError> {
        let body = SystemIsolated { system: input.system, told: text::name(&input.told, NAME_MAX)? };
        self.0.act_on("isolate_system", input.task, Action::ConfirmRestore, |acting, view| {
            acting.say::<IsolateError>(view, body.clone(), Vec::new()).map(drop)
        })
    }
}
