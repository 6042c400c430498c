//! The calendar of working days: the program's own years, and over them those that were imported.

use crate::{
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::calendar::{Calendar, Year};

/// The calendar that holds now. It is read each time: another server of the same database may have imported a year.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn calendar(tx: &mut Tx) -> Result<Calendar, StoreError> {
    let rows = tx.query(sql!("SELECT body FROM calendar_year ORDER BY year"), &row![]).await?;
    let years = rows.iter().map(|row| own::<Year>(row.get(0)?)).collect::<Result<Vec<_>, _>>()?;
    Ok(Calendar::shipped().with(years))
}
