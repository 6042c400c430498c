//! Begins an upload by pieces.

use super::Delivery;
use crate::{
    row, sql,
    store::{Store, StoreError, Tx, stored},
};
use firebee_domain::time::Timestamp;

/// Notes that a store sends a blob of `len` bytes. An upload that runs stays as it is.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn start(store: &Store, delivery: Delivery, len: u64, now: Timestamp) -> Result<(), StoreError> {
    let len = stored(len)?;
    let job = async move |tx: &mut Tx| {
        let begin = sql!(
            "INSERT INTO upload (org, blob, store_id, len, received, part, writer, wanted, beat, touched_ms)
             VALUES (?1, ?2, ?3, ?4, 0, 1, NULL, 0, 0, ?5) ON CONFLICT (org, blob, store_id) DO NOTHING"
        );
        let Delivery { key, store, .. } = &delivery;
        tx.execute(begin, &row![key.org, &key.id, store, len, now]).await.map(drop)
    };
    store.write("start_upload", job).await
}
