//! A session of the console is used, and so holds for longer.

use super::SESSION_MS;
use crate::{
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::time::Timestamp;

/// How stale the noted instant may be, in milliseconds, so that reading costs no write.
pub const STALE_MS: i64 = 300_000;

/// Notes that a session was used at `now`.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn touch(store: &Store, hash: [u8; 32], now: Timestamp) -> Result<(), StoreError> {
    let job = async move |tx: &mut Tx| {
        let note = sql!("UPDATE console_session SET seen_ms = ?2, expires_ms = ?3 WHERE hash = ?1");
        tx.execute(note, &row![&hash, now, now.plus_ms(SESSION_MS)]).await.map(drop)
    };
    store.write("touch_console_session", job).await
}
