//! Removes the bytes of files whose time is over. Their rows say so before.

use super::{ReceiveError, Uploads};
use crate::{
    blobs::BlobKey,
    org::Org,
    query::retention::to_remove,
    row,
    store::{Batch, StoreError, Tx, Ty},
};

/// Files that are removed between two commits.
const FILES_MAX: i64 = 500;

static REMOVED: Batch<2> = Batch::new(
    "WITH p(org, id) AS ({rows}) UPDATE blob SET removed = 1 FROM p WHERE blob.org = p.org AND blob.id = p.id",
    [Ty::Int, Ty::Blob],
);

/// Removes them from the disk, and gives how many. What a failing disk leaves is removed by the next call.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn remove(uploads: &Uploads, org: Org) -> Result<usize, ReceiveError> {
    let mut gone = 0;
    loop {
        let find = async move |tx: &mut Tx| to_remove(tx, org, FILES_MAX).await;
        let files: Vec<_> = uploads.store.read::<_, StoreError, _>("find_expired", find).await?;
        if files.is_empty() {
            return Ok(gone);
        }
        for id in &files {
            uploads.blobs.drop_final(BlobKey { org, id: *id }).await?;
        }
        gone += files.len();
        let note = async move |tx: &mut Tx| tx.many(&REMOVED, files.iter().map(|id| row![org, id])).await.map(drop);
        uploads.store.write::<_, StoreError, _>("note_removed", note).await?;
    }
}
