//! Publishes a project to phones: to its lead, and to everyone with an assignment or an open task in it.

use crate::{
    feed::{Publication, publish, share, workers},
    org::Org,
    query::project::ProjectRow,
    row, sql,
    store::{Packed, StoreError, Tx, json},
};
use firebee_domain::{
    account::Action,
    id::{AccountId, ProjectId},
    task::TaskState,
};
use firebee_protocol::document::{ProjectDocument, kind};

/// Gives the project to everyone who should have it and lacks it or its last change. An unchanged document keeps its
/// place in the feeds that have it, so those phones pull nothing.
///
/// # Errors
/// As [`StoreError`] says.
pub(in crate::office) async fn provide(tx: &mut Tx, org: Org, site: &ProjectRow) -> Result<(), StoreError> {
    let (id, body, to) = (site.project.id.to_string(), body(site)?, audience(tx, org, site).await?);
    let known = sql!("SELECT body FROM document WHERE org = ?1 AND kind = ?2 AND id = ?3");
    let known = tx.query_opt(known, &row![org, kind::PROJECT, &id]).await?;
    let known = known.map(|row| row.get::<Option<Packed>>(0)).transpose()?.flatten();
    if known.is_some_and(|known| known.0 == body) {
        return share(tx, org, kind::PROJECT, &id, &to).await.map(drop);
    }
    publish(tx, org, vec![Publication { kind: kind::PROJECT, id, body: Some(body), to }]).await.map(drop)
}

/// Takes the project from the phones of `left`, except the lead and people who still have an assignment in it.
///
/// # Errors
/// As [`StoreError`] says.
pub(in crate::office) async fn withdraw(
    tx: &mut Tx,
    org: Org,
    site: &ProjectRow,
    left: &[AccountId],
) -> Result<(), StoreError> {
    let to = audience(tx, org, site).await?;
    if left.iter().all(|account| to.contains(account)) {
        return Ok(());
    }
    let (id, body) = (site.project.id.to_string(), Some(body(site)?));
    publish(tx, org, vec![Publication { kind: kind::PROJECT, id, body, to }]).await.map(drop)
}

fn body(site: &ProjectRow) -> Result<String, StoreError> {
    json(&ProjectDocument {
        project: site.project.clone(),
        owner_name: site.owner_name.clone(),
        lead_name: site.lead_name.clone(),
    })
}

async fn audience(tx: &mut Tx, org: Org, site: &ProjectRow) -> Result<Vec<AccountId>, StoreError> {
    let assigned = executors(tx, org, site.project.id).await?;
    Ok(workers(Action::ReadProject, &assigned, site.lead))
}

async fn executors(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<AccountId>, StoreError> {
    let find = sql!(
        "SELECT executor FROM assignment WHERE org = ?1 AND project = ?2
         UNION SELECT executor FROM task WHERE org = ?1 AND project = ?2 AND state NOT IN (?3, ?4)"
    );
    let (approved, discarded) = (TaskState::Approved, TaskState::Discarded);
    tx.query(find, &row![org, &project, approved, discarded]).await?.iter().map(|row| row.get(0)).collect()
}
