//! Reads about the accounts of a firm, for those who open, close and help them.

use super::{
    page::{self, Page, Wanted, order},
    visible::{sees_all, visible},
};
use crate::{
    org::Org,
    sql,
    store::{Row, StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor, Role},
    id::{AccountId, StoreId},
    time::Timestamp,
};
use strum::EnumString;

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
    /// Whether its holder is the appointed technical director.
    pub director: bool,
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

/// The orders of the list of accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum StaffSort {
    /// The holder's name.
    #[default]
    Name,
    /// What it signs in as.
    Login,
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "a.id, a.login, p.name, a.category, a.enabled, d.device, d.last_seen_ms, d.unsent_facts, d.unsent_blobs,
             d.store_id, a.director",
            concat!(
                "FROM account a JOIN person p ON p.org = a.org AND p.id = a.person
                     LEFT JOIN session s ON s.org = a.org AND s.account = a.id
                     LEFT JOIN device_store d ON d.org = s.org AND d.store_id = s.store_id
                 WHERE a.org = ?2 AND ",
                sees_all!()
            ),
            "(p.find || ' ' || a.find)",
            $key: $kind,
            "a.id": Id
        )
    };
}

/// A page of the accounts that `actor` may open and close.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn staff(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    wanted: &Wanted<StaffSort>,
) -> Result<Page<StaffRow>, StoreError> {
    let order = match wanted.sort {
        StaffSort::Name => by!("p.sort": Text),
        StaffSort::Login => by!("a.login": Text),
    };
    page::page(tx, &visible(actor, Action::ToggleAccount, org), (&order, wanted), &[], read).await
}

fn read(row: &Row) -> Result<StaffRow, StoreError> {
    let phone = match row.get::<Option<String>>(5)? {
        None => None,
        Some(device) => {
            let unsent = row.get::<u64>(7)?.saturating_add(row.get::<u64>(8)?);
            Some(StaffPhone { store: row.get(9)?, device, last_seen: row.get(6)?, unsent })
        }
    };
    let (login, name, role, enabled) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
    Ok(StaffRow { account: row.get(0)?, login, name, role, enabled, director: row.get(10)?, phone })
}
