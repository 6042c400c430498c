//! Notes that a blob is whole: in its row, and in the count that phone and lead see.

use crate::{
    blobs::BlobKey,
    evidence::count_verified_blob,
    row, sql,
    store::{BlobStage, Store, StoreError, Tx},
};
use firebee_domain::{id::TaskId, time::Timestamp};

/// Records that a blob of `len` bytes is verified and durable. Counts the evidence of each task that names it again,
/// and returns the tasks whose track can be judged now.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn verify(store: &Store, key: BlobKey, len: u64, now: Timestamp) -> Result<Vec<TaskId>, StoreError> {
    let len = i64::try_from(len).unwrap_or(i64::MAX);
    let job = async move |tx: &mut Tx| {
        let note = sql!(
            "UPDATE blob SET state = ?5, received = ?3, verified_ms = ?4, len = ?3,
                 flag = CASE WHEN len <> ?3 THEN 'len_differs' ELSE flag END
             WHERE organisation = ?1 AND id = ?2 AND state <> ?5"
        );
        tx.execute(note, &row![&key.organisation, &key.id, len, now, BlobStage::Verified]).await?;
        let tasks = sql!(
            "SELECT DISTINCT task FROM blob_use WHERE organisation = ?1 AND blob = ?2 AND task IS NOT NULL
             ORDER BY task"
        );
        let mut judge = Vec::new();
        for row in tx.query(tasks, &row![&key.organisation, &key.id]).await? {
            let task = row.get(0)?;
            if count_verified_blob(tx, key.organisation, task, key.id).await? {
                judge.push(task);
            }
        }
        Ok::<_, StoreError>(judge)
    };
    let judge = store.write("verify_blob", job).await?;
    metrics::counter!("firebee_blobs_verified_total").increment(1);
    Ok(judge)
}
