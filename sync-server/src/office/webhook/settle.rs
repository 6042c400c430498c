//! What became of an attempt to send a message.

use super::keep;
use crate::{
    org::Org,
    query, row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    id::WebhookId,
    time::Timestamp,
    webhook::{Verdict, Webhook},
};
use uuid::Uuid;

/// An attempt that has ended.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The message.
    pub message: Uuid,
    /// Its webhook.
    pub webhook: WebhookId,
    /// What the answer means.
    pub verdict: Verdict,
    /// The HTTP status, or a word for why there was none.
    pub answer: String,
    /// How often the message was tried before.
    pub attempts: u32,
    /// When it is tried again; `None` where it is not.
    pub next: Option<Timestamp>,
    /// When the attempt ended.
    pub at: Timestamp,
}

/// Writes down what became of it. A receiver that wants no more messages is switched off.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn settle(store: &Store, org: Org, settled: Settled) -> Result<(), StoreError> {
    let job = async move |tx: &mut Tx| {
        let note = sql!(
            "UPDATE webhook_message SET next_ms = ?3, attempts = ?4, tried_ms = ?5, delivered = ?6, answer = ?7
             WHERE org = ?1 AND id = ?2"
        );
        let (attempts, delivered) = (i64::from(settled.attempts) + 1, settled.verdict == Verdict::Delivered);
        let values = row![org, &settled.message, settled.next, attempts, settled.at, delivered, &settled.answer];
        tx.execute(note, &values).await?;
        if settled.verdict == Verdict::Gone
            && let Some(row) = query::webhook::webhook(tx, org, settled.webhook).await?
        {
            let give_up = sql!("UPDATE webhook_message SET next_ms = NULL WHERE org = ?1 AND webhook = ?2");
            tx.execute(give_up, &row![org, &settled.webhook]).await?;
            keep(tx, org, &Webhook { off: Some(settled.at), ..row.webhook }).await?;
        }
        Ok(())
    };
    store.write("settle_webhook_message", job).await
}
