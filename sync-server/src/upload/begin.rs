//! Begins an upload: the phone says how long the blob will be.

use super::{Reached, ReceiveError, Uploads, find};
use crate::{blobs::BlobKey, evidence::blob::size};
use firebee_protocol::{blob::BlobState, limits::LIMITS};

/// Begins an upload of `len` bytes (creation in tus). The blob's row already exists, because a fact has announced it.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn begin(uploads: &Uploads, key: BlobKey, len: u64) -> Result<Reached, ReceiveError> {
    if len > u64::from(LIMITS.blob_bytes_max) {
        return Err(ReceiveError::TooLarge);
    }
    let row = find(uploads, key).await?;
    if row.len == len || row.state == BlobState::Durable {
        return Ok(row.into());
    }
    size(&uploads.store, key, len).await?;
    Ok(find(uploads, key).await?.into())
}
