//! Somebody else goes on with an unsubmitted task. What was recorded stays with its author.

use crate::work::{Tasks, Trouble, track::seal};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{AccountId, TaskId},
    task::{TaskError, TaskHandedOver},
    text::{self, TEXT_MAX, TextError},
};

/// Which task, to whom, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOverTask {
    /// The task.
    pub task: TaskId,
    /// Who goes on with it: somebody of the crew with an open account.
    pub to: AccountId,
    /// Why, in words; may be empty.
    pub reason: String,
}

/// Why a task is not handed over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandOverError {
    /// nobody of the firm who works with a phone has this account.
    #[error("nobody of the crew has this account")]
    ReceiverNotAllowed,
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

super::task_errors!(HandOverError);

impl HandOverError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::ReceiverNotAllowed => Code::ReceiverNotAllowed,
            Self::Text(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Tasks {
    /// Hands an unsubmitted task over. A running track is sealed first. From then on this phone records nothing more in the
    /// task. The receiver has it once both phones have synced. Durable when it returns.
    ///
    /// # Errors
    /// See [`HandOverError`]; nothing was recorded.
    pub fn hand_over(&self, input: &HandOverTask) -> Result<(), HandOverError> {
        let reason = text::clean(&input.reason, TEXT_MAX)?;
        self.0.act_on("hand_over_task", input.task, Action::HandOverTask, |acting, view| {
            if !acting.papers.firm.crew.iter().any(|held| held.account == Some(input.to)) {
                return Err(HandOverError::ReceiverNotAllowed);
            }
            seal::close::<HandOverError>(acting, view)?;
            let body = TaskHandedOver { from: acting.me, to: input.to, reason: reason.clone() };
            acting.say::<HandOverError>(view, body, Vec::new()).map(drop)
        })
    }
}
