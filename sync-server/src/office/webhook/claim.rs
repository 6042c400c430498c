//! The job takes a receiver for which a message is due. While one server talks with a receiver, no other does; when a server ends
//! meanwhile, the receiver is free again after a while, and the message still due.

use crate::{
    org::Org,
    query::{self, webhook::MessageRow},
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{time::Timestamp, webhook::Webhook};

/// How long a message is kept, in milliseconds.
const KEPT_MS: i64 = 90 * 86_400_000;

/// A message that is to be sent now.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The message, as it was when it was taken.
    pub message: MessageRow,
    /// Who is told.
    pub webhook: Webhook,
    /// Until when the receiver is taken.
    pub until: Timestamp,
}

/// Takes receivers of a firm that wait, at most so many, each with the message that is due first. Forgets messages that are old.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn claim(store: &Store, org: Org, (now, most): (Timestamp, usize)) -> Result<Vec<Claimed>, StoreError> {
    let job = async move |tx: &mut Tx| {
        let forget = sql!("DELETE FROM webhook_message WHERE org = ?1 AND at_ms < ?2 AND next_ms IS NULL");
        tx.execute(forget, &row![org, now.plus_ms(-KEPT_MS)]).await?;
        let (until, mut taken) = (now.plus_ms(query::webhook::LEASE_MS), Vec::new());
        let mut waiting = query::webhook::waiting(tx, org, (now, most)).await?;
        // Two servers lock the rows in one order.
        waiting.sort_unstable_by_key(|(webhook, _)| webhook.0);
        for (webhook, free) in waiting {
            let take = sql!("UPDATE webhook SET taken_ms = ?4 WHERE org = ?1 AND id = ?2 AND taken_ms = ?3");
            if tx.execute(take, &row![org, &webhook, free, until]).await? == 0 {
                continue;
            }
            // Read only now: what another server has sent meanwhile is not due any more.
            let due = query::webhook::due(tx, org, (webhook, now)).await?;
            taken.extend(due.map(|(message, webhook)| Claimed { message, webhook, until }));
        }
        Ok(taken)
    };
    store.write("claim_webhook_messages", job).await
}
