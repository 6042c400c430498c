//! Stores the built-in catalogue pack with the data, so that plans can use it after any upgrade.

use crate::{
    feed::{Publication, publish},
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_protocol::{
    catalogue::{EMBEDDED_BYTES, Pack},
    document::{CatalogueDocument, kind},
};

/// Stores the built-in pack and makes its document, once. Issuing a plan decides who gets the document.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn keep(store: &Store) -> Result<(), StoreError> {
    let pack = Pack::embedded();
    let document =
        CatalogueDocument { id: pack.id, len: EMBEDDED_BYTES.len() as u64, edition: pack.catalogue.edition.clone() };
    let body = serde_json::to_string(&document).map_err(|error| StoreError::Bug(error.to_string()))?;
    let job = async move |tx: &mut Tx| {
        let id = pack.id.to_string();
        let known = sql!("SELECT rev FROM document WHERE kind = 'catalogue' AND id = ?1");
        if tx.query_opt(known, &row![&id]).await?.is_some() {
            return Ok(());
        }
        let insert = sql!("INSERT INTO catalogue(id, edition, bytes) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
        tx.execute(insert, &row![&pack.id, &pack.catalogue.edition, EMBEDDED_BYTES]).await?;
        let document = Publication { kind: kind::CATALOGUE, id, body: Some(body), to: Vec::new() };
        publish(tx, vec![document]).await.map(drop)
    };
    store.write("keep_catalogue", job).await
}
