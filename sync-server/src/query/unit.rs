//! Reads about the units of the fire rescue service.

use crate::{
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    id::{AccountId, RegulatorUnitId},
    organisation::RegulatorUnit,
};

/// The unit of a name, letter by letter.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_name(tx: &mut Tx, name: &str) -> Result<Option<RegulatorUnitId>, StoreError> {
    let found = tx.query_opt(sql!("SELECT id FROM regulator_unit WHERE name = ?1"), &row![name]).await?;
    found.map(|row| row.get(0)).transpose()
}

/// Every unit of the server, by name. They are public.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn units(tx: &mut Tx) -> Result<Vec<RegulatorUnit>, StoreError> {
    let rows = tx.query(sql!("SELECT body, parent FROM regulator_unit ORDER BY name, id"), &[]).await?;
    rows.iter().map(|row| Ok(RegulatorUnit { parent: row.get(1)?, ..own(row.get(0)?)? })).collect()
}

/// The unit of somebody of the fire service; `None` for everybody else.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_officer(tx: &mut Tx, account: AccountId) -> Result<Option<RegulatorUnit>, StoreError> {
    let find = sql!("SELECT u.body, u.parent FROM outsider v JOIN regulator_unit u ON u.id = v.unit WHERE v.id = ?1");
    let row = tx.query_opt(find, &row![&account]).await?;
    row.map(|row| Ok(RegulatorUnit { parent: row.get(1)?, ..own(row.get(0)?)? })).transpose()
}
