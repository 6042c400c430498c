//! Everything that the server holds, for checks: all facts with their outcomes, and all blobs.

use crate::{
    sql,
    store::{BlobStage, StoreError, Tx},
};
use firebee_domain::id::{ContentId, FactId, OrganisationId};
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
    pub organisation: OrganisationId,
    /// Its hash.
    pub id: ContentId,
    /// How far it is: announced, receiving, verified, lost.
    pub state: BlobStage,
}

/// All facts in the order of their ids. A fact that several stores sent counts if it counts in one of them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn facts(tx: &mut Tx) -> Result<Vec<HeldFact>, StoreError> {
    let find = sql!(
        "SELECT f.id, MIN(CASE WHEN l.code IS NULL THEN '' ELSE l.code END) FROM fact f
         JOIN log l ON l.fact = f.id GROUP BY f.id ORDER BY f.id"
    );
    let rows = tx.query(find, &[]).await?;
    let fact = |row: &crate::store::Row| {
        let code: String = row.get(1)?;
        Ok(HeldFact { id: row.get(0)?, code: Some(code).filter(|code| !code.is_empty()).map(CodeWord::from) })
    };
    rows.iter().map(fact).collect()
}

/// Every blob, by organisation and hash.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn blobs(tx: &mut Tx) -> Result<Vec<HeldBlob>, StoreError> {
    let find = sql!("SELECT organisation, id, state FROM blob ORDER BY organisation, id");
    let rows = tx.query(find, &[]).await?;
    let blob =
        |row: &crate::store::Row| Ok(HeldBlob { organisation: row.get(0)?, id: row.get(1)?, state: row.get(2)? });
    rows.iter().map(blob).collect()
}
