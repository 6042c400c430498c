//! Handles an upload whose length differs from the length in its fact.

use crate::{
    blobs::BlobKey,
    row, sql,
    store::{BlobStage, Store, StoreError, Tx},
};

/// Records the length that an upload declares. Only hash and limit decide, so a length that differs from the announced
/// one is just flagged. Received bytes beyond the new length no longer count.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn size(store: &Store, key: BlobKey, len: u64) -> Result<(), StoreError> {
    let len = i64::try_from(len).unwrap_or(i64::MAX);
    let job = async move |tx: &mut Tx| {
        let note = sql!(
            "UPDATE blob SET len = ?3, flag = 'len_differs', received = CASE WHEN received > ?3 THEN 0 ELSE received END
             WHERE org = ?1 AND id = ?2 AND len <> ?3 AND state <> ?4"
        );
        tx.execute(note, &row![key.org, &key.id, len, BlobStage::Verified]).await.map(drop)
    };
    store.write("size_blob", job).await
}
