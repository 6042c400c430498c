//! Before a submission: a line that the firm added to the checklist is done.

use crate::work::{Tasks, Trouble};
use firebee_domain::{account::Action, code::Code, id::TaskId, restore::LineConfirmed, task::TaskError};

/// Which task, and which line of its checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmLine {
    /// The task.
    pub task: TaskId,
    /// The line, in the words of the task's screen.
    pub line: String,
}

/// Why a line is not confirmed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfirmLineError {
    /// The state machine refuses it.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

super::task_errors!(ConfirmLineError);

impl ConfirmLineError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Tasks {
    /// Confirms a line of the firm's checklist; one that is confirmed already stays so. Durable when it returns.
    ///
    /// # Errors
    /// See [`ConfirmLineError`]; nothing was recorded.
    pub fn confirm_line(&self, input: &ConfirmLine) -> Result<(), ConfirmLineError> {
        self.0.act_on("confirm_line", input.task, Action::ConfirmRestore, |acting, view| {
            if view.task.confirmed(&input.line).is_some() {
                return Ok(());
            }
            let body = LineConfirmed { line: input.line.clone() };
            acting.say::<ConfirmLineError>(view, body, Vec::new()).map(drop)
        })
    }
}
