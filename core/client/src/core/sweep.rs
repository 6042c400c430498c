//! Removes blobs that no fact names. They stay behind when the phone dies between naming a blob and recording its fact.

use crate::{
    evidence::BlobFolder,
    journal::{Journal, JournalError},
};

/// Removes the blobs that the journal never announced. Runs only at open, while nobody takes a photo.
pub(super) fn sweep(journal: &Journal, blobs: &BlobFolder) -> Result<usize, JournalError> {
    let named = journal.read("sweep", |rows| rows.blob_ids())?;
    let mut swept = 0;
    for id in blobs.list()? {
        if named.binary_search(&id).is_err() && blobs.remove(id)? {
            swept += 1;
        }
    }
    Ok(swept)
}
