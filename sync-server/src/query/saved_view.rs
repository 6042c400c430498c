//! The views of lists that people have named.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::id::AccountId;
use uuid::Uuid;

/// A view of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// What a form names it by.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// The address: the list with its filter.
    pub address: String,
}

/// The views that an account has named of the list at `list`, by name.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn saved_views(tx: &mut Tx, org: Org, account: AccountId, list: &str) -> Result<Vec<SavedView>, StoreError> {
    let find = sql!(
        "SELECT id, name, address FROM saved_view WHERE org = ?1 AND account = ?2 AND list = ?3 ORDER BY sort, id"
    );
    let rows = tx.query(find, &row![org, &account, list]).await?;
    rows.iter().map(|row| Ok(SavedView { id: row.get(0)?, name: row.get(1)?, address: row.get(2)? })).collect()
}

/// All that an account has named, by name.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn all(tx: &mut Tx, org: Org, account: AccountId) -> Result<Vec<SavedView>, StoreError> {
    let find = sql!("SELECT id, name, address FROM saved_view WHERE org = ?1 AND account = ?2 ORDER BY sort, id");
    let rows = tx.query(find, &row![org, &account]).await?;
    rows.iter().map(|row| Ok(SavedView { id: row.get(0)?, name: row.get(1)?, address: row.get(2)? })).collect()
}

/// How many views an account has named of all lists, those called `name` of the list at `list` left out.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn others(tx: &mut Tx, org: Org, account: AccountId, (list, name): (&str, &str)) -> Result<u64, StoreError> {
    let count =
        sql!("SELECT count(*) FROM saved_view WHERE org = ?1 AND account = ?2 AND NOT (list = ?3 AND name = ?4)");
    let row = tx.query_opt(count, &row![org, &account, list, name]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}
