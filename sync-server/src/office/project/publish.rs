//! Publishes a project to phones: to its lead, to everyone with an assignment or an open task in it, and to whom a
//! dispatch is issued.

use crate::{
    feed::{self, Address, Publication, publish, readdress, workers},
    org::Org,
    query::{self, project::ProjectRow},
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{account::Action, id::AccountId};
use firebee_protocol::document::{HistoryDocument, ProjectDocument, kind};

/// Gives the project to everyone who should have it and lacks it or its last change, and the histories of its facilities. An
/// unchanged document keeps its place in the feeds that have it, so those phones pull nothing.
///
/// # Errors
/// As [`StoreError`] says.
pub(in crate::office) async fn provide(tx: &mut Tx, org: Org, site: &ProjectRow) -> Result<(), StoreError> {
    let (id, body, to) =
        (site.project.id.to_string(), Some(body(tx, org, site).await?), audience(tx, org, site).await?);
    feed::provide(tx, org, Publication { kind: kind::PROJECT, id, body, to }).await?;
    histories(tx, org, site).await
}

/// Takes the project and its histories from the phones of `left`, except the lead and people who still have an assignment in
/// it.
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
    let (id, body) = (site.project.id.to_string(), Some(body(tx, org, site).await?));
    publish(tx, org, vec![Publication { kind: kind::PROJECT, id, body, to }]).await?;
    histories(tx, org, site).await
}

/// Gives the histories of its facilities to everyone who should have them, and takes them from everyone else.
async fn histories(tx: &mut Tx, org: Org, site: &ProjectRow) -> Result<(), StoreError> {
    let assigned = query::project::executors(tx, org, site.project.id).await?;
    let to = workers(Action::ReadHistory, &assigned, site.lead);
    let find = sql!("SELECT facility FROM history WHERE org = ?1 AND project = ?2 ORDER BY facility");
    let mut documents = Vec::new();
    for row in tx.query(find, &row![org, &site.project.id]).await? {
        let id = HistoryDocument::id(site.project.id, row.get(0)?);
        documents.push(Address { kind: kind::HISTORY, id, to: to.clone() });
    }
    readdress(tx, org, &documents).await
}

async fn body(tx: &mut Tx, org: Org, site: &ProjectRow) -> Result<String, StoreError> {
    json(&ProjectDocument {
        project: site.project.clone(),
        owner_name: site.owner_name.clone(),
        lead_name: site.lead_name.clone(),
        orders: query::monitoring::orders(tx, org, site.project.id).await?,
    })
}

async fn audience(tx: &mut Tx, org: Org, site: &ProjectRow) -> Result<Vec<AccountId>, StoreError> {
    let assigned = query::project::executors(tx, org, site.project.id).await?;
    Ok(workers(Action::ReadProject, &assigned, site.lead))
}
