//! Bytes of a blob that are here and durable.

use crate::{
    blobs::BlobKey,
    row, sql,
    store::{BlobStage, Store, StoreError, Tx},
};

/// Records that the first `received` bytes are here. Call this only after they were synced. A blob that was declared
/// lost stays lost until it is complete.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn advance(store: &Store, key: BlobKey, received: u64) -> Result<(), StoreError> {
    let received = i64::try_from(received).unwrap_or(i64::MAX);
    let job = async move |tx: &mut Tx| {
        let note = sql!(
            "UPDATE blob SET received = ?3, state = CASE WHEN state = ?5 THEN state ELSE ?4 END
             WHERE org = ?1 AND id = ?2 AND state <> ?6"
        );
        let (receiving, lost, verified) = (BlobStage::Receiving, BlobStage::Lost, BlobStage::Verified);
        tx.execute(note, &row![key.org, &key.id, received, receiving, lost, verified]).await.map(drop)
    };
    store.write("advance_blob", job).await
}
