//! Bytes of a blob that are here and durable.

use crate::{
    blobs::BlobKey,
    row, sql,
    state::App,
    store::{StoreError, Tx},
};

/// Notes that the first `received` bytes are here. Called after they were synced, never before. A blob that was declared
/// lost stays so until it is whole.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn advance(app: &App, key: BlobKey, received: u64) -> Result<(), StoreError> {
    let received = i64::try_from(received).unwrap_or(i64::MAX);
    let job = async move |tx: &mut Tx| {
        let note = sql!(
            "UPDATE blob SET received = ?3, state = CASE WHEN state = 'lost' THEN 'lost' ELSE 'receiving' END
             WHERE organisation = ?1 AND id = ?2 AND state <> 'verified'"
        );
        tx.execute(note, &row![&key.organisation.0, &key.id.0, received]).await.map(drop)
    };
    app.store.write("advance_blob", job).await
}
