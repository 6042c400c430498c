//! Somebody deletes a view of their own.

use crate::{
    office::Act,
    row, sql,
    store::{Store, StoreError, Tx},
};
use uuid::Uuid;

/// Deletes the view. Returns whether there was one: another person's is not there.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn forget(store: &Store, act: Act, view: Uuid) -> Result<bool, StoreError> {
    let job = async move |tx: &mut Tx| {
        let delete = sql!("DELETE FROM saved_view WHERE org = ?1 AND account = ?2 AND id = ?3");
        tx.execute(delete, &row![act.org, &act.actor.account, &view]).await.map(|deleted| deleted > 0)
    };
    store.write("forget_saved_view", job).await
}
