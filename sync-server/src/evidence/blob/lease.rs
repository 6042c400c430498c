//! The lease on a part file: one request at a time writes the file, whichever server the request came to. A request that
//! wants the lease says so in the row; the one that holds it sees this and stops. The holder counts up a number in the row
//! as its sign of life. Whoever waits measures by its own clock how long that number stands still, so the clocks of two
//! machines need not agree.

use super::Delivery;
use crate::{
    row, sql,
    store::{Row, Store, StoreError, Tx, stored},
};
use firebee_domain::time::Timestamp;

/// A request's right to write a part file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Of whose part file.
    pub delivery: Delivery,
    /// The request's own number. Nobody else has it.
    pub writer: i64,
}

/// The lease was taken, and how the upload stood then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The number of the part file.
    pub part: u64,
    /// Bytes of the file that are synced.
    pub received: u64,
    /// The length of the blob in bytes.
    pub len: u64,
    /// The count of signs of life, with this one.
    pub beat: u64,
}

/// A sign of life of the request that writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulse {
    /// The request.
    pub writer: i64,
    /// How many signs there were.
    pub beat: i64,
}

/// The answer to a request that wants to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It may.
    Taken(Taken),
    /// Another request writes, or ended without a word.
    Busy(Pulse),
}

/// Asks for the lease. An upload that did not begin yet begins with `len` bytes.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn ask(store: &Store, lease: Lease, len: u64, now: Timestamp) -> Result<Asked, StoreError> {
    let len = stored(len)?;
    let Lease { delivery: Delivery { key, store: sender, .. }, writer } = lease;
    let job = async move |tx: &mut Tx| {
        let begin = sql!(
            "INSERT INTO upload (org, blob, store_id, len, received, part, writer, wanted, beat, touched_ms)
             VALUES (?1, ?2, ?3, ?4, 0, 1, ?5, ?5, 1, ?6) ON CONFLICT (org, blob, store_id)
             DO UPDATE SET wanted = excluded.wanted, writer = COALESCE(upload.writer, excluded.writer),
                 beat = upload.beat + CASE WHEN upload.writer IS NULL THEN 1 ELSE 0 END
             RETURNING part, received, len, beat, writer"
        );
        let row = tx.query_opt(begin, &row![key.org, &key.id, &sender, len, writer, now]).await?;
        let row = row.ok_or_else(|| StoreError::Bug("an upload has no row".into()))?;
        let holder = row.get(4)?;
        if holder == writer {
            taken(&row).map(Asked::Taken)
        } else {
            Ok(Asked::Busy(Pulse { writer: holder, beat: row.get(3)? }))
        }
    };
    store.write("ask_upload", job).await
}

fn taken(row: &Row) -> Result<Taken, StoreError> {
    Ok(Taken { part: row.get(0)?, received: row.get(1)?, len: row.get(2)?, beat: row.get(3)? })
}

/// The last sign of life of whoever writes, `None` when nobody does; and whether this request is still the newest.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn pulse(store: &Store, lease: Lease) -> Result<(Option<Pulse>, bool), StoreError> {
    let Lease { delivery: Delivery { key, store: sender, .. }, writer } = lease;
    let job = async move |tx: &mut Tx| {
        let find = sql!("SELECT writer, beat, wanted FROM upload WHERE org = ?1 AND blob = ?2 AND store_id = ?3");
        let Some(row) = tx.query_opt(find, &row![key.org, &key.id, &sender]).await? else { return Ok((None, false)) };
        let (holder, beat, wanted): (Option<i64>, _, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok((holder.map(|writer| Pulse { writer, beat }), wanted == writer))
    };
    store.read("see_upload", job).await
}

