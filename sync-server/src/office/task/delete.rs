//! A lead or manager deletes a task that its executor has not submitted (R-117a, R-131, R-132).

use crate::{
    office::{Act, Refused, Rule, command::command, on_task::on_task},
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::TaskId,
    task::TaskError,
    text::{self, TEXT_MAX, TextError},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What is deleted.
#[derive(Clone, Debug, Serialize)]
pub struct Delete {
    /// The task.
    pub task: TaskId,
    /// Why, as typed; required, because the executor's phone shows it.
    pub reason: String,
}

/// Why the task stays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeleteError {
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
    /// The task refuses.
    #[error(transparent)]
    Task(#[from] TaskError),
}

impl Rule for DeleteError {
    fn code(&self) -> Code {
        match self {
            Self::Reason(error) => error.code(),
            Self::Task(error) => error.code(),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Reason(error) => error.values(),
            Self::Task(error) => error.values(),
        }
    }
}

/// Deletes a task. Its items go back to those that are issued and not executed; what its executor recorded is kept, and
/// what a phone still sends is kept too and does not count.
///
/// # Errors
/// [`Refused`], also when the task is not there or this actor may not delete it.
pub async fn delete(store: &Store, act: Act, wanted: Delete) -> Result<(), Refused<DeleteError>> {
    command(store, act, "delete_task", wanted.task, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Delete) -> Result<(), Refused<DeleteError>> {
    let on_task = on_task(tx, act, Action::DeleteTask, wanted.task).await?;
    let reason = text::required(&wanted.reason, TEXT_MAX).map_err(DeleteError::from)?;
    on_task.delete(tx, reason).await
}
