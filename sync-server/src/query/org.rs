//! Which firms there are, and whose a login or a phone's store is. These directories belong to the server: they answer
//! before a firm is known.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::id::{AccountId, OrganisationId, StoreId};

/// Every firm, in the order in which they were founded. Who acts across firms asks each in turn.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn all(tx: &mut Tx) -> Result<Vec<Org>, StoreError> {
    let rows = tx.query(sql!("SELECT org, id FROM organisation ORDER BY org"), &[]).await?;
    rows.iter().map(|row| row.org(0)).collect()
}

/// What a firm is called.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn name(tx: &mut Tx, org: Org) -> Result<String, StoreError> {
    let row = tx.query_opt(sql!("SELECT name FROM organisation WHERE org = ?1"), &row![org]).await?;
    row.map_or_else(|| Ok(String::new()), |row| row.get(0))
}

/// The firm with this id.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn find(tx: &mut Tx, organisation: OrganisationId) -> Result<Option<Org>, StoreError> {
    let find = sql!("SELECT org, id FROM organisation WHERE id = ?1");
    tx.query_opt(find, &row![&organisation]).await?.map(|row| row.org(0)).transpose()
}

/// The firm and the account of a login.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_login(tx: &mut Tx, login: &str) -> Result<Option<(Org, AccountId)>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id, a.id FROM login_org g JOIN organisation o ON o.org = g.org
             JOIN account a ON a.org = g.org AND a.login = g.login
         WHERE g.login = ?1"
    );
    tx.query_opt(find, &row![login]).await?.map(|row| Ok((row.org(0)?, row.get(2)?))).transpose()
}

/// The firm of a phone's store.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_store(tx: &mut Tx, store: StoreId) -> Result<Option<Org>, StoreError> {
    let find = sql!("SELECT o.org, o.id FROM store_org g JOIN organisation o ON o.org = g.org WHERE g.store_id = ?1");
    tx.query_opt(find, &row![&store]).await?.map(|row| row.org(0)).transpose()
}
