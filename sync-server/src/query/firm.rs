//! Reads about firms as wholes: what the public may know of them, and what the fire service does.

use crate::{
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
    /// The firm.
    pub firm: PublicFirm,
    /// Its registered engineers, by name.
    pub engineers: Vec<PublicEngineer>,
    /// Its facility operators, by name.
    pub operators: Vec<PublicOperator>,
}

/// Every firm as the public reads it, by name.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn public(tx: &mut Tx) -> Result<Vec<(OrganisationId, PublicFirm)>, StoreError> {
    let find = sql!("SELECT o.id, o.body FROM organisation o WHERE o.authority IS NULL ORDER BY o.name, o.org");
    let rows = tx.query(find, &[]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, own::<Organisation>(row.get(1)?)?.public()))).collect()
}

/// A firm as the public reads it, with those of its people who are with it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn public_page(tx: &mut Tx, id: OrganisationId) -> Result<Option<PublicPage>, StoreError> {
    let find = sql!("SELECT o.org, o.id, o.body FROM organisation o WHERE o.id = ?1 AND o.authority IS NULL");
    let Some(row) = tx.query_opt(find, &row![&id]).await? else { return Ok(None) };
    let (org, firm) = (row.org(0)?, own::<Organisation>(row.get(2)?)?.public());
    let people = super::personnel::present(tx, org).await?;
    Ok(Some(PublicPage {
        firm,
        engineers: people.iter().flat_map(Person::public_registrations).collect(),
        operators: people.iter().flat_map(Person::public_certificates).collect(),
    }))
}

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
