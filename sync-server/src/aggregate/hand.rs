//! What a hand-over brings about beside the task itself: the receiver gets the place of work and the catalogue,
//! and the phone of who had the task learns who goes on with it, and why.

use super::Ledger;
use crate::{
    feed::{Publication, share},
    org::Org,
    query::member,
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::id::AccountId;
use firebee_protocol::document::{HandedDocument, HistoryDocument, TaskDocument, kind};

/// Passes on every task whose holder changed: its document names the new one. Returns the documents, also of the tasks
/// that their new holder has gone on with since. It comes before the tasks are written.
pub(super) async fn pass(tx: &mut Tx, ledger: &mut Ledger) -> Result<Vec<Publication>, StoreError> {
    let (org, mut publications) = (ledger.org, Vec::new());
    for (id, entry) in &mut ledger.tasks {
        let (from, task) = (entry.holder_before, &entry.document.task);
        let (to, taken_up) = (task.executor, task.is_taken_up());
        let Some(hand) = task.hands.last().filter(|_| from != to || taken_up != entry.taken_up_before) else {
            continue;
        };
        let to_name = name(tx, org, to).await?;
        let told = HandedDocument {
            task: *id,
            project: task.project,
            name: task.name.clone(),
            to: to_name.clone(),
            by: name(tx, org, hand.by).await?,
            reason: hand.reason.clone(),
            at: hand.at,
            rev: entry.rev,
            taken_up,
        };
        // Everybody who had the task and has not got it back reads who has it now.
        let mut readers: Vec<AccountId> = task.hands.iter().map(|hand| hand.from).filter(|who| *who != to).collect();
        readers.sort_unstable();
        readers.dedup();
        let (id, body) = (id.to_string(), Some(json(&told)?));
        publications.push(Publication { kind: kind::HANDED, id, body, to: readers });
        if from != to {
            give(tx, org, &entry.document, to).await?;
            entry.document.executor_name = to_name;
        }
    }
    Ok(publications)
}

/// Gives the place of work, the catalogue and what is known of the facilities to who got a task.
async fn give(tx: &mut Tx, org: Org, document: &TaskDocument, to: AccountId) -> Result<(), StoreError> {
    let project = document.task.project;
    share(tx, org, kind::PROJECT, &project.to_string(), &[to]).await?;
    share(tx, org, kind::CATALOGUE, &document.catalogue.to_string(), &[to]).await?;
    let facilities = sql!("SELECT facility FROM history WHERE org = ?1 AND project = ?2 ORDER BY facility");
    for row in tx.query(facilities, &row![org, &project]).await? {
        share(tx, org, kind::HISTORY, &HistoryDocument::id(project, row.get::<&str>(0)?), &[to]).await?;
    }
    Ok(())
}

async fn name(tx: &mut Tx, org: Org, account: AccountId) -> Result<String, StoreError> {
    Ok(member::account(tx, org, account).await?.map(|account| account.name).unwrap_or_default())
}
