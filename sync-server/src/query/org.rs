//! Which firms there are, and whose a login or a phone's store is. These directories belong to the server: they answer
//! before a firm is known.

use crate::{
    keys::Seal,
    org::Org,
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    account::Login,
    id::{AccountId, IncarnationId, OrganisationId, StoreId},
    organisation::Organisation,
};

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

/// What a firm is.
///
/// # Errors
/// As [`StoreError`] says, also when the firm is gone.
pub async fn organisation(tx: &mut Tx, org: Org) -> Result<Organisation, StoreError> {
    let row = tx.query_opt(sql!("SELECT body FROM organisation WHERE org = ?1"), &row![org]).await?;
    own(row.ok_or_else(|| StoreError::Bug("a firm is gone".into()))?.get(0)?)
}

/// The firm with this id.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn find(tx: &mut Tx, organisation: OrganisationId) -> Result<Option<Org>, StoreError> {
    let find = sql!("SELECT org, id FROM organisation WHERE id = ?1");
    tx.query_opt(find, &row![&organisation]).await?.map(|row| row.org(0)).transpose()
}

/// The firm and the account of a login, as somebody typed it. What can be no login is nobody's.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_login(tx: &mut Tx, typed: &str) -> Result<Option<(Org, AccountId)>, StoreError> {
    let Ok(login) = Login::new(typed) else { return Ok(None) };
    let find = sql!(
        "SELECT o.org, o.id, a.id FROM login_org g JOIN organisation o ON o.org = g.org
             JOIN account a ON a.org = g.org AND a.login = g.login
         WHERE g.login = ?1"
    );
    tx.query_opt(find, &row![login.as_str()]).await?.map(|row| Ok((row.org(0)?, row.get(2)?))).transpose()
}

/// The firm of a phone's store.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_store(tx: &mut Tx, store: StoreId) -> Result<Option<Org>, StoreError> {
    let find = sql!("SELECT o.org, o.id FROM store_org g JOIN organisation o ON o.org = g.org WHERE g.store_id = ?1");
    tx.query_opt(find, &row![&store]).await?.map(|row| row.org(0)).transpose()
}

/// What a firm's row says of its data: the incarnation, and the public half of the firm's key.
///
/// # Errors
/// As [`StoreError`] says, also when the firm is gone.
pub async fn seal(tx: &mut Tx, org: Org) -> Result<Seal, StoreError> {
    let find = sql!("SELECT incarnation, server_key FROM organisation WHERE org = ?1");
    let row = tx.query_opt(find, &row![org]).await?;
    let row = row.ok_or_else(|| StoreError::Bug("a firm is gone".into()))?;
    Ok(Seal { incarnation: row.get(0)?, public: row.get(1)? })
}

/// The firm whose data have this incarnation now.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_incarnation(tx: &mut Tx, incarnation: IncarnationId) -> Result<Option<Org>, StoreError> {
    let find = sql!("SELECT org, id FROM organisation WHERE incarnation = ?1");
    tx.query_opt(find, &row![&incarnation]).await?.map(|row| row.org(0)).transpose()
}

/// The firm of a server that has no other. The fire service's own people are no firm.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn only(tx: &mut Tx) -> Result<Option<Org>, StoreError> {
    let rows =
        tx.query(sql!("SELECT org, id FROM organisation WHERE authority IS NULL ORDER BY org LIMIT 2"), &[]).await?;
    let [row] = rows.as_slice() else { return Ok(None) };
    row.org(0).map(Some)
}

/// What the firm's row said before, newest first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn former(tx: &mut Tx, org: Org) -> Result<Vec<Seal>, StoreError> {
    let find = sql!("SELECT incarnation, server_key FROM former_seal WHERE org = ?1 ORDER BY until_ms DESC");
    let rows = tx.query(find, &row![org]).await?;
    rows.iter().map(|row| Ok(Seal { incarnation: row.get(0)?, public: row.get(1)? })).collect()
}

/// The one firm of this name; `None` also when there are several.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn named(tx: &mut Tx, name: &str) -> Result<Option<Org>, StoreError> {
    let rows = tx.query(sql!("SELECT org, id FROM organisation WHERE name = ?1 LIMIT 2"), &row![name]).await?;
    let [row] = rows.as_slice() else { return Ok(None) };
    row.org(0).map(Some)
}

/// The firm of this name, or every firm where no name is given. Nothing where no firm, or several, have the name.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn wanted(tx: &mut Tx, name: Option<&str>) -> Result<Vec<Org>, StoreError> {
    match name {
        None => all(tx).await,
        Some(name) => Ok(named(tx, name).await?.into_iter().collect()),
    }
}

/// The names of the firms whose data were put back by hand, as a phone has shown.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn behind(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let rows = tx.query(sql!("SELECT name FROM organisation WHERE behind <> 0 ORDER BY org"), &[]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Revisions of documents that are written from now on lie above this number.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn rev_base(tx: &mut Tx, org: Org) -> Result<u64, StoreError> {
    let found = tx.query_opt(sql!("SELECT rev_base FROM organisation WHERE org = ?1"), &row![org]).await?;
    found.map_or(Ok(0), |row| row.get(0))
}
