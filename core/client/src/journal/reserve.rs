//! Reserved disk space, so that the current fact can still commit when the disk is full.

use super::JournalError;
use crate::disk::{self, Files, NewFile};
use std::{io, path::PathBuf, sync::Arc};

/// What opening a journal takes at least: the index of its log, and a page.
const PROBE_BYTES: usize = 64 << 10;

/// A file of real bytes beside the journal, given up when the disk is full.
#[derive(Debug)]
pub(super) struct Reserve {
    path: PathBuf,
    bytes: u64,
    files: Arc<dyn Files>,
}

impl Reserve {
    pub(super) const fn new(path: PathBuf, bytes: u64, files: Arc<dyn Files>) -> Self {
        Self { path, bytes, files }
    }

    pub(super) fn is_held(&self) -> bool {
        self.files.len(&self.path).is_ok_and(|len| len.is_some_and(|len| len >= self.bytes))
    }

    /// Reserves the space, unless it is reserved already or the disk is too full.
    pub(super) fn take(&self) -> io::Result<()> {
        if self.is_held() {
            return Ok(());
        }
        disk::create(&*self.files, &self.path, |file| self.fill(file)).inspect_err(|_| {
            // A partial reserve is useless, and others need the room.
            let _ = self.files.remove(&self.path);
        })
    }

    /// Writes bytes that do not compress. A compressed or sparse file would promise room that the disk does not have.
    fn fill(&self, file: &mut dyn NewFile) -> io::Result<()> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut block = Vec::with_capacity(64 << 10);
        let mut left = self.bytes;
        while left > 0 {
            block.clear();
            while block.len() < 64 << 10 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                block.extend_from_slice(&state.to_le_bytes());
            }
            let take = usize::try_from(left).unwrap_or(usize::MAX).min(block.len());
            file.write_all(block.get(..take).unwrap_or(&block))?;
            left = left.saturating_sub(take as u64);
        }
        file.sync()
    }

    /// The error, as `disk_full` if the disk has no room left. SQLite calls it an input error when it cannot lay out the
    /// index of its log.
    pub(super) fn blame(&self, error: JournalError) -> JournalError {
        let unclear = matches!(error, JournalError::Unavailable { .. });
        if unclear && self.is_disk_full() { JournalError::DiskFull } else { error }
    }

    /// Tries to write as much as SQLite needs at least.
    fn is_disk_full(&self) -> bool {
        let probe = self.path.with_extension("probe");
        let written = disk::create(&*self.files, &probe, |file| file.write_all(&[1; PROBE_BYTES]));
        // A probe that stays is overwritten by the next one.
        let _ = self.files.remove(&probe);
        written.is_err_and(|error| JournalError::from(error) == JournalError::DiskFull)
    }

    /// Gives the room up. Returns false when the room was not reserved.
    pub(super) fn release(&self) -> bool {
        self.is_held() && self.files.remove(&self.path).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reserve_is_real_bytes_and_is_given_up_once() {
        let home = tempfile::tempdir().unwrap();
        let reserve = Reserve::new(home.path().join("reserve"), 100_000, Arc::new(disk::DiskFiles));
        assert!(!reserve.release());
        reserve.take().unwrap();
        assert_eq!(std::fs::metadata(home.path().join("reserve")).unwrap().len(), 100_000);
        assert!(reserve.is_held() && reserve.release() && !reserve.release());
    }
}
