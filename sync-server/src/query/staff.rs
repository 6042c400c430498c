//! Reads about the accounts of a firm, for those who open, close and help them.

use super::{
    page::{Page, Place, Wanted, holds, page},
    visible::{sees_firm, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx},
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

/// The statement of one order.
macro_rules! staff_by {
    ($key:literal, $way:literal, $beyond:literal) => {
        sql!(concat!(
            "SELECT a.id, a.login, p.name, a.category, a.enabled, d.device, d.last_seen_ms, d.unsent_facts,
                 d.unsent_blobs, d.store_id, ",
            $key,
            " FROM account a JOIN person p ON p.org = a.org AND p.id = a.person
                 LEFT JOIN session s ON s.org = a.org AND s.account = a.id
                 LEFT JOIN device_store d ON d.org = s.org AND d.store_id = s.store_id
             WHERE a.org = ?1 AND ",
            sees_firm!(),
            holds!("p.name || ' ' || a.login", "?3"),
            page!($key, "TEXT", "a.id", $way, $beyond, "?4", "?5", "?6")
        ))
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
    let find = match (wanted.sort, wanted.descending) {
        (StaffSort::Name, false) => staff_by!("p.name", "ASC", ">"),
        (StaffSort::Name, true) => staff_by!("p.name", "DESC", "<"),
        (StaffSort::Login, false) => staff_by!("a.login", "ASC", ">"),
        (StaffSort::Login, true) => staff_by!("a.login", "DESC", "<"),
    };
    let seen = visible(actor, Action::ToggleAccount, org);
    let (pattern, id) = (wanted.pattern(), wanted.after.as_ref().and_then(|place| place.id.parse::<AccountId>().ok()));
    let asked = row![&pattern, wanted.after_text(), id.as_ref(), wanted.limit()];
    let mut found = Vec::new();
    for row in tx.query(find, &[&seen.of_firm()[..], &asked].concat()).await? {
        let phone = match row.get::<Option<String>>(5)? {
            None => None,
            Some(device) => {
                let unsent = row.get::<u64>(7)?.saturating_add(row.get::<u64>(8)?);
                Some(StaffPhone { store: row.get(9)?, device, last_seen: row.get(6)?, unsent })
            }
        };
        let account: AccountId = row.get(0)?;
        let place = Place { key: row.get(10)?, id: account.to_string() };
        let (login, name, role, enabled) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        found.push((StaffRow { account, login, name, role, enabled, phone }, place));
    }
    Ok(wanted.page(found))
}
