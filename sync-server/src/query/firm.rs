//! Reads about firms as wholes: what the public may know of them, and what the fire service does.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    id::{AccountId, OrganisationId, RegulatorUnitId},
    organisation::{Organisation, PublicFirm},
    personnel::{Person, PublicEngineer, PublicOperator},
};

/// A firm with its people, as the public reads it.
#[derive(Clone, Debug)]
pub struct PublicPage {
    /// The name of the unit of somebody of the fire service; `None` for everybody else.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn unit_of(tx: &mut Tx, account: AccountId) -> Result<Option<String>, StoreError> {
    let find = sql!("SELECT u.name FROM outsider v JOIN regulator_unit u ON u.id = v.unit WHERE v.id = ?1");
    tx.query_opt(find, &row![&account]).await?.map(|row| row.get(0)).transpose()
}

/// The unit of somebody of the fire service; `None` for everybody else.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn unit_id_of(tx: &mut Tx, account: AccountId) -> Result<Option<RegulatorUnitId>, StoreError> {
    let find = sql!("SELECT v.unit FROM outsider v WHERE v.id = ?1");
    tx.query_opt(find, &row![&account]).await?.map_or(Ok(None), |row| row.get(0))
}

/// A unit by its name.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn unit_named(tx: &mut Tx, name: &str) -> Result<Option<RegulatorUnitId>, StoreError> {
    let find = sql!("SELECT id FROM regulator_unit WHERE name = ?1");
    tx.query_opt(find, &row![name]).await?.map(|row| row.get(0)).transpose()
}
