//! After a test: a system is back in automatic. Without this for each isolated system no task is submitted.

use crate::work::{Tasks, Trouble};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{FactId, TaskId},
    restore::{Isolable, RestoreConfirmed},
    task::TaskError,
    text::{self, NAME_MAX, TextError},
};

/// Which system, who set it back, and the photo of its panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmRestore {
    /// The task.
    pub task: TaskId,
    /// The system.
    pub system: Isolable,
    /// Who set it back to automatic.
    pub by: String,
    /// The photo of the panel; its role is `restored`.
    pub photo: FactId,
}

/// Why a confirmation is not recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
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

super::task_errors!(RestoreError);

impl RestoreError {
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
    /// Confirms that a system is back in automatic. Durable when it returns.
    ///
    /// # Errors
    /// See [`RestoreError`]; nothing was recorded.
    pub fn restore(&self, input: &ConfirmRestore) -> Result<(), RestoreError> {
        let by = text::name(&input.by, NAME_MAX)?;
        let body = RestoreConfirmed { system: input.system, by, photo: input.photo };
        self.0.act_on("confirm_restore", input.task, Action::ConfirmRestore, |acting, view| {
            acting.say::<RestoreError>(view, body.clone(), Vec::new()).map(drop)
        })
    }
}
