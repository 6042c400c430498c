//! Puts what happened into the outbox of the webhooks, in the transaction in which it happens. So nothing is told
//! that did not happen, and nothing that happened is forgotten.

use crate::{
    org::Org,
    random::uuid_v4,
    row, sql,
    store::{Batch, StoreError, Tx, Ty, own},
};
use firebee_domain::{
    id::{ProjectId, WebhookId},
    time::Timestamp,
    webhook::{Happening, Webhook},
};
use uuid::Uuid;

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Happened {
    /// What.
    pub(crate) event: Happening,
    /// To what: the id of a task, a fault or a report.
    pub(crate) subject: Uuid,
    /// Its project.
    pub(crate) project: ProjectId,
}

static MESSAGES: Batch<8> = Batch::new(
    "INSERT INTO webhook_message(org, id, webhook, event, subject, project, at_ms, next_ms) {rows}",
    [Ty::Int, Ty::Blob, Ty::Blob, Ty::Text, Ty::Blob, Ty::Blob, Ty::Int, Ty::Int],
);

/// Puts a message into the outbox for each webhook of the firm that is told of each event.
pub(crate) async fn put(tx: &mut Tx, org: Org, happened: &[Happened], now: Timestamp) -> Result<(), StoreError> {
    if happened.is_empty() {
        return Ok(());
    }
    let find = sql!("SELECT body FROM webhook WHERE org = ?1 AND told = ?2");
    let hooks = tx.query(find, &row![org, true]).await?;
    let hooks = hooks.iter().map(|row| own(row.get(0)?)).collect::<Result<Vec<Webhook>, StoreError>>()?;
    let mut messages: Vec<(Uuid, WebhookId, &Happened)> = Vec::new();
    for hook in &hooks {
        for each in happened.iter().filter(|each| hook.is_told(each.event)) {
            messages.push((uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?, hook.id, each));
        }
    }
    let rows =
        messages.iter().map(|(id, hook, each)| row![org, id, hook, each.event, &each.subject, &each.project, now, now]);
    tx.many(&MESSAGES, rows).await.map(drop)
}
