//! A whole blob comes in one request.

use super::{
    Reached, ReceiveError, Uploads, find,
    incoming::{End, Incoming, pour},
    turn::Turn,
    turn_at, verified,
};
use crate::blobs::{BlobKey, Reach, Sums};
use firebee_protocol::{blob::BlobState, limits::LIMITS};

/// Takes a whole blob and syncs it once; the offset moves only at the end. Bytes of an earlier upload by pieces stay
/// until this one is verified.
///
/// Must run to its end: call it in a task of its own, so that a caller that disconnects does not cancel it.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn put(uploads: Uploads, key: BlobKey, body: Incoming) -> Result<Reached, ReceiveError> {
    let mut turn = turn_at(&uploads, key).await?;
    let row = find(&uploads, key).await?;
    if row.state == BlobState::Durable {
        return Ok(row.into());
    }
    match receive_whole(&uploads, key, &mut turn, body, row.received).await {
        Ok((len, sums)) => {
            uploads.blobs.name_whole(key).await?;
            verified(&uploads, key, turn, len, &sums).await
        }
        Err(refused) => {
            // A whole object is never resumed, so its file is deleted. A failure of that does not hide the refusal.
            if let Err(error) = uploads.blobs.drop_whole(key).await {
                tracing::warn!(%error, "the file of an object that did not come whole stays");
            }
            Err(refused)
        }
    }
}

/// Receives a whole object into its own file. Returns its length and its sums when its hash is the
/// blob's.
async fn receive_whole(
    uploads: &Uploads,
    key: BlobKey,
    turn: &mut Turn,
    body: Incoming,
    offset: u64,
) -> Result<(u64, Sums), ReceiveError> {
    let sink = uploads.blobs.open_whole(key).await?;
    let limit = u64::from(LIMITS.blob_bytes_max);
    let (sink, end) = pour(turn, sink, body, limit, Reach::Begun, None).await?;
    match end {
        End::Broken => Err(ReceiveError::Interrupted { offset }),
        End::TooLong => Err(ReceiveError::TooLarge),
        End::Complete if sink.sums().hash() != key.id.0 => Err(ReceiveError::HashMismatch),
        End::Complete => Ok(sink.into_summed()),
    }
}
