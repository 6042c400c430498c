//! Which blobs of a task are on the server.

use crate::{
    row,
    store::{Batch, BlobStage, StoreError, Tx, Ty},
};
use firebee_domain::id::{ContentId, OrganisationId};
use std::collections::HashSet;

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
