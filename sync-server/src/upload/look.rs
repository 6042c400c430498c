//! How far an upload is.

use super::{Incoming, Reached, ReceiveError, Uploads, find, patch};
use crate::blobs::BlobKey;
use firebee_protocol::blob::BlobState;

/// How far the upload of a blob is. If all bytes are here and the server ended before it verified them, it verifies
/// them now.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn look(uploads: &Uploads, key: BlobKey) -> Result<Reached, ReceiveError> {
    let row = find(uploads, key).await?;
    if row.received < row.len || row.state == BlobState::Durable {
        return Ok(row.into());
    }
    match patch(uploads.clone(), key, row.received, None, Incoming::empty()).await {
        Err(ReceiveError::OffsetMismatch { .. } | ReceiveError::HashMismatch) => Ok(find(uploads, key).await?.into()),
        other => other,
    }
}
