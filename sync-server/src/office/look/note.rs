//! Notes that an owner's contact has looked at a report or a fault for the first time.

use crate::{
    org::Org,
    query::look::Looked,
    random::uuid_v4,
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{id::AccountId, time::Timestamp};

/// Notes the look of an account. Only the first of a subject is kept: two tabs at once leave one.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn note(
    store: &Store,
    (org, account): (Org, AccountId),
    looked: Looked,
    at: Timestamp,
) -> Result<(), StoreError> {
    let id = uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?;
    let job = async move |tx: &mut Tx| {
        let (kind, subject) = looked.parts();
        let insert = sql!(
            "INSERT INTO look(org, id, kind, subject, account, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (org, kind, subject, account) DO NOTHING"
        );
        tx.execute(insert, &row![org, &id, kind, &subject, &account, at]).await.map(drop)
    };
    store.write("note_look", job).await
}
