//! Removes the bytes of blobs whose time is over. Their rows say so before.

use crate::{
    blobs::{BlobKey, Blobs},
    org::Org,
    row, sql,
    store::{BlobStage, Store, StoreError, Tx},
};
use firebee_domain::id::ContentId;

/// Blobs that are removed in one transaction.
const BLOBS_MAX: i64 = 50;

/// What a transaction did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// How many files are gone.
    pub gone: usize,
    /// How many the disk kept.
    pub left: usize,
}

/// Removes some of those of a firm. The files go while their rows are locked: new work that names one of them waits for the
/// commit, and its upload cannot begin before (ADR 99).
///
/// # Errors
/// As [`StoreError`] says.
pub async fn remove(store: &Store, blobs: &Blobs, org: Org) -> Result<Removed, StoreError> {
    let blobs = blobs.clone();
    let job = async move |tx: &mut Tx| some(tx, &blobs, org).await;
    store.write("remove_expired", job).await
}

async fn some(tx: &mut Tx, blobs: &Blobs, org: Org) -> Result<Removed, StoreError> {
    let claim = sql!(
        "UPDATE blob SET removed = 1 WHERE org = ?1 AND state = ?2 AND expired_ms IS NOT NULL AND removed = 0
             AND id IN (SELECT c.id FROM blob c WHERE c.org = ?1 AND c.state = ?2 AND c.expired_ms IS NOT NULL
                        AND c.removed = 0 ORDER BY c.id LIMIT ?3)
         RETURNING id"
    );
    let back = sql!("UPDATE blob SET removed = 0 WHERE org = ?1 AND id = ?2");
    let mut removed = Removed { gone: 0, left: 0 };
    for row in tx.query(claim, &row![org, BlobStage::Verified, BLOBS_MAX]).await? {
        let id: ContentId = row.get(0)?;
        match blobs.drop_final_now(BlobKey { org, id }) {
            Ok(()) => removed.gone += 1,
            Err(error) => {
                tracing::warn!(%error, blob = %id, "a file whose time is over stays on the disk for now");
                tx.execute(back, &row![org, &id]).await?;
                removed.left += 1;
            }
        }
    }
    Ok(removed)
}
