//! Which blobs of a task are on the server.

use crate::{
    row,
    store::{Batch, BlobStage, StoreError, Tx, Ty},
};
use firebee_domain::id::{ContentId, OrganisationId, TaskId};
use firebee_protocol::fact::BlobRole;
use std::collections::{HashMap, HashSet};

static USED: Batch<3> = Batch::new(
    "WITH p(organisation, id, role) AS ({rows})
     SELECT DISTINCT u.blob, t.id, t.name FROM p JOIN blob_use u
         ON u.organisation = p.organisation AND u.blob = p.id AND u.role = p.role JOIN task t ON t.id = u.task",
    [Ty::Blob, Ty::Blob, Ty::Text],
);
static VERIFIED: Batch<3> = Batch::new(
    "WITH p(organisation, id, state) AS ({rows})
     SELECT b.id FROM p JOIN blob b ON b.organisation = p.organisation AND b.id = p.id WHERE b.state = p.state",
    [Ty::Blob, Ty::Blob, Ty::Text],
);

/// The blobs among `blobs` that the organisation has and the server has verified.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn verified(
    tx: &mut Tx,
    organisation: OrganisationId,
    blobs: &HashSet<ContentId>,
) -> Result<HashSet<ContentId>, StoreError> {
    let rows = tx.many(&VERIFIED, blobs.iter().map(|id| row![&organisation, id, BlobStage::Verified])).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// The other tasks in which a photo of a task is used, by the original bytes: each with its name.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn used_elsewhere(
    tx: &mut Tx,
    organisation: OrganisationId,
    task: TaskId,
    originals: &HashSet<ContentId>,
) -> Result<HashMap<ContentId, Vec<(TaskId, String)>>, StoreError> {
    let mut places: HashMap<ContentId, Vec<(TaskId, String)>> = HashMap::new();
    for row in tx.many(&USED, originals.iter().map(|id| row![&organisation, id, BlobRole::Original])).await? {
        let other: TaskId = row.get(1)?;
        if other != task {
            places.entry(row.get(0)?).or_default().push((other, row.get(2)?));
        }
    }
    Ok(places)
}
