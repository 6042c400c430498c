//! Reads about the addresses by which anybody calls for a repair.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{id::ProjectId, repair::DoorCode, time::Timestamp};

/// An address that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// Its code.
    pub code: DoorCode,
    /// Since when.
    pub opened: Timestamp,
}

/// The project of a code. The code alone says which firm's.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_code(tx: &mut Tx, code: DoorCode) -> Result<Option<(Org, ProjectId)>, StoreError> {
    let find =
        sql!("SELECT o.org, o.id, d.project FROM repair_door d JOIN organisation o ON o.org = d.org WHERE d.code = ?1");
    let row = tx.query_opt(find, &row![&code.to_string()]).await?;
    row.map(|row| Ok((row.org(0)?, row.get(2)?))).transpose()
}

/// The address of a project; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_project(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Option<Door>, StoreError> {
    let find = sql!("SELECT code, opened_ms FROM repair_door WHERE org = ?1 AND project = ?2");
    let Some(row) = tx.query_opt(find, &row![org, &project]).await? else { return Ok(None) };
    let code = row.get::<String>(0)?.parse().map_err(|_| StoreError::Bug("a code is none".into()))?;
    Ok(Some(Door { code, opened: row.get(1)? }))
}

/// Whether the owner of a project has a contact who can sign in.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn is_answered(tx: &mut Tx, org: Org, project: ProjectId) -> Result<bool, StoreError> {
    let find = sql!(
        "SELECT n.account FROM project p JOIN contract c ON c.org = p.org AND c.id = p.contract
             JOIN contact n ON n.org = c.org AND n.owner = c.owner JOIN account a ON a.org = n.org AND a.id = n.account
         WHERE p.org = ?1 AND p.id = ?2 AND a.enabled = 1 LIMIT 1"
    );
    Ok(tx.query_opt(find, &row![org, &project]).await?.is_some())
}
