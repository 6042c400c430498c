//! Reads about the accounts of a firm, for those who open, close and help them.

use super::visible::{sees_firm, visible};
use crate::{
    org::Org,
    sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor, Role},
    id::{AccountId, StoreId},
    time::Timestamp,
};

/// An account and the phone that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// The account.
    pub account: AccountId,
    /// What it signs in as.
    pub login: String,
    /// The holder's name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// Whether it is open.
    pub enabled: bool,
    /// The phone that holds it now, if one does.
    pub phone: Option<StaffPhone>,
}

/// A phone that holds an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffPhone {
    /// Its store.
    pub store: StoreId,
    /// Its name.
    pub device: String,
    /// When it was last heard.
    pub last_seen: Timestamp,
    /// Facts and blobs that it had not sent then.
    pub unsent: u64,
}

/// The accounts that `actor` may open and close, by the names of their holders.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn staff(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<StaffRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT a.id, a.login, p.name, a.category, a.enabled, d.device, d.last_seen_ms, d.unsent_facts, d.unsent_blobs,
             d.store_id
         FROM account a JOIN person p ON p.org = a.org AND p.id = a.person
             LEFT JOIN session s ON s.org = a.org AND s.account = a.id
             LEFT JOIN device_store d ON d.org = s.org AND d.store_id = s.store_id
         WHERE a.org = ?1 AND ",
        sees_firm!(),
        " ORDER BY p.name, a.login"
    ));
    let mut staff = Vec::new();
    for row in tx.query(find, &visible(actor, Action::ToggleAccount, org).of_firm()).await? {
        let phone = match row.get::<Option<String>>(5)? {
            None => None,
            Some(device) => {
                let unsent = row.get::<u64>(7)?.saturating_add(row.get::<u64>(8)?);
                Some(StaffPhone { store: row.get(9)?, device, last_seen: row.get(6)?, unsent })
            }
        };
        staff.push(StaffRow {
            account: row.get(0)?,
            login: row.get(1)?,
            name: row.get(2)?,
            role: row.get(3)?,
            enabled: row.get(4)?,
            phone,
        });
    }
    Ok(staff)
}
