//! Forgets old tombstones. A phone that was away for longer pulls everything anew instead.
//!
//! A feed row has no time. So once a day the head of each feed is marked with the time: a tombstone at or below a mark is at
//! least as old as the mark.

use super::lock::lock;
use crate::{
    org::Org,
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{id::AccountId, time::Timestamp};
use std::collections::BTreeSet;

/// How long a tombstone lives, in milliseconds: 180 days (protocol, "Pull").
const TOMBSTONE_MS: i64 = 180 * 86_400_000;
/// How often the head of a feed is marked, in milliseconds.
const MARK_EVERY_MS: i64 = 86_400_000;

/// Marks the feeds of a firm and forgets their tombstones that are older than 180 days. Returns how many went. Cursors
/// below the last of them have expired. Several servers may do the same at once.
///
/// # Errors
/// As [`StoreError`] says. What was done before stays done.
pub async fn purge(store: &Store, org: Org, now: Timestamp) -> Result<u64, StoreError> {
    store.write("mark_feeds", async move |tx: &mut Tx| mark(tx, org, now).await).await?;
    let due = store.read("old_marks", async move |tx: &mut Tx| due(tx, org, now).await).await?;
    let mut gone = 0;
    for (account, through) in due {
        gone += store.write("purge_feed", async move |tx: &mut Tx| forget(tx, org, account, through).await).await?;
    }
    Ok(gone)
}

/// Marks each feed that grew since its last mark, at most once a day.
async fn mark(tx: &mut Tx, org: Org, now: Timestamp) -> Result<(), StoreError> {
    let marked = sql!(
        "INSERT INTO feed_mark (org, account, feed_seq, at_ms)
         SELECT s.org, s.account, s.feed_head, CAST(?2 AS BIGINT) FROM session s
         WHERE s.org = ?1 AND s.feed_head > 0 AND NOT EXISTS (
             SELECT 1 FROM feed_mark m WHERE m.org = s.org AND m.account = s.account
                 AND (m.feed_seq >= s.feed_head OR m.at_ms > ?3))
         ON CONFLICT (org, account, feed_seq) DO NOTHING"
    );
    tx.execute(marked, &row![org, now, now.plus_ms(-MARK_EVERY_MS)]).await.map(drop)
}

/// The feeds with a mark that is old enough, and the newest such mark of each.
async fn due(tx: &mut Tx, org: Org, now: Timestamp) -> Result<Vec<(AccountId, u64)>, StoreError> {
    let find = sql!(
        "SELECT m.account, MAX(m.feed_seq) FROM feed_mark m WHERE m.org = ?1 AND m.at_ms <= ?2
         GROUP BY m.account ORDER BY m.account"
    );
    let rows = tx.query(find, &row![org, now.plus_ms(-TOMBSTONE_MS)]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

async fn forget(tx: &mut Tx, org: Org, account: AccountId, through: u64) -> Result<u64, StoreError> {
    lock(tx, org, &BTreeSet::from([account])).await?;
    let through = i64::try_from(through).map_err(|_| StoreError::Bug("a number that does not fit".into()))?;
    // The row of the head stays, whatever it is.
    let forget = sql!(
        "DELETE FROM feed WHERE org = ?1 AND account = ?2 AND deleted = 1 AND feed_seq <= ?3
             AND feed_seq < (SELECT s.feed_head FROM session s WHERE s.org = ?1 AND s.account = ?2)
         RETURNING feed_seq"
    );
    let rows = tx.query(forget, &row![org, &account, through]).await?;
    let gone: Vec<i64> = rows.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?;
    if let Some(last) = gone.iter().max() {
        let raise =
            sql!("UPDATE session SET purged_through = ?3 WHERE org = ?1 AND account = ?2 AND purged_through < ?3");
        tx.execute(raise, &row![org, &account, *last]).await?;
    }
    // The newest old mark stays: a feed that does not grow is not marked again.
    let old = sql!("DELETE FROM feed_mark WHERE org = ?1 AND account = ?2 AND feed_seq < ?3");
    tx.execute(old, &row![org, &account, through]).await?;
    Ok(gone.len() as u64)
}
