//! Reads about the phones that hold accounts.

use super::{
    page::{self, Page, Wanted, order},
    visible::{sees_firm, sees_phone, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{BlobStage, Row, StoreError, StoreState, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    code::Code,
    id::{AccountId, StoreId},
    time::Timestamp,
};
use firebee_protocol::{act::OfficeAct, session::Device};
use serde::Deserialize;
use std::collections::HashMap;
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
         WHERE d.org = ?1 AND d.epoch > 0 AND ",
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
#[derive(Clone, Debug)]
pub struct Phone {
    /// Its store.
    pub store: StoreId,
    /// The account.
    pub account: AccountId,
    /// The account's holder.
    pub holder: String,
    /// Whether the account is open.
    pub enabled: bool,
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
    /// Facts that are here.
    pub facts_here: u64,
    /// Facts that it had not sent when it was last heard.
    pub unsent_facts: u64,
    /// Blobs that are not here: those that its facts announced, or more if the phone reported more.
    pub unsent_blobs: u64,
    /// Facts that came late and wait for a decision.
    pub late: u64,
    /// The act that took the account from it, unless it holds the account again.
    pub freed: Option<OfficeAct>,
    /// How much it noted about itself.
    pub notes: u64,
    /// What it last told of itself.
    pub told: Told,
}

/// What a phone told of itself with its last pull; `None` where it told nothing.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The version of its app.
    pub app: Option<String>,
    /// The bytes that its app may still write.
    pub free_bytes: Option<u64>,
    /// The bytes that its app keeps.
    pub kept_bytes: Option<u64>,
    /// How far its clock was ahead of the server's, in milliseconds; behind it below zero.
    pub skew_ms: Option<i64>,
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
    /// Its name.
    Name,
    /// Facts and blobs that it had not sent when it was last heard.
    Unsent,
    /// The bytes that are free on it.
    Free,
    /// How far its clock is off.
    Skew,
}

/// Which phones are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Of {
    /// Only this one.
    pub store: Option<StoreId>,
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// Only those that may still send and lost their account, or that last reported something unsent.
    pub owing: bool,
}

/// What the list reads of a claim.
#[derive(Deserialize)]
struct Claimed {
    device: Device,
}

/// Whether a phone may still send, and lost its account or last reported something unsent.
macro_rules! owes {
    ($active:literal) => {
        concat!(
            "(d.state = ",
            $active,
            " AND (s.store_id IS NULL OR s.store_id <> d.store_id OR d.unsent_facts + d.unsent_blobs > 0))"
        )
    };
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "d.store_id, d.account, n.name, d.device, s.store_id, d.state, d.claimed_ms, d.last_seen_ms,
                 d.unsent_facts, d.unsent_blobs,
                 (SELECT c.request FROM claim c WHERE c.org = d.org AND c.store_id = d.store_id
                     ORDER BY c.epoch DESC, c.issued_ms DESC LIMIT 1),
                 (SELECT COUNT(*) FROM device_note k WHERE k.org = d.org AND k.store_id = d.store_id),
                 a.enabled, d.watermark,
                 (SELECT COUNT(*) FROM parked k WHERE k.org = d.org AND k.store_id = d.store_id AND k.code = ?13
                     AND k.late = 1 AND k.decision IS NULL),
                 (SELECT c.line FROM act c WHERE c.org = d.org AND c.id = d.freed_by), d.app, d.free_bytes, d.kept_bytes,
                 d.skew_ms",
            concat!(
                "FROM device_store d JOIN account a ON a.org = d.org AND a.id = d.account
                     JOIN person n ON n.org = a.org AND n.id = a.person
                     LEFT JOIN session s ON s.org = d.org AND s.account = d.account
                 WHERE d.org = ?2 AND d.epoch > 0 AND ",
                sees_phone!("d.account", "?3"),
                " AND (CAST(?10 AS BYTEA) IS NULL OR d.store_id = ?10)
                  AND (CAST(?11 AS BYTEA) IS NULL OR d.account = ?11) AND (CAST(?12 AS BIGINT) = 0 OR ",
                owes!("?14"),
                ")"
            ),
            "(n.find || ' ' || d.find)",
            $key: $kind,
            "d.store_id": Id
        )
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
    let order = match wanted.sort {
        PhoneSort::Seen => by!("d.last_seen_ms": Number),
        PhoneSort::Holder => by!("n.sort": Text),
        PhoneSort::Name => by!("d.sort": Text),
        PhoneSort::Unsent => by!("(d.unsent_facts + d.unsent_blobs)": Number),
        PhoneSort::Free => by!("COALESCE(d.free_bytes, 9223372036854775807)": Number),
        PhoneSort::Skew => by!("ABS(COALESCE(d.skew_ms, 0))": Number),
    };
    let seen = visible(actor, Action::ReadDevice, org);
    let own = row![of.store.as_ref(), of.account.as_ref(), of.owing, Code::Late, StoreState::Active];
    let mut page = page::page(tx, &seen, (&order, wanted), &own, phone).await?;
    let mut open = open_files(tx, org).await?;
    for phone in &mut page.rows {
        let files = open.remove(&phone.store).unwrap_or(0);
        // A phone that lost its account reports nothing behind its last push.
        let reports = phone.holds || phone.unsent_facts > 0;
        phone.unsent_blobs = if reports { phone.unsent_blobs.max(files) } else { files };
    }
    Ok(page)
}

