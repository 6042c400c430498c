//! Notes that a blob is whole: in its row, and in the count that phone and lead see.

use crate::{
    blobs::BlobKey,
    evidence::count_verified_blob,
    feed,
    observe::{self, Counter},
    row, sql,
    store::{BlobStage, Store, StoreError, Tx, json},
};
use firebee_domain::{evidence::PhotoExif, id::TaskId, time::Timestamp};
use firebee_protocol::fact::Mime;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a blob that is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Its bytes.
    pub len: u64,
    /// What its first bytes say that it is.
    pub media: Option<Mime>,
    /// What a camera wrote into it; `None` of what is no picture.
    pub exif: Option<PhotoExif>,
    /// The CRC-32 of its bytes, from the pass that hashed them. A bundle of files that is streamed later names it before
    /// the bytes.
    pub crc32: u32,
}

/// Records that a blob is verified and durable, and what its bytes are. Counts anew the evidence of each
/// task that names the blob, and returns the tasks whose track can be judged now.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn verify(store: &Store, key: BlobKey, whole: Whole, now: Timestamp) -> Result<Vec<TaskId>, StoreError> {
    let Whole { media, crc32, exif, .. } = whole;
    let read = exif.as_ref().map(json).transpose()?;
    let len = i64::try_from(whole.len).unwrap_or(i64::MAX);
    let job = async move |tx: &mut Tx| {
        let tasks = used_by(tx, key, len).await?.into_keys().collect();
        let followers = feed::followers(tx, key.org, &tasks, &BTreeSet::new()).await?;
        feed::lock(tx, key.org, &followers).await?;
        let note = sql!(
            "UPDATE blob SET state = ?5, verified_ms = ?4, len = ?3, media = ?6, crc32 = ?7, exif = ?8,
                 expired_ms = NULL, removed = 0
             WHERE org = ?1 AND id = ?2 AND state <> ?5"
        );
        let values = row![key.org, &key.id, len, now, BlobStage::Verified, media, i64::from(crc32), read.as_ref()];
        tx.execute(note, &values).await?;
        let mut judge = Vec::new();
        // A push may have named the blob since.
        for (task, as_announced) in used_by(tx, key, len).await? {
            if count_verified_blob(tx, key.org, task, (key.id, media, exif.as_ref()), as_announced).await? {
                judge.push(task);
            }
        }
        Ok::<_, StoreError>(judge)
    };
    let judge = store.write("verify_blob", job).await?;
    observe::count(Counter::BlobVerified);
    Ok(judge)
}

/// The tasks with a fact that names the blob, and whether each such fact of the task announced this length.
async fn used_by(tx: &mut Tx, key: BlobKey, len: i64) -> Result<BTreeMap<TaskId, bool>, StoreError> {
    let find = sql!("SELECT task, len FROM blob_use WHERE org = ?1 AND blob = ?2 AND task IS NOT NULL");
    let mut tasks = BTreeMap::new();
    for row in tx.query(find, &row![key.org, &key.id]).await? {
        *tasks.entry(row.get(0)?).or_insert(true) &= row.get::<i64>(1)? == len;
    }
    Ok(tasks)
}
