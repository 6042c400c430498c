//! The fixes of a task's track, out of the pieces that are on the server.

use crate::{
    blobs::{BlobKey, Blobs},
    org::Org,
};
use firebee_domain::{id::ContentId, task::Task, track::Fix};
use firebee_protocol::track::decode;
use std::collections::HashSet;

/// The most pieces that are drawn: more than a month of walking.
const PIECES_MAX: usize = 2_000;

/// The fixes of the pieces that are here, a list for each piece, in their order.
pub async fn fixes(blobs: &Blobs, org: Org, task: &Task, verified: &HashSet<ContentId>) -> Vec<Vec<Fix>> {
    of_pieces(blobs, org, task.segments.iter().map(|held| held.segment.blob), verified).await
}

/// The same of some pieces of a track.
pub async fn of_pieces(
    blobs: &Blobs,
    org: Org,
    pieces: impl Iterator<Item = ContentId> + Send,
    verified: &HashSet<ContentId>,
) -> Vec<Vec<Fix>> {
    let here: Vec<ContentId> = pieces.filter(|id| verified.contains(id)).take(PIECES_MAX).collect();
    let mut pieces = Vec::new();
    for id in here {
        let bytes = blobs.read(BlobKey { org, id }).await;
        // A piece that cannot be decoded counts as not recorded. Its bytes stay stored.
        if let Some(Ok(columns)) = bytes.map(|bytes| decode(&bytes)) {
            pieces.push(columns.fixes);
        }
    }
    pieces
}
