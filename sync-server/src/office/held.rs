//! A task under its lock, as the commands about it change it.

use crate::{
    evidence,
    feed::{Publication, publish},
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{AccountId, OrganisationId, TaskId},
    plan::{PlanItemEvent, PlanItemState},
    project::Project,
    task::TaskState,
};
use firebee_protocol::document::{TaskDocument, kind};

/// A task that nobody else changes until the commit.
pub(super) struct Held {
    /// The task with what its document says beside it; its evidence is counted anew.
    pub document: TaskDocument,
    /// Where it stood when it was locked.
    before: TaskState,
    /// The lead of its project.
    lead: AccountId,
    /// whether approval waits for the faults.
    pub faults_must_be_handled: bool,
}

/// Locks and loads a task of the organisation that `actor` may do `action` to; `None` when it is missing or forbidden.
///
/// # Errors
/// As [`StoreError`] says.
pub(super) async fn hold(
    tx: &mut Tx,
    organisation: OrganisationId,
    actor: &Actor,
    action: Action,
    task: TaskId,
) -> Result<Option<Held>, StoreError> {
    if crate::query::access::to_task(tx, actor, action, task).await?.is_none() {
        return Ok(None);
    }
    let Some((mut document, lead)) = evidence::locked(tx, organisation, task).await? else { return Ok(None) };
    let find = sql!("SELECT body FROM project WHERE id = ?1");
    let Some(row) = tx.query_opt(find, &row![&document.task.project]).await? else { return Ok(None) };
    let project: Project = own(row.get(0)?)?;
    let mut counts = evidence::count(tx, organisation, &[&document.task]).await?;
    document.evidence = counts.remove(&task).unwrap_or_default();
    Ok(Some(Held {
        before: document.task.state,
        document,
        lead,
        faults_must_be_handled: project.kind.faults_block_approval(),
    }))
}

/// Writes the task back: its row, its plan items and its document, to executor and lead.
///
/// # Errors
/// As [`StoreError`] says.
pub(super) async fn settle(tx: &mut Tx, held: Held) -> Result<(), StoreError> {
    let task = &held.document.task;
    let state = task.state.code();
    tx.execute(sql!("UPDATE task SET state = ?2 WHERE id = ?1"), &row![&task.id, state]).await?;
    if let Some(event) = PlanItemEvent::of_task(held.before, task.state) {
        let follow = sql!("UPDATE plan_item SET state = ?3 WHERE task = ?1 AND state = ?2");
        // No event leads on from where it leads to, so the order of the states does not matter.
        for from in PlanItemState::ALL {
            let Ok(to) = from.after(event) else { continue };
            tx.execute(follow, &row![&task.id, from.code(), to.code()]).await?;
        }
    }
    let body = serde_json::to_string(&held.document).map_err(|error| StoreError::Bug(error.to_string()))?;
    let to = vec![task.executor, held.lead];
    let publication = Publication { kind: kind::TASK, id: task.id.to_string(), body: Some(body), to };
    publish(tx, vec![publication]).await.map(drop)
}
