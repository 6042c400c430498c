//! Ends uploads that nobody goes on with. What facts announced stays announced.

use crate::{
    blobs::{BlobKey, PartKey},
    org::Org,
    row, sql,
    store::{BlobStage, Row, Store, StoreError, Tx},
};
use firebee_domain::time::Timestamp;

/// Forgets the uploads of a firm that brought nothing since `before`, and those of blobs that are whole. Gives the part
/// files of those that ended.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn expire(store: &Store, org: Org, before: Timestamp) -> Result<Vec<PartKey>, StoreError> {
    let job = async move |tx: &mut Tx| {
        let end = sql!(
            "DELETE FROM upload WHERE org = ?1 AND (touched_ms < ?2 OR EXISTS (
                 SELECT 1 FROM blob b WHERE b.org = upload.org AND b.id = upload.blob AND b.state = ?3))
             RETURNING blob, store_id, part"
        );
        let rows = tx.query(end, &row![org, before, BlobStage::Verified]).await?;
        rows.iter().map(|row| part(org, row)).collect()
    };
    store.write("expire_uploads", job).await
}

/// The part files of a firm's uploads that run.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn running(store: &Store, org: Org) -> Result<Vec<PartKey>, StoreError> {
    let job = async move |tx: &mut Tx| {
        let rows = tx.query(sql!("SELECT blob, store_id, part FROM upload WHERE org = ?1"), &row![org]).await?;
        rows.iter().map(|row| part(org, row)).collect()
    };
    store.read("running_uploads", job).await
}

fn part(org: Org, row: &Row) -> Result<PartKey, StoreError> {
    Ok(PartKey { blob: BlobKey { org, id: row.get(0)? }, store: row.get(1)?, number: row.get(2)? })
}
