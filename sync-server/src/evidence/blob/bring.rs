//! Announces a file that somebody of the office brings.

use crate::{
    blobs::BlobKey,
    row, sql,
    store::{BlobStage, Store, StoreError, Tx, stored},
};
use firebee_domain::id::AccountId;
use firebee_protocol::fact::Mime;

/// Announces a file of `len` bytes that `account` brings, and notes who brought it. A blob that the firm has already
/// stays as it is; one whose time was over is asked for again.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn bring(
    store: &Store,
    key: BlobKey,
    account: AccountId,
    (len, mime): (u64, Mime),
) -> Result<(), StoreError> {
    let len = stored(len)?;
    let job = async move |tx: &mut Tx| {
        let announce = sql!(
            "INSERT INTO blob (org, id, len, mime, state) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (org, id) DO NOTHING"
        );
        tx.execute(announce, &row![key.org, &key.id, len, mime, BlobStage::Announced]).await?;
        // Whoever deletes what is past waits for this row, or this waits for the deletion and asks for the bytes again.
        let ask = sql!(
            "UPDATE blob SET state = CASE WHEN expired_ms IS NULL THEN state ELSE ?3 END,
                 verified_ms = CASE WHEN expired_ms IS NULL THEN verified_ms END
             WHERE org = ?1 AND id = ?2"
        );
        tx.execute(ask, &row![key.org, &key.id, BlobStage::Announced]).await?;
        let note = sql!(
            "INSERT INTO attachment (org, account, blob, len) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (org, account, blob) DO NOTHING"
        );
        tx.execute(note, &row![key.org, &account, &key.id, len]).await.map(drop)
    };
    store.write("bring_file", job).await
}
