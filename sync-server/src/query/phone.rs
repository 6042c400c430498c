//! Reads about the phones of an organisation.

use super::visible::{sees_organisation, visible};
use crate::{
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
pub async fn silent(tx: &mut Tx, actor: &Actor, before: Timestamp) -> Result<Vec<PhoneRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT d.device, n.name, d.last_seen_ms, d.unsent_facts, d.unsent_blobs FROM device_store d
             JOIN account a ON a.id = d.account JOIN person n ON n.id = a.person
         WHERE d.state = ?4 AND d.unsent_facts + d.unsent_blobs > 0 AND d.last_seen_ms < ?3 AND ",
        sees_organisation!("a.organisation"),
        " ORDER BY d.last_seen_ms"
    ));
    let seen = visible(actor, Action::ListDevices);
    let rows = tx.query(find, &[&seen.of_organisation()[..], &row![before, StoreState::Active]].concat()).await?;
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
