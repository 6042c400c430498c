//! A blob on its way from a phone.

use crate::{
    blobs::{BlobKey, PartKey},
    row, sql,
    store::{BlobStage, StoreError, Tx},
};
use firebee_domain::id::{AccountId, StoreId};
use firebee_protocol::blob::BlobState;

/// A blob that one phone's store sends. Two phones that send the same blob have nothing in common but its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Delivery {
    /// The blob.
    pub key: BlobKey,
    /// The store that sends it.
    pub store: StoreId,
    /// The account that the store belongs to.
    pub account: AccountId,
}

/// How far a delivery is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    /// The state of the blob for this store: another store's bytes do not count before all are verified.
    pub state: BlobState,
    /// The length in bytes: of the upload that runs, else as the account announced it, else as anybody did.
    pub len: u64,
    /// Bytes that are here and durable.
    pub received: u64,
    /// Whether an upload by pieces has begun.
    pub runs: bool,
    /// Every length that was announced.
    pub announced: Vec<u64>,
    /// The lengths of all uploads that the store has begun and not finished, in bytes.
    pub unfinished: u64,
}

impl DeliveryRow {
    /// The most bytes that the blob can have.
    pub fn len_max(&self) -> u64 {
        self.announced.iter().copied().max().unwrap_or(self.len)
    }
}

impl Delivery {
    /// Its part file of this number.
    pub const fn part(self, number: u64) -> PartKey {
        PartKey { blob: self.key, store: self.store, number }
    }

    /// How far it is; `None` when no fact of this firm announced the blob.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub async fn find(self, tx: &mut Tx) -> Result<Option<DeliveryRow>, StoreError> {
        let find = sql!(
            "SELECT b.state, b.len, u.len, u.received,
                 (SELECT CAST(COALESCE(SUM(o.len), 0) AS BIGINT) FROM upload o
                  JOIN blob n ON n.org = o.org AND n.id = o.blob AND n.state <> ?4 WHERE o.org = ?1 AND o.store_id = ?3)
             FROM blob b LEFT JOIN upload u ON u.org = b.org AND u.blob = b.id AND u.store_id = ?3
             WHERE b.org = ?1 AND b.id = ?2"
        );
        let values = row![self.key.org, &self.key.id, &self.store, BlobStage::Verified];
        let Some(row) = tx.query_opt(find, &values).await? else { return Ok(None) };
        let (known, running): (u64, Option<u64>) = (row.get(1)?, row.get(2)?);
        let received = row.get::<Option<u64>>(3)?.unwrap_or(0);
        let state = match row.get(0)? {
            BlobStage::Verified => BlobState::Durable,
            BlobStage::Announced | BlobStage::Lost if received > 0 => BlobState::Receiving,
            BlobStage::Announced | BlobStage::Lost => BlobState::Announced,
        };
        let announced = self.announced(tx).await?;
        let len =
            if state == BlobState::Durable { known } else { running.or(announced.first().copied()).unwrap_or(known) };
        Ok(Some(DeliveryRow { state, len, received, runs: running.is_some(), announced, unfinished: row.get(4)? }))
    }

    /// The lengths that facts and acts of the office announced, those of the account first.
    async fn announced(self, tx: &mut Tx) -> Result<Vec<u64>, StoreError> {
        let find = sql!(
            "SELECT len, MAX(own) AS own FROM (
                 SELECT len, CASE WHEN account = ?3 THEN 1 ELSE 0 END AS own FROM blob_use WHERE org = ?1 AND blob = ?2
                 UNION ALL
                 SELECT len, CASE WHEN account = ?3 THEN 1 ELSE 0 END AS own FROM attachment WHERE org = ?1 AND blob = ?2
             ) told GROUP BY len ORDER BY own DESC, len"
        );
        let rows = tx.query(find, &row![self.key.org, &self.key.id, &self.account]).await?;
        rows.iter().map(|row| row.get(0)).collect()
    }
}
