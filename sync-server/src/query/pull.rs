//! Reads one page of an account's feed. The cost depends on the number of changes and not on the size of the store. Only a
//! snapshot counts the account's documents.

use crate::{
    device::Sender,
    org::Org,
    row, sql,
    store::{Packed, Row, Store, StoreError, Tx},
};
use firebee_domain::{
    code::Code,
    id::{IncarnationId, StoreId},
    time::Timestamp,
};
use firebee_protocol::{
    cursor::Cursor,
    limits::LIMITS,
    patch::Patch,
    phone::PhoneStatus,
    pull::{Applied, Change, Page},
    session::Unsent,
};
use serde_json::value::RawValue;

/// The request of a device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PullRequest {
    /// The device's cursor; `None` asks for a snapshot.
    pub cursor: Option<String>,
    /// The most changes in the page. The server raises 0 to 1 and caps the number at its limit.
    pub limit: Option<u32>,
    /// Whether the device accepts patches to the revision that it holds.
    pub patches: bool,
    /// The unsent counts that the device reports.
    pub unsent: Option<Unsent>,
    /// What else it tells of itself.
    pub phone: PhoneStatus,
}

/// Why a page is not given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PullError {
    /// The cursor names another incarnation, lies beyond the head, or is older than the tombstones. The device needs a
    /// snapshot.
    #[error("the cursor leads nowhere any more")]
    CursorExpired,
    /// Another store holds the account now.
    #[error("another store holds the account")]
    Fenced,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PullError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::CursorExpired => Code::CursorExpired,
            Self::Fenced => Code::Fenced,
            Self::Store(StoreError::Full(_)) => Code::ServerFull,
            Self::Store(_) => Code::SlowDown,
        }
    }
}

/// The shortest time between two notes of `seen`, in milliseconds, when nothing else has to be written.
const SEEN_EVERY_MS: i64 = 60_000;
/// A page ends with the body that passes this many bytes: a phone reads a page of at most 8 MiB.
const BODY_BYTES_MAX: usize = 2 << 20;
/// The number of rows to read at once, which bounds the memory of one request.
const ROWS_AT_ONCE: usize = 64;

/// Reads the changes after a cursor together with head, `applied` and digest, from one state of the database. Then it
/// records that the store has everything up to the cursor; scope as of capture is judged by this.
///
/// # Errors
/// As [`PullError`] says.
pub async fn pull(
    store: &Store,
    incarnation: IncarnationId,
    sender: &Sender,
    request: &PullRequest,
    now: Timestamp,
) -> Result<Page, PullError> {
    let after = match &request.cursor {
        None => None,
        Some(text) => {
            let cursor: Cursor = text.parse().map_err(|_| PullError::CursorExpired)?;
            if cursor.incarnation != incarnation {
                return Err(PullError::CursorExpired);
            }
            Some(cursor)
        }
    };
    let limit = request.limit.unwrap_or(LIMITS.changes_max).clamp(1, LIMITS.changes_max);
    let asked = Asked { incarnation, sender: *sender, after, limit, patches: request.patches, now };
    let read = store.read("pull", async move |tx: &mut Tx| page(tx, &asked).await).await?;
    let unsent = request.unsent.filter(|unsent| *unsent != read.unsent);
    // A cursor within a snapshot acknowledges nothing, because the phone shows a snapshot only when it is complete.
    let acknowledged = after.filter(|after| after.began.is_none()).map(|after| after.feed_seq);
    let grew = acknowledged.filter(|after| *after > read.cursor_seq);
    if grew.is_some() || unsent.is_some() || now.ms_since(read.last_seen) >= SEEN_EVERY_MS {
        let heard = (sender.org, sender.store_id);
        let phone = request.phone.clone();
        let told = async move |tx: &mut Tx| note(tx, heard, grew, (unsent, &phone), now).await;
        let noted = store.write("pull_seen", told).await;
        // The page is read, and the next pull acknowledges the same again: a full disk keeps nobody from reading.
        if let Err::<(), StoreError>(error) = noted {
            tracing::warn!(%error, "it was not noted that a phone was heard");
        }
    }
    Ok(read.page)
}

#[derive(Clone, Copy)]
struct Asked {
    incarnation: IncarnationId,
    sender: Sender,
    after: Option<Cursor>,
    limit: u32,
    patches: bool,
    now: Timestamp,
}

