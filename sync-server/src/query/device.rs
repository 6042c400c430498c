//! Reads about the phones that hold accounts.

use super::{
    page::{Page, Place, Wanted, holds, page},
    visible::{sees_firm, sees_phone, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, StoreState, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{AccountId, StoreId},
    time::Timestamp,
};
use firebee_protocol::session::Device;
use serde::Deserialize;
use strum::EnumString;

/// An account and the phone that has, or had, it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    /// What the account signs in as.
    pub login: String,
    /// Its store.
    pub store: StoreId,
    /// The phone's name.
    pub device: String,
    /// Whether the account is this phone's now.
    pub holds: bool,
    /// The epoch of its last claim.
    pub epoch: u64,
    /// When it was last heard.
    pub last_seen: Timestamp,
    /// Facts that it had not sent then.
    pub unsent_facts: u64,
    /// Blobs that it had not sent then.
    pub unsent_blobs: u64,
}

/// All phones that ever claimed an account of the firm, for people who look after phones. Phones that hold one come first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn devices(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<DeviceRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT a.login, d.store_id, d.device, s.store_id, d.epoch, d.last_seen_ms, d.unsent_facts, d.unsent_blobs
         FROM device_store d JOIN account a ON a.org = d.org AND a.id = d.account
             JOIN session s ON s.org = d.org AND s.account = d.account
         WHERE d.org = ?1 AND ",
        sees_firm!(),
        " ORDER BY a.login, d.epoch DESC"
    ));
    let mut devices = Vec::new();
    for row in tx.query(find, &visible(actor, Action::ListDevices, org).of_firm()).await? {
        let store = row.get(1)?;
        devices.push(DeviceRow {
            login: row.get(0)?,
            store,
            device: row.get(2)?,
            holds: row.get::<Option<StoreId>>(3)? == Some(store),
            epoch: row.get(4)?,
            last_seen: row.get(5)?,
            unsent_facts: row.get(6)?,
            unsent_blobs: row.get(7)?,
        });
    }
    devices.sort_by_key(|device| !device.holds);
    Ok(devices)
}

/// A phone that has, or had, an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// Its store.
    pub store: StoreId,
    /// The account.
    pub account: AccountId,
    /// The account's holder.
    pub holder: String,
    /// What the phone said of itself at its last sign-in. Its name may have changed since.
    pub said: Device,
    /// Whether the account is this phone's now.
    pub holds: bool,
    /// Whether it may still send.
    pub state: StoreState,
    /// When it signed in.
    pub claimed: Timestamp,
    /// When it was last heard.
    pub last_seen: Timestamp,
    /// Facts that it had not sent then.
    pub unsent_facts: u64,
    /// Blobs that it had not sent then.
    pub unsent_blobs: u64,
    /// How much it noted about itself.
    pub notes: u64,
}

/// The orders of the list of phones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum PhoneSort {
    /// When it was last heard.
    #[default]
    Seen,
    /// The holder's name.
    Holder,
}

/// Which phones are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Of {
    /// Only this one.
    pub store: Option<StoreId>,
    /// Only those of this account.
    pub account: Option<AccountId>,
}

/// What the list reads of a claim.
#[derive(Deserialize)]
struct Claimed {
    device: Device,
}

/// The statement of one order.
macro_rules! phones_by {
    ($key:literal, $type:literal, $way:literal, $beyond:literal) => {
        sql!(concat!(
            "SELECT d.store_id, d.account, n.name, d.device, s.store_id, d.state, d.claimed_ms, d.last_seen_ms,
                 d.unsent_facts, d.unsent_blobs,
                 (SELECT c.request FROM claim c WHERE c.org = d.org AND c.store_id = d.store_id
                     ORDER BY c.epoch DESC, c.issued_ms DESC LIMIT 1),
                 (SELECT COUNT(*) FROM device_note k WHERE k.org = d.org AND k.store_id = d.store_id), ",
            $key,
            " FROM device_store d JOIN account a ON a.org = d.org AND a.id = d.account
                 JOIN person n ON n.org = a.org AND n.id = a.person
                 LEFT JOIN session s ON s.org = d.org AND s.account = d.account
             WHERE d.org = ?2 AND ",
            sees_phone!("d.account", "?3"),
            " AND (CAST(?4 AS BYTEA) IS NULL OR d.store_id = ?4) AND (CAST(?5 AS BYTEA) IS NULL OR d.account = ?5)",
            holds!("n.name || ' ' || d.device", "?6"),
            page!($key, $type, "d.store_id", $way, $beyond, "?7", "?8", "?9")
        ))
    };
}

/// A page of the phones that `actor` may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn phones(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    of: Of,
    wanted: &Wanted<PhoneSort>,
) -> Result<Page<Phone>, StoreError> {
    let (find, by_number) = match (wanted.sort, wanted.descending) {
        (PhoneSort::Seen, false) => (phones_by!("d.last_seen_ms", "BIGINT", "ASC", ">"), true),
        (PhoneSort::Seen, true) => (phones_by!("d.last_seen_ms", "BIGINT", "DESC", "<"), true),
        (PhoneSort::Holder, false) => (phones_by!("n.name", "TEXT", "ASC", ">"), false),
        (PhoneSort::Holder, true) => (phones_by!("n.name", "TEXT", "DESC", "<"), false),
    };
    let seen = visible(actor, Action::ReadDevice, org);
    let (pattern, id) = (wanted.pattern(), wanted.after.as_ref().and_then(|place| place.id.parse::<StoreId>().ok()));
    let asked = row![of.store.as_ref(), of.account.as_ref(), &pattern];
    let numbers = row![wanted.after_number(), id.as_ref(), wanted.limit()];
    let texts = row![wanted.after_text(), id.as_ref(), wanted.limit()];
    let page = if by_number { &numbers } else { &texts };
    let mut found = Vec::new();
    for row in tx.query(find, &[&seen.values()[..], &asked, page].concat()).await? {
        let phone = phone(&row)?;
        let key = if by_number { row.get::<i64>(12)?.to_string() } else { row.get(12)? };
        let place = Place { key, id: phone.store.to_string() };
        found.push((phone, place));
    }
    Ok(wanted.page(found))
}

fn phone(row: &Row) -> Result<Phone, StoreError> {
    let store = row.get(0)?;
    let claimed: Option<Claimed> = row.get::<Option<&str>>(10)?.map(own).transpose()?;
    let unknown = Device { name: row.get(3)?, system: String::new(), app: String::new() };
    Ok(Phone {
        store,
        account: row.get(1)?,
        holder: row.get(2)?,
        said: claimed.map_or(unknown, |claimed| claimed.device),
        holds: row.get::<Option<StoreId>>(4)? == Some(store),
        state: row.get(5)?,
        claimed: row.get(6)?,
        last_seen: row.get(7)?,
        unsent_facts: row.get(8)?,
        unsent_blobs: row.get(9)?,
        notes: row.get(11)?,
    })
}
