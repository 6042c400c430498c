//! A whole blob comes in one request.

use super::{
    Reached, ReceiveError, Uploads, find,
    incoming::{End, Incoming, Noted, pour},
    turn::Turn,
    turn_at, verified,
};
use crate::{
    blobs::Sums,
    evidence::blob::{Delivery, DeliveryRow},
    random::random_bytes,
    store::StoreError,
};
use firebee_protocol::blob::BlobState;

/// Takes a whole blob and syncs it once. The request has a file of its own, which nobody else writes. Bytes of an earlier
/// upload by pieces stay until they are swept.
///
/// Must run to its end: call it in a task of its own, so that a caller that disconnects does not cancel it.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn put(uploads: Uploads, delivery: Delivery, body: Incoming) -> Result<Reached, ReceiveError> {
    let mut turn = turn_at(&uploads, delivery).await?;
    let row = find(&uploads, delivery).await?;
    if row.state == BlobState::Durable {
        return Ok(row.into());
    }
    let len_max = row.len_max();
    if body.len().is_some_and(|len| !row.announced.contains(&len)) {
        return Err(ReceiveError::LengthDiffers { len: row.len });
    }
    uploads.check_room(body.len().unwrap_or(len_max)).await?;
    let _counted = uploads.quota.begin(delivery.store, body.len().unwrap_or(len_max), row.unfinished)?;
    let request = u64::from_be_bytes(random_bytes().map_err(|error| StoreError::Lost(error.to_string()))?);
    match receive_whole(&uploads, (delivery, request), &mut turn, body, &row).await {
        Ok((len, sums)) => {
            uploads.blobs.name_whole(delivery.key, request).await?;
            verified(&uploads, delivery, len, &sums).await
        }
        Err(refused) => {
            // A whole blob is never resumed, so its file is deleted. A failure of that does not hide the refusal.
            if let Err(error) = uploads.blobs.drop_whole(delivery.key, request).await {
                tracing::warn!(%error, "the file of a blob that did not come whole stays");
            }
            Err(refused)
        }
    }
}

/// Receives a whole blob into its own file. Returns its length when its hash is the blob's.
async fn receive_whole(
    uploads: &Uploads,
    (delivery, request): (Delivery, u64),
    turn: &mut Turn,
    body: Incoming,
    row: &DeliveryRow,
) -> Result<(u64, Sums), ReceiveError> {
    let sink = uploads.blobs.open_whole(delivery.key, request).await?;
    let noted = Noted { uploads, held: None };
    let (sink, end) = pour(turn, sink, body, row.len_max(), noted).await?;
    match end {
        End::Broken => Err(ReceiveError::Interrupted { offset: row.received }),
        End::TooLong => Err(ReceiveError::TooLarge),
        End::NoRoom => Err(ReceiveError::DiskFull),
        End::Complete if !row.announced.contains(&sink.len()) => Err(ReceiveError::LengthDiffers { len: row.len }),
        End::Complete if sink.sums().hash() != delivery.key.id.0 => Err(ReceiveError::HashMismatch),
        End::Complete => Ok(sink.into_summed()),
    }
}
