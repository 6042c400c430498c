//! The room on the disk: whether a photo still fits, and what takes how much.

use super::Core;
use crate::{disk::free_bytes, journal::JournalError};
use std::{fs, path::Path};

/// What the phone keeps beside its photos and tracks, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RoomUsed {
    /// The records of this phone.
    pub(crate) records: u64,
    /// What was pulled: documents and catalogues.
    pub(crate) documents: u64,
    /// Pictures of other phones.
    pub(crate) looks: u64,
    /// Kept free for the record that is being written when the disk is full.
    pub(crate) reserve: u64,
}

impl Core {
    /// Whether a photo may be taken: the journal takes it, and the disk has room for the largest one. Pictures that can be
    /// fetched again make room.
    ///
    /// # Errors
    /// As [`crate::journal::Journal::may_capture`].
    pub(crate) fn may_take_photo(&self) -> Result<(), JournalError> {
        self.journal.may_capture()?;
        let missing = || free_bytes(&self.config.folder).map_or(0, |free| self.config.photo_bytes.saturating_sub(free));
        let bytes = missing();
        if bytes == 0 {
            return Ok(());
        }
        // What cannot be removed leaves too little room, which is told below.
        let _ = self.fetched.free(bytes);
        if missing() == 0 { Ok(()) } else { Err(JournalError::DiskFull) }
    }

    /// What the phone keeps.
    pub(crate) fn room_used(&self) -> RoomUsed {
        let folder = &self.config.folder;
        let files = |names: &[&str]| names.iter().map(|name| len(&folder.join(name))).sum::<u64>();
        let packs = fs::read_dir(folder.join("packs")).into_iter().flatten().flatten();
        RoomUsed {
            records: files(&["journal.db", "journal.db-wal"]),
            documents: files(&["cache.db", "cache.db-wal"]) + packs.map(|pack| len(&pack.path())).sum::<u64>(),
            looks: self.fetched.bytes(),
            reserve: files(&["reserve"]),
        }
    }
}

/// A file that is not there takes no room.
fn len(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |known| known.len())
}
