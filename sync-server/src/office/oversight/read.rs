//! Writes down which page somebody of the fire service read.

use crate::{
    clock::Clock,
    org::Org,
    random::uuid_v7,
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{id::AccountId, time::Timestamp};

/// The most characters of an address that are kept.
const PATH_MAX: usize = 300;

/// Writes it down, before the page is made: what cannot be written down is not shown.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn read(
    (store, clock): (&Store, &Clock),
    (org, account): (Org, AccountId),
    (path, at): (&str, Timestamp),
) -> Result<(), StoreError> {
    let id = uuid_v7(clock).map_err(|error| StoreError::Lost(error.to_string()))?;
    let path: String = path.chars().take(PATH_MAX).collect();
    let job = async move |tx: &mut Tx| {
        let insert = sql!("INSERT INTO reading(org, id, account, at_ms, path) VALUES (?1, ?2, ?3, ?4, ?5)");
        tx.execute(insert, &row![org, &id, &account, at, &path]).await.map(drop)
    };
    store.write("note_reading", job).await
}
