//! Throws a batch away that has changed nothing.

use super::{ImportError, find};
use crate::{
    office::{Act, Refused},
    row, sql,
    store::{Store, Tx},
};
use firebee_domain::id::RequestId;

/// Throws the batch away: its rows go, and a line stays that says so.
///
/// # Errors
/// [`Refused`], also when the batch is not there or this actor may not.
pub async fn discard(store: &Store, act: Act, batch: RequestId) -> Result<(), Refused<ImportError>> {
    let job = async move |tx: &mut Tx| {
        let lock = sql!("UPDATE import_batch SET state = state WHERE org = ?1 AND id = ?2");
        tx.execute(lock, &row![act.org, &batch]).await?;
        let found = find(tx, &act, batch).await?.ok_or(Refused::NotFound)?;
        let state = found.state.discard().map_err(ImportError::from)?;
        super::apply::set(tx, &act, batch, state).await?;
        tx.execute(sql!("DELETE FROM import_row WHERE org = ?1 AND batch = ?2"), &row![act.org, &batch]).await?;
        Ok::<_, Refused<ImportError>>(())
    };
    store.write("discard_import", job).await
}
