//! Reads the settings of the region: the last that were set hold, and all of them are its log.

use crate::{
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{region::Region, time::Timestamp};

/// What holds now.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn region(tx: &mut Tx) -> Result<Region, StoreError> {
    let last = tx.query_opt(sql!("SELECT body FROM region ORDER BY seq DESC LIMIT 1"), &row![]).await?;
    last.map_or_else(|| Ok(Region::default()), |row| own(row.get(0)?))
}

/// What was set and when, the last one first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn settings(tx: &mut Tx, most: u32) -> Result<Vec<(Timestamp, Region)>, StoreError> {
    let rows =
        tx.query(sql!("SELECT set_ms, body FROM region ORDER BY seq DESC LIMIT ?1"), &row![i64::from(most)]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, own(row.get(1)?)?))).collect()
}
