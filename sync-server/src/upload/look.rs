//! How far an upload is.

use super::{Incoming, Reached, ReceiveError, Uploads, find, patch, turn_at};
use crate::evidence::blob::Delivery;
use firebee_protocol::blob::BlobState;

/// How far the upload of a blob is. A request that still writes it stops first: whoever asks has given it up, and what
/// came of it counts. If all bytes are here and the server ended before it verified them, it verifies
/// them now.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn look(uploads: &Uploads, delivery: Delivery) -> Result<Reached, ReceiveError> {
    let mut row = find(uploads, delivery).await?;
    if row.runs && row.state != BlobState::Durable {
        drop(turn_at(uploads, delivery).await?);
        row = find(uploads, delivery).await?;
    }
    if !row.runs || row.received < row.len || row.state == BlobState::Durable {
        return Ok(row.into());
    }
    match patch(uploads.clone(), delivery, row.received, None, Incoming::empty()).await {
        Err(ReceiveError::OffsetMismatch { .. }) => Ok(find(uploads, delivery).await?.into()),
        // A blob without a byte has only one hash, so its name is wrong for ever. Other bytes may be right the next time.
        Err(ReceiveError::HashMismatch) if row.len > 0 => Ok(find(uploads, delivery).await?.into()),
        other => other,
    }
}
