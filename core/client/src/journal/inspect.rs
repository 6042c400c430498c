//! Reads a journal from outside while no phone has it open, for checks.

use super::{FILE, JournalError, JournalRows, connect, rows::uuid};
use firebee_domain::id::{ContentId, FactId, StoreId};
use std::path::Path;

/// What a journal holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspected {
    /// The store, once the journal has one.
    pub store: Option<StoreId>,
    /// Every fact ever recorded, in the order of recording.
    pub facts: Vec<FactId>,
    /// Every blob that they announce.
    pub blobs: Vec<ContentId>,
}

/// Reads the journal in `folder`; changes nothing and verifies nothing.
///
/// # Errors
/// There is no journal, or it cannot be read.
pub fn inspect(folder: &Path) -> Result<Inspected, JournalError> {
    let reader = connect::reader(&folder.join(FILE), None)?;
    let rows = JournalRows::of(&reader);
    Ok(Inspected {
        store: rows.one("SELECT store_id FROM store", [], |row| uuid(row, 0).map(StoreId))?,
        facts: rows.many("SELECT id FROM fact ORDER BY seq", [], |row| uuid(row, 0).map(FactId))?,
        blobs: rows.blob_ids()?,
    })
}
