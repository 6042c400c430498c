//! Reads about the phones that hold accounts.

use super::visible::{sees_firm, visible};
use crate::{
    org::Org,
    sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor},
    id::StoreId,
    time::Timestamp,
};

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
