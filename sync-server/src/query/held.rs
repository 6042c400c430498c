//! Everything that the server holds of a firm, for checks: all facts with their outcomes, and all blobs.

use crate::{
    org::Org,
    row, sql,
    store::{BlobStage, StoreError, Tx},
};
use firebee_domain::id::{ContentId, FactId};
use firebee_protocol::problem::CodeWord;

/// A fact that the server holds under its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldFact {
    /// The fact.
    pub id: FactId,
    /// The code of the quarantine; `None` when the fact counts.
    pub code: Option<CodeWord>,
}

/// A blob that a fact announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBlob {
    /// Whose it is.
    pub org: Org,
    /// Its hash.
    pub id: ContentId,
    /// How far it is: announced, verified, lost.
    pub state: BlobStage,
    /// The CRC-32 of its bytes, once it is verified.
    pub crc32: Option<u32>,
}

/// All facts in the order of their ids. A fact that several stores sent counts if it counts in one of them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn facts(tx: &mut Tx, org: Org) -> Result<Vec<HeldFact>, StoreError> {
    let find = sql!(
        "SELECT f.id, o.code FROM fact f
         LEFT JOIN outcome o ON o.org = f.org AND o.store_id = f.store_id AND o.seq = f.seq
         WHERE f.org = ?1 ORDER BY f.id"
    );
    let rows = tx.query(find, &row![org]).await?;
    let fact = |row: &crate::store::Row| Ok(HeldFact { id: row.get(0)?, code: row.get(1)? });
    rows.iter().map(fact).collect()
}

/// The blobs whose bytes should be here, by hash.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn verified(tx: &mut Tx, org: Org) -> Result<Vec<ContentId>, StoreError> {
    let blobs = blobs(tx, org).await?.into_iter();
    Ok(blobs.filter(|blob| blob.state == BlobStage::Verified).map(|blob| blob.id).collect())
}

/// Every blob, by hash.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn blobs(tx: &mut Tx, org: Org) -> Result<Vec<HeldBlob>, StoreError> {
    let find = sql!("SELECT id, state, crc32 FROM blob WHERE org = ?1 AND expired_ms IS NULL ORDER BY id");
    let rows = tx.query(find, &row![org]).await?;
    let blob = |row: &crate::store::Row| Ok(HeldBlob { org, id: row.get(0)?, state: row.get(1)?, crc32: row.get(2)? });
    rows.iter().map(blob).collect()
}
