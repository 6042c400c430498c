//! Reads about the phones of a firm.

use super::visible::{sees_firm, visible};
use crate::{
    org::Org,
    row, sql,
    store::{BlobStage, Row, StoreError, StoreState, Tx},
};
use firebee_domain::{
    account::{Action, Actor},
    code::Code,
    id::{AccountId, StoreId},
    time::Timestamp,
};
use firebee_protocol::act::OfficeAct;
use std::collections::HashMap;

/// A phone that holds something unsent.
#[derive(Clone, Debug)]
pub struct PhoneRow {
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
pub async fn silent(tx: &mut Tx, org: Org, actor: &Actor, before: Timestamp) -> Result<Vec<PhoneRow>, StoreError> {
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
        Ok(PhoneRow {
            device: row.get(0)?,
            holder: row.get(1)?,
            last_seen: row.get(2)?,
            unsent_facts: row.get(3)?,
            unsent_blobs: row.get(4)?,
        })
    };
    rows.iter().map(read).collect()
}

/// The most phones that are listed.
const PHONES_MAX: i64 = 1_000;

/// A phone that may hold something that the server lacks, or that holds an account.
#[derive(Clone, Debug)]
pub struct KnownPhone {
    /// The account.
    pub account: AccountId,
    /// The name of its holder.
    pub holder: String,
    /// Whether the account is open.
    pub enabled: bool,
    /// The phone's store.
    pub store: StoreId,
    /// Its name.
    pub device: String,
    /// Whether it may send.
    pub state: StoreState,
    /// Whether the account is this phone's now.
    pub holds: bool,
    /// When it was last heard.
    pub last_seen: Timestamp,
    /// Records that are here.
    pub facts_here: u64,
    /// Unsent records, as the phone last reported.
    pub unsent_facts: u64,
    /// Unsent files: those that its records announced and that are not here, or more if the phone reported more.
    pub unsent_blobs: u64,
    /// Records that came late and wait for a decision.
    pub late: u64,
    /// The act that took the account from it, unless it holds the account again.
    pub freed: Option<OfficeAct>,
}

/// The phones of a firm that somebody has to watch, for people who look after phones: those that hold an account, and
/// those that lost theirs and did not sign out. What did not reach the server comes first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn phones(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<KnownPhone>, StoreError> {
    let find = sql!(concat!(
        "SELECT d.account, n.name, a.enabled, d.store_id, d.device, d.state,
             CASE WHEN s.store_id = d.store_id THEN 1 ELSE 0 END, d.last_seen_ms, d.watermark, d.unsent_facts,
             d.unsent_blobs,
             (SELECT COUNT(*) FROM parked k WHERE k.org = d.org AND k.store_id = d.store_id AND k.code = ?4
              AND k.late = 1 AND k.decision IS NULL),
             (SELECT c.line FROM act c WHERE c.org = d.org AND c.id = d.freed_by)
         FROM device_store d JOIN account a ON a.org = d.org AND a.id = d.account
             JOIN person n ON n.org = a.org AND n.id = a.person
             JOIN session s ON s.org = d.org AND s.account = d.account
         WHERE d.org = ?1 AND d.state <> ?3 AND ",
        sees_firm!(),
        " ORDER BY d.last_seen_ms DESC, d.store_id LIMIT ?5"
    ));
    let seen = visible(actor, Action::ListDevices, org);
    let asked = row![StoreState::Closed, Code::Late, PHONES_MAX];
    let mut open = open_files(tx, org).await?;
    let mut phones = Vec::new();
    for row in tx.query(find, &[&seen.of_firm()[..], &asked].concat()).await? {
        let freed = row.get::<Option<Vec<u8>>>(12)?.map(|line| OfficeAct::read(&line)).transpose();
        let store = row.get(3)?;
        let reported: u64 = row.get(10)?;
        let holds = row.get(6)?;
        // A phone that lost its account reports nothing behind its last push.
        let files = open.remove(&store).unwrap_or(0);
        phones.push(KnownPhone {
            account: row.get(0)?,
            holder: row.get(1)?,
            enabled: row.get(2)?,
            store,
            device: row.get(4)?,
            state: row.get(5)?,
            holds,
            last_seen: row.get(7)?,
            facts_here: row.get(8)?,
            unsent_facts: row.get(9)?,
            unsent_blobs: if holds || row.get::<u64>(9)? > 0 { reported.max(files) } else { files },
            late: row.get(11)?,
            freed: freed.map_err(|error| StoreError::Bug(error.to_string()))?,
        });
    }
    phones.sort_by_key(|phone| phone.unsent_facts + phone.unsent_blobs == 0);
    Ok(phones)
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
