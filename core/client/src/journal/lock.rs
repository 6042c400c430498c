//! The lock of the client's folder: a second client that opens it is refused. The operating system releases the lock when
//! the process ends.

use super::JournalError;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::ErrorKind,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    thread::sleep,
    time::Duration,
};

/// How often the lock is tried before the folder counts as in use: a client that was just let go may still be ending its
/// last request.
const TRIES: u32 = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// The lock of a folder. The lock file stays behind, unlocked.
#[derive(Debug)]
pub(super) struct FolderLock {
    path: PathBuf,
    wanted: bool,
    held: Mutex<Option<File>>,
}

impl FolderLock {
    pub(super) const fn new(path: PathBuf, wanted: bool) -> Self {
        Self { path, wanted, held: Mutex::new(None) }
    }

    /// Takes the lock, unless it is not wanted or this client holds it already.
    ///
    /// # Errors
    /// `folder_in_use`: another client holds it.
    pub(super) fn take(&self) -> Result<(), JournalError> {
        let mut held = self.held();
        if held.is_some() || !self.wanted {
            return Ok(());
        }
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&self.path)?;
        for _ in 1..TRIES {
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => sleep(BETWEEN_TRIES),
                _ => break,
            }
        }
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(JournalError::FolderInUse),
            // A file system that knows no locks: nothing can be told of other clients.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        *held = Some(file);
        Ok(())
    }

    /// Lets the folder go, such as before the system suspends the app.
    pub(super) fn release(&self) {
        *self.held() = None;
    }

    fn held(&self) -> MutexGuard<'_, Option<File>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
