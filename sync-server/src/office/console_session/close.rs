//! A session of the console ends.

use crate::{
    row, sql,
    store::{Store, StoreError, Tx},
};

/// Ends the session with this cookie hash. Ending it twice does no harm.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn close(store: &Store, hash: [u8; 32]) -> Result<(), StoreError> {
    let job = async move |tx: &mut Tx| {
        tx.execute(sql!("DELETE FROM console_session WHERE hash = ?1"), &row![&hash]).await.map(drop)
    };
    store.write("close_console_session", job).await
}
