//! Removes the files whose time is over.

use super::{ReceiveError, Uploads};
use crate::{evidence::blob, org::Org};

/// Removes those of a firm from the disk, and gives how many. What a failing disk keeps is tried again by the next call.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn remove(uploads: &Uploads, org: Org) -> Result<usize, ReceiveError> {
    let mut gone = 0;
    loop {
        let removed = blob::remove(&uploads.store, &uploads.blobs, org).await?;
        gone += removed.gone;
        if removed.gone == 0 || removed.left > 0 {
            return Ok(gone);
        }
    }
}