/// Takes the lease that nobody holds, or that of a holder whose last sign of life was `over`. A holder that was only
/// stopped for a while may still write into its file, so the next one gets another file when `apart` says so.
///
/// `None` when a newer request asked, or the holder gave a sign of life meanwhile.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn take(store: &Store, lease: Lease, over: Option<Pulse>, apart: bool) -> Result<Option<Taken>, StoreError> {
    let Lease { delivery: Delivery { key, store: sender, .. }, writer } = lease;
    let job = async move |tx: &mut Tx| {
        let found = if let Some(Pulse { writer: dead, beat }) = over {
            let inherit = sql!(
                "UPDATE upload SET writer = ?4, beat = beat + 1, part = part + ?7
                 WHERE org = ?1 AND blob = ?2 AND store_id = ?3 AND wanted = ?4 AND writer = ?5 AND beat = ?6
                 RETURNING part, received, len, beat"
            );
            let step = i64::from(apart);
            tx.query_opt(inherit, &row![key.org, &key.id, &sender, writer, dead, beat, step]).await?
        } else {
            let free = sql!(
                "UPDATE upload SET writer = ?4, beat = beat + 1
                 WHERE org = ?1 AND blob = ?2 AND store_id = ?3 AND wanted = ?4 AND writer IS NULL
                 RETURNING part, received, len, beat"
            );
            tx.query_opt(free, &row![key.org, &key.id, &sender, writer]).await?
        };
        found.as_ref().map(taken).transpose()
    };
    store.write("take_upload", job).await
}

impl Lease {
    /// Gives a sign of life. False when the lease is lost or a newer request wants it.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub async fn beat(self, store: &Store) -> Result<bool, StoreError> {
        let Self { delivery: Delivery { key, store: sender, .. }, writer } = self;
        let job = async move |tx: &mut Tx| {
            let live = sql!(
                "UPDATE upload SET beat = beat + 1 WHERE org = ?1 AND blob = ?2 AND store_id = ?3 AND writer = ?4
                 RETURNING wanted"
            );
            let row = tx.query_opt(live, &row![key.org, &key.id, &sender, writer]).await?;
            Ok(row.map(|row| row.get::<i64>(0)).transpose()? == Some(writer))
        };
        store.write("beat_upload", job).await
    }

    /// Records that the first `received` bytes of the part file are here. Call this only after they were synced. False
    /// when the lease is lost.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub async fn advance(self, store: &Store, received: u64, now: Timestamp) -> Result<bool, StoreError> {
        let received = stored(received)?;
        let Self { delivery: Delivery { key, store: sender, .. }, writer } = self;
        let job = async move |tx: &mut Tx| {
            let note = sql!(
                "UPDATE upload SET received = ?5, beat = beat + 1, touched_ms = ?6
                 WHERE org = ?1 AND blob = ?2 AND store_id = ?3 AND writer = ?4"
            );
            let noted = tx.execute(note, &row![key.org, &key.id, &sender, writer, received, now]).await?;
            Ok(noted > 0)
        };
        store.write("advance_upload", job).await
    }

    /// Gives the lease back, and records how many bytes are here when that changed. Returns the count of signs of life;
    /// while it stands, nobody has touched the part file. `None` when the lease is lost.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub async fn release(
        self,
        store: &Store,
        received: Option<u64>,
        now: Timestamp,
    ) -> Result<Option<u64>, StoreError> {
        let received = received.map(stored).transpose()?;
        let Self { delivery: Delivery { key, store: sender, .. }, writer } = self;
        let job = async move |tx: &mut Tx| {
            let free = sql!(
                "UPDATE upload SET writer = NULL, beat = beat + 1,
                     touched_ms = CASE WHEN CAST(?5 AS BIGINT) IS NULL THEN touched_ms ELSE ?6 END,
                     received = COALESCE(CAST(?5 AS BIGINT), received)
                 WHERE org = ?1 AND blob = ?2 AND store_id = ?3 AND writer = ?4 RETURNING beat"
            );
            let row = tx.query_opt(free, &row![key.org, &key.id, &sender, writer, received, now]).await?;
            row.map(|row| row.get(0)).transpose()
        };
        store.write("release_upload", job).await
    }
}
