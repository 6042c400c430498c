//! Blobs that no fact names are swept: the phone died between the rename and the fact.

use crate::{
    evidence::BlobFolder,
    journal::{Journal, JournalError},
};

/// Removes the blobs that the journal never announced. Only while nothing is being taken: at open.
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
