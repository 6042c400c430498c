//! Reads how a firm works: what was set last holds, and everything that was set is its log.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{account::Actor, id::AccountId, time::Timestamp, ways::Ways};

/// What holds now.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn ways(tx: &mut Tx, org: Org) -> Result<Ways, StoreError> {
    let find = sql!("SELECT body FROM ways WHERE org = ?1 ORDER BY seq DESC LIMIT 1");
    let last = tx.query_opt(find, &row![org]).await?;
    last.map_or_else(|| Ok(Ways::default()), |row| own(row.get(0)?))
}

/// What was set, when and by whom.
pub struct WaysRow {
    /// When.
    pub at: Timestamp,
    /// Who set it, by name.
    pub by: String,
    /// What held from then on.
    pub ways: Ways,
}

/// What was set, the last one first; of another firm than the actor's, nothing.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn settings(tx: &mut Tx, org: Org, actor: &Actor, most: u32) -> Result<Vec<WaysRow>, StoreError> {
    if actor.organisation != Some(org.id()) {
        return Ok(Vec::new());
    }
    let find = sql!(
        "SELECT w.set_ms, p.name, w.body FROM ways w
         JOIN account a ON a.org = w.org AND a.id = w.account JOIN person p ON p.org = a.org AND p.id = a.person
         WHERE w.org = ?1 ORDER BY w.seq DESC LIMIT ?2"
    );
    let rows = tx.query(find, &row![org, i64::from(most)]).await?;
    rows.iter().map(|row| Ok(WaysRow { at: row.get(0)?, by: row.get(1)?, ways: own(row.get(2)?)? })).collect()
}

/// The names of accounts of the firm, of those that are there.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn names(tx: &mut Tx, org: Org, of: &[AccountId]) -> Result<Vec<(AccountId, String)>, StoreError> {
    let find = sql!(
        "SELECT p.name FROM account a JOIN person p ON p.org = a.org AND p.id = a.person WHERE a.org = ?1 AND a.id = ?2"
    );
    let mut found = Vec::new();
    for account in of {
        if let Some(row) = tx.query_opt(find, &row![org, account]).await? {
            found.push((*account, row.get(0)?));
        }
    }
    Ok(found)
}
