//! Reads about the units of the fire rescue service.

use crate::{
    sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::organisation::RegulatorUnit;

/// Every unit of the server, by name. They are public.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn units(tx: &mut Tx) -> Result<Vec<RegulatorUnit>, StoreError> {
    let rows = tx.query(sql!("SELECT body, parent FROM regulator_unit ORDER BY name, id"), &[]).await?;
    rows.iter().map(|row| Ok(RegulatorUnit { parent: row.get(1)?, ..own(row.get(0)?)? })).collect()
}
