//! A manager or the project's lead issues a dispatch.

use crate::{
    office::{Act, Refused, command::command, on_task::on_task},
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    id::{DispatchId, TaskId},
    task::TaskError,
};
use serde::Serialize;

/// Which dispatch.
#[derive(Clone, Debug, Serialize)]
pub struct Issue {
    /// The task that found its fault.
    pub task: TaskId,
    /// The dispatch.
    pub dispatch: DispatchId,
}

/// Issues a dispatch: from now on it is on its team lead's phone, and the project with it.
///
/// # Errors
/// [`Refused`], also when the dispatch is not there or this actor may not issue it.
pub async fn issue(store: &Store, act: Act, wanted: Issue) -> Result<(), Refused<TaskError>> {
    command(store, act, "issue_dispatch", wanted.task, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Issue) -> Result<(), Refused<TaskError>> {
    let on_task = on_task(tx, act, Action::IssueDispatch, wanted.task).await?;
    on_task.change(tx, wanted.dispatch, |dispatch, by| dispatch.issue(by)).await
}
