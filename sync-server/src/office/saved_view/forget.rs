//! Somebody deletes a view of their own.

use crate::{
    office::Act,
    row, sql,
    store::{Store, StoreError, Tx},
};
use uuid::Uuid;

/// Deletes the view; one that is gone or another person's stays as it is.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn forget(store: &Store, act: Act, view: Uuid) -> Result<(), StoreError> {
    let job = async move |tx: &mut Tx| {
        let delete = sql!("DELETE FROM saved_view WHERE org = ?1 AND account = ?2 AND id = ?3");
        tx.execute(delete, &row![act.org, &act.actor.account, &view]).await.map(drop)
    };
    store.write("forget_saved_view", job).await
}
