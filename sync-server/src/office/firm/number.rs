//! The number of a firm, with which every key of its rows begins.

use crate::{
    row, sql,
    store::{Setting, StoreError, Tx},
};

/// The next number, from 1. Two firms that are founded at once wait for each other at the row that counts. A number is
/// never given again, also when its firm has left.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn next(tx: &mut Tx) -> Result<i64, StoreError> {
    let count = sql!(
        "INSERT INTO setting(key, value) VALUES (?1, '1')
         ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(setting.value AS BIGINT) + 1 AS TEXT)
         RETURNING CAST(value AS BIGINT)"
    );
    let row = tx.query_opt(count, &row![Setting::LastOrg]).await?;
    row.ok_or_else(|| StoreError::Bug("a firm got no number".into()))?.get(0)
}
