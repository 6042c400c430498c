//! Reads about requests to pause a month.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    id::{ProjectId, RequestId},
    suspension::PauseRequest,
};

/// A request with its id.
#[derive(Clone, Debug)]
pub struct PauseRow {
    /// The id: that of the form that asked.
    pub id: RequestId,
    /// The request.
    pub request: PauseRequest,
}

/// The requests of a project, the latest month first; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_project(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<PauseRow>, StoreError> {
    let find = sql!("SELECT id, body FROM suspension WHERE org = ?1 AND project = ?2 ORDER BY month DESC, id");
    let rows = tx.query(find, &row![org, &project]).await?;
    rows.iter().map(|row| Ok(PauseRow { id: row.get(0)?, request: own(row.get(1)?)? })).collect()
}
