//! Reads about the phones of an organisation.

use crate::{
    row, sql,
    store::{Row, StoreError, Tx},
};
use firebee_domain::{id::OrganisationId, time::Timestamp};

/// A phone that holds something unsent.
#[derive(Clone, Debug)]
pub struct PhoneRow {
    /// Its name.
    pub device: String,
    /// Who holds the account.
    pub holder: String,
    /// When it was last heard.
    pub last_seen: Timestamp,
    /// Facts that it last said it had not sent.
    pub unsent_facts: i64,
    /// Blobs that it last said it had not sent.
    pub unsent_blobs: i64,
}

/// The phones that last said they hold something unsent and were not heard since `before`, the most silent first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn silent(tx: &mut Tx, organisation: OrganisationId, before: Timestamp) -> Result<Vec<PhoneRow>, StoreError> {
    let find = sql!(
        "SELECT d.device, n.name, d.last_seen_ms, d.unsent_facts, d.unsent_blobs FROM device_store d
             JOIN account a ON a.id = d.account JOIN person n ON n.id = a.person
         WHERE a.organisation = ?1 AND d.state = 'active' AND d.unsent_facts + d.unsent_blobs > 0
             AND d.last_seen_ms < ?2 ORDER BY d.last_seen_ms"
    );
    let read = |row: &Row| {
        Ok(PhoneRow {
            device: row.get(0)?,
            holder: row.get(1)?,
            last_seen: Timestamp(row.get(2)?),
            unsent_facts: row.get(3)?,
            unsent_blobs: row.get(4)?,
        })
    };
    tx.query(find, &row![&organisation.0, before.0]).await?.iter().map(read).collect()
}