/// A page, and the store's row.
struct Read {
    page: Page,
    cursor_seq: u64,
    last_seen: Timestamp,
    unsent: Unsent,
}

fn stored(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

async fn page(tx: &mut Tx, asked: &Asked) -> Result<Read, PullError> {
    let find = sql!(
        "SELECT s.epoch, s.store_id, s.feed_head, s.purged_through, s.digest, d.cursor_seq, d.last_seen_ms,
                d.unsent_facts, d.unsent_blobs
         FROM session s JOIN device_store d ON d.org = s.org AND d.store_id = s.store_id
         WHERE s.org = ?1 AND s.account = ?2"
    );
    let row = tx.query_opt(find, &row![asked.sender.org, &asked.sender.account]).await?.ok_or(PullError::Fenced)?;
    if row.get::<u64>(0)? != asked.sender.epoch || row.get::<Option<StoreId>>(1)? != Some(asked.sender.store_id) {
        return Err(PullError::Fenced);
    }
    let (head, purged_through) = (row.get(2)?, row.get(3)?);
    // Tombstones that were purged before the snapshot began do not matter to it. Tombstones purged since then may
    // delete documents that it already sent, so the cursor has expired.
    let expired = |after: Cursor| after.feed_seq > head || after.began.unwrap_or(after.feed_seq) < purged_through;
    if asked.after.is_some_and(expired) {
        return Err(PullError::CursorExpired);
    }
    let began = asked.after.map_or(Some(head), |after| after.began);
    let total = if began.is_some() { Some(live(tx, &asked.sender).await?) } else { None };
    let (changes, done) = changes(tx, asked).await?;
    let last = if done { head } else { changes.last().map_or(head, |change| change.feed_seq) };
    let page = Page {
        next_cursor: Cursor { incarnation: asked.incarnation, feed_seq: last, began: began.filter(|_| !done) }
            .to_string(),
        head,
        done,
        total,
        applied: if done { applied(tx, asked.sender.org, asked.sender.store_id).await? } else { Vec::new() },
        digest: if done { Some(row.get(4)?) } else { None },
        server_ms: asked.now,
        changes,
    };
    let unsent = Unsent { facts: row.get(7)?, blobs: row.get(8)? };
    Ok(Read { page, cursor_seq: row.get(5)?, last_seen: row.get(6)?, unsent })
}

/// How many documents the account has: so many a complete snapshot holds.
async fn live(tx: &mut Tx, sender: &Sender) -> Result<u64, StoreError> {
    let count = sql!("SELECT COUNT(*) FROM feed WHERE org = ?1 AND account = ?2 AND deleted = 0");
    let row = tx.query_opt(count, &row![sender.org, &sender.account]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// The changes of one page, and whether it is the last page. A page ends at its limit or when its bodies fill it. A
/// snapshot skips tombstones.
async fn changes(tx: &mut Tx, asked: &Asked) -> Result<(Vec<Change>, bool), StoreError> {
    let after = sql!(
        "SELECT f.feed_seq, f.kind, f.id, f.rev, f.deleted, d.body,
                CASE WHEN f.patch_after <= ?5 AND f.deleted = 0 AND f.rev = d.rev THEN d.previous END
         FROM feed f JOIN document d ON d.org = f.org AND d.kind = f.kind AND d.id = f.id
         WHERE f.org = ?1 AND f.account = ?2 AND f.feed_seq > ?3 ORDER BY f.feed_seq LIMIT ?4"
    );
    let all = sql!(
        "SELECT f.feed_seq, f.kind, f.id, f.rev, f.deleted, d.body,
                CASE WHEN f.patch_after <= ?5 THEN d.previous END
         FROM feed f JOIN document d ON d.org = f.org AND d.kind = f.kind AND d.id = f.id
         WHERE f.org = ?1 AND f.account = ?2 AND f.feed_seq > ?3 AND f.deleted = 0 ORDER BY f.feed_seq LIMIT ?4"
    );
    // No row has a number below zero, so -1 means that nothing is patched.
    let reached = asked.after.filter(|_| asked.patches).map_or(-1, |after| stored(after.feed_seq));
    let (sql, mut from) = asked.after.map_or((all, 0), |from| (after, from.feed_seq));
    let (limit, mut changes, mut bytes) = (asked.limit as usize, Vec::new(), 0);
    // Reads one row more than the limit, to know whether this is the last page.
    while changes.len() <= limit && bytes < BODY_BYTES_MAX {
        let wanted = ROWS_AT_ONCE.min(limit + 1 - changes.len());
        let Sender { org, account, .. } = &asked.sender;
        let rows = tx.query(sql, &row![*org, account, stored(from), stored(wanted as u64), reached]).await?;
        for row in &rows {
            let change = change(row)?;
            from = change.feed_seq;
            bytes += change.body.as_ref().map_or(0, |body| body.get().len());
            bytes += change.patch.as_ref().map_or(0, |patch| patch.data.len());
            changes.push(change);
            if bytes >= BODY_BYTES_MAX {
                break;
            }
        }
        if rows.len() < wanted && bytes < BODY_BYTES_MAX {
            return Ok((changes, true));
        }
    }
    changes.truncate(limit);
    Ok((changes, false))
}

fn change(row: &Row) -> Result<Change, StoreError> {
    let (rev, deleted): (u64, bool) = (row.get(3)?, row.get(4)?);
    let body = if deleted { None } else { row.get::<Option<Packed>>(5)? };
    let previous = row.get::<Option<Packed>>(6)?;
    let both = body.as_ref().zip(previous.as_ref());
    let patch = both.and_then(|(new, old)| Patch::between(rev.saturating_sub(1), &old.0, &new.0));
    let whole = body.filter(|_| patch.is_none()).map(|body| RawValue::from_string(body.0)).transpose();
    Ok(Change {
        feed_seq: row.get(0)?,
        kind: row.get(1)?,
        id: row.get(2)?,
        rev,
        deleted,
        body: whole.map_err(|_| StoreError::Bug("a stored body is not JSON".into()))?,
        patch,
    })
}

/// How many facts of this store, and of the stores it replaced, are in the documents.
async fn applied(tx: &mut Tx, org: Org, store: StoreId) -> Result<Vec<Applied>, StoreError> {
    let find = sql!(
        "WITH RECURSIVE line(store_id) AS (
             SELECT d.store_id FROM device_store d WHERE d.org = ?1 AND d.store_id = ?2
             UNION SELECT d.succeeds FROM device_store d JOIN line ON d.org = ?1 AND d.store_id = line.store_id
             WHERE d.succeeds IS NOT NULL)
         SELECT d.store_id, d.watermark FROM device_store d JOIN line ON d.org = ?1 AND line.store_id = d.store_id
         ORDER BY d.claimed_ms DESC, d.store_id"
    );
    let rows = tx.query(find, &row![org, &store]).await?;
    rows.iter().map(|row| Ok(Applied { store_id: row.get(0)?, seq: row.get(1)? })).collect()
}

/// Records that the store was heard, and the cursor that it acknowledged with this request.
async fn note(
    tx: &mut Tx,
    (org, store): (Org, StoreId),
    grew: Option<u64>,
    (unsent, phone): (Option<Unsent>, &PhoneStatus),
    now: Timestamp,
) -> Result<(), StoreError> {
    let seen = sql!(
        "UPDATE device_store SET last_seen_ms = ?3, unsent_facts = COALESCE(?4, unsent_facts),
                unsent_blobs = COALESCE(?5, unsent_blobs),
                cursor_seq = CASE WHEN ?6 > cursor_seq THEN ?6 ELSE cursor_seq END,
                app = COALESCE(?7, app), free_bytes = COALESCE(?8, free_bytes), kept_bytes = COALESCE(?9, kept_bytes),
                skew_ms = COALESCE(?10, skew_ms)
         WHERE org = ?1 AND store_id = ?2"
    );
    let (facts, blobs) = (unsent.map(|unsent| stored(unsent.facts)), unsent.map(|unsent| stored(unsent.blobs)));
    let [free, kept] = [phone.free_bytes, phone.kept_bytes].map(|bytes| bytes.map(stored));
    let skew = phone.wall_ms.map(|wall| wall.ms_since(now));
    let heard = row![org, &store, now, facts, blobs, grew.map_or(0, stored)];
    let told = row![phone.app.as_ref(), free, kept, skew];
    tx.execute(seen, &[&heard[..], &told].concat()).await?;
    if let Some(feed_seq) = grew {
        let keep = sql!(
            "INSERT INTO cursor_ack (org, store_id, feed_seq, at_ms) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (org, store_id, feed_seq) DO NOTHING"
        );
        tx.execute(keep, &row![org, &store, stored(feed_seq), now]).await?;
    }
    Ok(())
}
