//! Ends uploads that nobody goes on with, and removes the files that ended servers left behind, and those that were given
//! up.

use super::{ReceiveError, Uploads, remove};
use crate::{
    evidence::blob::{expire, running},
    query::org,
    store::Tx,
};
use std::time::Duration;

/// A file that belongs to no upload and that nobody has written for so long is a dead server's.
const LEFT_MIN: Duration = Duration::from_secs(86_400);
const DAY_MS: i64 = 86_400_000;

/// Ends the uploads that brought nothing for `days` days and removes their bytes; what facts announced stays announced.
/// Returns how many uploads and files went.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn sweep(uploads: &Uploads, days: u32) -> Result<usize, ReceiveError> {
    let before = uploads.clock.now().plus_ms(-DAY_MS.saturating_mul(i64::from(days)));
    let mut gone = 0;
    for firm in uploads.store.read("find_firms", async |tx: &mut Tx| org::all(tx).await).await? {
        for part in expire(&uploads.store, firm, before).await? {
            uploads.blobs.drop_part(part).await?;
            gone += 1;
        }
        let running = running(&uploads.store, firm).await?;
        gone += uploads.blobs.sweep(firm, running, LEFT_MIN).await?;
        gone += remove(uploads, firm).await?;
    }
    Ok(gone)
}
