//! The room on the disk: whether a photo still fits, and what takes how much.

use super::Core;
use crate::journal::JournalError;
use firebee_protocol::phone::PhoneStatus;
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
    /// Whether a photo may be taken: the journal takes it, and the disk has room for the largest one, if need be in the
    /// place of pictures that can be fetched again.
    ///
    /// # Errors
    /// As [`crate::journal::Journal::may_capture`].
    pub(crate) fn may_take_photo(&self) -> Result<(), JournalError> {
        self.journal.may_capture()?;
        if self.missing_room() <= self.fetched.bytes() { Ok(()) } else { Err(JournalError::DiskFull) }
    }

    /// Makes room for a photo. Pictures that can be fetched again go.
    ///
    /// # Errors
    /// As [`crate::journal::Journal::may_capture`].
    pub(crate) fn make_room(&self) -> Result<(), JournalError> {
        self.journal.may_capture()?;
        let bytes = self.missing_room();
        if bytes == 0 {
            return Ok(());
        }
        // What cannot be removed leaves too little room, which is told below.
        let _ = self.fetched.free(bytes);
        if self.missing_room() == 0 { Ok(()) } else { Err(JournalError::DiskFull) }
    }

    /// What the phone tells of itself.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub(crate) fn phone_status(&self) -> Result<PhoneStatus, JournalError> {
        let RoomUsed { records, documents, looks, reserve } = self.room_used();
        let files: u64 = self
            .journal
            .read::<_, JournalError>("status", |rows| rows.blob_bytes())?
            .iter()
            .map(|(_, bytes)| bytes)
            .sum();
        Ok(PhoneStatus {
            app: Some(self.config.device.app.clone()),
            free_bytes: self.config.files.room(&self.config.folder),
            kept_bytes: Some(records + documents + looks + reserve + files),
            wall_ms: Some(self.ports.clock.now().wall_ms),
        })
    }

    /// How many bytes the largest photo lacks on the disk.
    pub(crate) fn missing_room(&self) -> u64 {
        self.config.files.room(&self.config.folder).map_or(0, |free| self.config.photo_bytes.saturating_sub(free))
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