/// How many phones `actor` may read, and how many of them are to be watched.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn count(tx: &mut Tx, org: Org, actor: &Actor, account: Option<AccountId>) -> Result<(i64, i64), StoreError> {
    let find = sql!(concat!(
        "SELECT COUNT(*), COUNT(CASE WHEN ",
        owes!("?5"),
        " THEN 1 END) FROM device_store d LEFT JOIN session s ON s.org = d.org AND s.account = d.account
         WHERE d.org = ?2 AND d.epoch > 0 AND ",
        sees_phone!("d.account", "?3"),
        " AND (CAST(?4 AS BYTEA) IS NULL OR d.account = ?4)"
    ));
    let seen = visible(actor, Action::ReadDevice, org);
    let values = row![account.as_ref(), StoreState::Active];
    let row = tx.query_opt(find, &[&seen.values()[..], &values].concat()).await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.get(0)?, row.get(1)?)))
}

fn phone(row: &Row) -> Result<Phone, StoreError> {
    let store = row.get(0)?;
    let claimed: Option<Claimed> = row.get::<Option<&str>>(10)?.map(own).transpose()?;
    let unknown = Device { name: row.get(3)?, system: String::new(), app: String::new() };
    let freed = row.get::<Option<Vec<u8>>>(15)?.map(|line| OfficeAct::read(&line)).transpose();
    Ok(Phone {
        store,
        account: row.get(1)?,
        holder: row.get(2)?,
        enabled: row.get(12)?,
        said: claimed.map_or(unknown, |claimed| claimed.device),
        holds: row.get::<Option<StoreId>>(4)? == Some(store),
        state: row.get(5)?,
        claimed: row.get(6)?,
        last_seen: row.get(7)?,
        facts_here: row.get(13)?,
        unsent_facts: row.get(8)?,
        unsent_blobs: row.get(9)?,
        late: row.get(14)?,
        freed: freed.map_err(|error| StoreError::Bug(error.to_string()))?,
        notes: row.get(11)?,
        told: Told { app: row.get(16)?, free_bytes: row.get(17)?, kept_bytes: row.get(18)?, skew_ms: row.get(19)? },
    })
}

/// How many files each store's records announced that are not here.
async fn open_files(tx: &mut Tx, org: Org) -> Result<HashMap<StoreId, u64>, StoreError> {
    let find = sql!(
        "SELECT f.store_id, COUNT(DISTINCT u.blob) FROM blob b
             JOIN blob_use u ON u.org = b.org AND u.blob = b.id JOIN fact f ON f.org = u.org AND f.id = u.fact
         WHERE b.org = ?1 AND b.state <> 'verified' AND b.state <> ?2 GROUP BY f.store_id"
    );
    let rows = tx.query(find, &row![org, BlobStage::Lost]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// A phone that holds something unsent.
#[derive(Clone, Debug)]
pub struct SilentPhone {
    /// Its name.
    pub device: String,
    /// Who holds the account.
    pub holder: String,
    /// When it was last heard.
    pub last_seen: Timestamp,
    /// Unsent facts, as the phone last reported.
    pub unsent_facts: i64,
    /// Unsent blobs, as the phone last reported.
    pub unsent_blobs: i64,
}

/// The phones that last reported something unsent and were not heard since `before`, the most silent first. For people
/// who look after phones.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn silent(tx: &mut Tx, org: Org, actor: &Actor, before: Timestamp) -> Result<Vec<SilentPhone>, StoreError> {
    let find = sql!(concat!(
        "SELECT d.device, n.name, d.last_seen_ms, d.unsent_facts, d.unsent_blobs FROM device_store d
             JOIN account a ON a.org = d.org AND a.id = d.account JOIN person n ON n.org = a.org AND n.id = a.person
         WHERE d.org = ?1 AND d.state = ?4 AND d.unsent_facts + d.unsent_blobs > 0 AND d.last_seen_ms < ?3 AND ",
        sees_firm!(),
        " ORDER BY d.last_seen_ms"
    ));
    let seen = visible(actor, Action::ListDevices, org);
    let rows = tx.query(find, &[&seen.of_firm()[..], &row![before, StoreState::Active]].concat()).await?;
    let read = |row: &Row| {
        Ok(SilentPhone {
            device: row.get(0)?,
            holder: row.get(1)?,
            last_seen: row.get(2)?,
            unsent_facts: row.get(3)?,
            unsent_blobs: row.get(4)?,
        })
    };
    rows.iter().map(read).collect()
}
