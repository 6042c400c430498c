//! Discards an unsubmitted task. This is final: the task is hidden, its facts are kept and its items are free
//! again.

use crate::work::{Tasks, Trouble, track::seal};
use firebee_domain::{
    account::Action,
    code::Code,
    id::TaskId,
    task::{TaskDiscarded, TaskError},
    text::{self, TEXT_MAX, TextError},
};

/// Which task, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscardTask {
    /// The task.
    pub task: TaskId,
    /// Why, in the executor's words; may be empty.
    pub reason: String,
}

/// Why a task is not discarded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiscardError {
    /// The reason is too long or holds what may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
    /// It was submitted, or the state machine refuses otherwise.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

super::task_errors!(DiscardError);

impl DiscardError {
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
    /// Discards an unsubmitted task. A running track is sealed first. Durable when this returns.
    ///
    /// # Errors
    /// See [`DiscardError`]; nothing was recorded.
    pub fn discard(&self, input: &DiscardTask) -> Result<(), DiscardError> {
        let reason = text::clean(&input.reason, TEXT_MAX)?;
        self.0.act_on("discard_task", input.task, Action::DiscardTask, |acting, view| {
            view.task.takes_records()?;
            seal::close::<DiscardError>(acting, view)?;
            let body = TaskDiscarded { reason: reason.clone() };
            acting.say::<DiscardError>(view, body, Vec::new()).map(drop)
        })
    }
}
