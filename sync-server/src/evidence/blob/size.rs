//! An upload that says another length than its fact did.

use crate::{
    blobs::BlobKey,
    row, sql,
    store::{BlobStage, Store, StoreError, Tx},
};

/// Notes the length that an upload says: only the hash and the limit decide, so another one than announced is a flag.
/// Bytes beyond it are not counted any more.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn size(store: &Store, key: BlobKey, len: u64) -> Result<(), StoreError> {
    let len = i64::try_from(len).unwrap_or(i64::MAX);
    let job = async move |tx: &mut Tx| {
        let note = sql!(
            "UPDATE blob SET len = ?3, flag = 'len_differs', received = CASE WHEN received > ?3 THEN 0 ELSE received END
             WHERE organisation = ?1 AND id = ?2 AND len <> ?3 AND state <> ?4"
        );
        tx.execute(note, &row![&key.organisation, &key.id, len, BlobStage::Verified]).await.map(drop)
    };
    store.write("size_blob", job).await
}
