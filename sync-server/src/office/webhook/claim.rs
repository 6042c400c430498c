//! The job takes the messages that are due. A message that is taken is nobody else's for a while, also of another server; one
//! whose server ends meanwhile is due again.

use crate::{
    org::Org,
    query::{self, webhook::MessageRow},
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{time::Timestamp, webhook::Webhook};

/// For how long a message is taken, in milliseconds: longer than all that are taken at once may last, some of which wait for
/// others.
const LEASE_MS: i64 = 300_000;

/// Messages that are taken at once.
const AT_ONCE: i64 = 32;

/// How long a message is kept, in milliseconds.
const KEPT_MS: i64 = 90 * 86_400_000;

/// A message that is to be sent now.
pub type Claimed = (MessageRow, Webhook);

/// Takes the messages of a firm that are due, and forgets those that are old.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn claim(store: &Store, org: Org, now: Timestamp) -> Result<Vec<Claimed>, StoreError> {
    let job = async move |tx: &mut Tx| {
        let forget = sql!("DELETE FROM webhook_message WHERE org = ?1 AND at_ms < ?2 AND next_ms IS NULL");
        tx.execute(forget, &row![org, now.plus_ms(-KEPT_MS)]).await?;
        let mut taken = Vec::new();
        for (message, webhook) in query::webhook::due(tx, org, (now, AT_ONCE)).await? {
            let take = sql!("UPDATE webhook_message SET next_ms = ?4 WHERE org = ?1 AND id = ?2 AND next_ms = ?3");
            let values = row![org, &message.id, message.next, now.plus_ms(LEASE_MS)];
            if tx.execute(take, &values).await? == 1 {
                taken.push((message, webhook));
            }
        }
        Ok(taken)
    };
    store.write("claim_webhook_messages", job).await
}
