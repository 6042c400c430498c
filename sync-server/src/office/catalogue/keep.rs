//! Stores the built-in catalogue pack with the data, so that plans can use it after any upgrade.

use crate::{
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_protocol::catalogue::{EMBEDDED_BYTES, Pack};

/// Stores the built-in pack, once. Issuing a plan makes its document for the firm and decides who gets it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn keep(store: &Store) -> Result<(), StoreError> {
    let pack = Pack::embedded();
    let job = async move |tx: &mut Tx| {
        let insert = sql!("INSERT INTO catalogue(id, edition, bytes) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING");
        tx.execute(insert, &row![&pack.id, &pack.catalogue.edition, EMBEDDED_BYTES]).await.map(drop)
    };
    store.write("keep_catalogue", job).await
}
