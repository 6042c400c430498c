//! Reads about the phones of a firm.

use super::visible::{sees_firm, visible};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, StoreState, Tx},
};
use firebee_domain::{
    account::{Action, Actor},
    time::Timestamp,
};

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
