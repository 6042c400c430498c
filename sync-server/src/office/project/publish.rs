//! Publishes a project to phones: to its lead, and to everyone with an assignment in it.

use crate::{
    feed::{Publication, publish, share},
    query::project::ProjectRow,
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::id::{AccountId, ProjectId};
use firebee_protocol::document::{ProjectDocument, kind};

/// Gives the project to everyone who should have it and lacks it or its last change. An unchanged document keeps its
/// place in the feeds that have it, so those phones pull nothing.
///
/// # Errors
/// As [`StoreError`] says.
pub(in crate::office) async fn provide(tx: &mut Tx, site: &ProjectRow) -> Result<(), StoreError> {
    let (id, body, to) = (site.project.id.to_string(), body(site)?, audience(tx, site).await?);
    let known = sql!("SELECT body FROM document WHERE kind = ?1 AND id = ?2");
    let known = tx.query_opt(known, &row![kind::PROJECT, &id]).await?;
    if known.map(|row| row.get::<Option<String>>(0)).transpose()?.flatten().as_ref() == Some(&body) {
        return share(tx, kind::PROJECT, &id, &to).await.map(drop);
    }
    publish(tx, vec![Publication { kind: kind::PROJECT, id, body: Some(body), to }]).await.map(drop)
}

/// Takes the project from the phones of `left`, except the lead and people who still have an assignment in it.
///
/// # Errors
/// As [`StoreError`] says.
pub(in crate::office) async fn withdraw(tx: &mut Tx, site: &ProjectRow, left: &[AccountId]) -> Result<(), StoreError> {
    let to = audience(tx, site).await?;
    if left.iter().all(|account| to.contains(account)) {
        return Ok(());
    }
    let (id, body) = (site.project.id.to_string(), Some(body(site)?));
    publish(tx, vec![Publication { kind: kind::PROJECT, id, body, to }]).await.map(drop)
}

fn body(site: &ProjectRow) -> Result<String, StoreError> {
    json(&ProjectDocument {
        project: site.project.clone(),
        owner_name: site.owner_name.clone(),
        lead_name: site.lead_name.clone(),
    })
}

async fn audience(tx: &mut Tx, site: &ProjectRow) -> Result<Vec<AccountId>, StoreError> {
    let mut to = executors(tx, site.project.id).await?;
    to.push(site.lead);
    Ok(to)
}

async fn executors(tx: &mut Tx, project: ProjectId) -> Result<Vec<AccountId>, StoreError> {
    let find = sql!("SELECT DISTINCT executor FROM assignment WHERE project = ?1");
    tx.query(find, &row![&project]).await?.iter().map(|row| row.get(0)).collect()
}
