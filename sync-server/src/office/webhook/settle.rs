//! What became of an attempt to send a message.

use super::{Claimed, keep};
use crate::{
    org::Org,
    query, row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    time::Timestamp,
    webhook::{Verdict, Webhook},
};

/// How an attempt ended.
#[derive(Clone, Debug)]
pub struct Settled {
    /// What the answer means.
    pub verdict: Verdict,
    /// The HTTP status, or a word for why there was none.
    pub answer: String,
    /// When the message is tried again; `None` where it is not.
    pub next: Option<Timestamp>,
    /// When the attempt ended.
    pub at: Timestamp,
}

/// Writes down what became of it, and frees the receiver. One that wants no more messages is switched off. A message that
/// somebody had sent again or given up meanwhile stays as they want it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn settle(store: &Store, org: Org, (claimed, settled): (Claimed, Settled)) -> Result<(), StoreError> {
    let job = async move |tx: &mut Tx| {
        let (message, webhook) = (&claimed.message, claimed.webhook.id);
        let delivered = settled.verdict == Verdict::Delivered;
        let note =
            sql!("UPDATE webhook_message SET tried_ms = ?3, delivered = ?4, answer = ?5 WHERE org = ?1 AND id = ?2");
        tx.execute(note, &row![org, &message.id, settled.at, delivered, &settled.answer]).await?;
        let go_on =
            sql!("UPDATE webhook_message SET next_ms = ?4, attempts = ?5 WHERE org = ?1 AND id = ?2 AND next_ms = ?3");
        let attempts = i64::from(message.attempts) + 1;
        tx.execute(go_on, &row![org, &message.id, message.next, settled.next, attempts]).await?;
        let free = sql!("UPDATE webhook SET taken_ms = ?4 WHERE org = ?1 AND id = ?2 AND taken_ms = ?3");
        tx.execute(free, &row![org, &webhook, claimed.until, settled.at]).await?;
        if settled.verdict == Verdict::Gone
            && let Some(row) = query::webhook::webhook(tx, org, webhook).await?
        {
            let give_up = sql!("UPDATE webhook_message SET next_ms = NULL WHERE org = ?1 AND webhook = ?2");
            tx.execute(give_up, &row![org, &webhook]).await?;
            keep(tx, org, &Webhook { off: Some(settled.at), ..row.webhook }).await?;
        }
        Ok(())
    };
    store.write("settle_webhook_message", job).await
}
