//! Begins an upload: the phone says how long the blob will be.

use super::{Reached, ReceiveError, Uploads, find, look};
use crate::evidence::blob::{Delivery, start};
use firebee_protocol::{blob::BlobState, limits::LIMITS};

/// Begins an upload of `len` bytes (creation in tus). A fact has announced the blob with this length, and an upload that
/// runs has it. A blob without a byte is whole at once.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn begin(uploads: &Uploads, delivery: Delivery, len: u64) -> Result<Reached, ReceiveError> {
    if len > u64::from(LIMITS.blob_bytes_max) {
        return Err(ReceiveError::TooLarge);
    }
    let row = find(uploads, delivery).await?;
    if row.state == BlobState::Durable {
        return Ok(row.into());
    }
    if !row.announced.contains(&len) || (row.runs && row.len != len) {
        return Err(ReceiveError::LengthDiffers { len: row.len });
    }
    if row.runs {
        return Ok(row.into());
    }
    uploads.check_room(len).await?;
    let counted = uploads.quota.begin(delivery.store, len, row.unfinished)?;
    start(&uploads.store, delivery, len, uploads.clock.now()).await?;
    drop(counted);
    look(uploads, delivery).await
}
