//! A manager or the project's lead names another team lead.

use crate::{
    office::{Act, Refused, command::command, on_task::on_task_with},
    query,
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    id::{AccountId, DispatchId, TaskId},
    task::TaskError,
};
use serde::Serialize;

/// Which dispatch, and who is sent now.
#[derive(Clone, Debug, Serialize)]
pub struct Reassign {
    /// The task that found its fault.
    pub task: TaskId,
    /// The dispatch.
    pub dispatch: DispatchId,
    /// The other team lead.
    pub team_lead: AccountId,
}

/// Names another team lead; once the work has begun, only when the one before can be sent no more. The phone of the one before drops the dispatch at its next pull; what that phone records of it
/// until then does not count, and its author reads why.
///
/// # Errors
/// [`Refused`], also when the dispatch is not there or this actor may not issue it.
pub async fn reassign(store: &Store, act: Act, wanted: Reassign) -> Result<(), Refused<TaskError>> {
    command(store, act, "reassign_dispatch", wanted.task, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Reassign) -> Result<(), Refused<TaskError>> {
    let team_lead = wanted.team_lead;
    let mut on_task = on_task_with(tx, act, Action::IssueDispatch, wanted.task, Some(team_lead)).await?;
    if !query::member::can_be_sent(tx, act.org, team_lead).await? {
        return Err(TaskError::TeamLeadUnfit.into());
    }
    let before = on_task.team_lead(wanted.dispatch).ok_or(Refused::NotFound)?;
    let gone = !query::member::can_be_sent(tx, act.org, before).await?;
    on_task.change(tx, wanted.dispatch, move |dispatch, by| dispatch.reassign(by, team_lead, gone)).await
}
