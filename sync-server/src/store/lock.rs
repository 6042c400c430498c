//! An advisory lock beside the SQLite file, so that only one server opens it. The operating system releases the lock
//! when the process ends.

use super::{OpenError, StoreError};
use std::{
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    io::{ErrorKind, Read as _, Write as _},
    path::{Path, PathBuf},
};

/// Held as long as the database is open. The lock file stays behind, unlocked; removing it would race with the next
/// server, which may have opened it already.
pub(super) struct Lock {
    file: File,
}

impl Drop for Lock {
    /// Unlocks: to close the file is not enough while a process that was just begun still has a copy of it.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// Locks `<database>.lock`, beside the file that a symbolic link leads to, and writes the process id into it.
pub(super) fn acquire(database: &Path) -> Result<Lock, OpenError> {
    let path = beside(database);
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let mut file = file.map_err(|e| lost(&path, &e))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(OpenError::InUse { path: database.to_owned(), holder: holder(&mut file) });
        }
        Err(TryLockError::Error(e)) => return Err(lost(&path, &e)),
    }
    let note = format!("{}\n", std::process::id());
    file.set_len(0).and_then(|()| file.write_all(note.as_bytes())).map_err(|e| lost(&path, &e))?;
    Ok(Lock { file })
}

/// Keeps servers from the database while it is read. Nothing is written: without a lock file there was never a server.
pub(super) fn look(database: &Path) -> Result<Option<Lock>, OpenError> {
    let path = beside(database);
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(lost(&path, &error)),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(Some(Lock { file })),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse { path: database.to_owned(), holder: holder(&mut file) }),
        Err(TryLockError::Error(error)) => Err(lost(&path, &error)),
    }
}

fn beside(database: &Path) -> PathBuf {
    let mut name = OsString::from(database.canonicalize().unwrap_or_else(|_| database.to_owned()));
    name.push(".lock");
    name.into()
}

/// A hint for the operator: the lock decides, not this text.
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.take(20).read_to_string(&mut text);
    match text.trim() {
        pid if read.is_ok() && !pid.is_empty() && pid.bytes().all(|b| b.is_ascii_digit()) => pid.to_owned(),
        _ => "unknown".to_owned(),
    }
}

fn lost(path: &Path, error: &std::io::Error) -> OpenError {
    StoreError::Lost(format!("{}: {error}", path.display())).into()
}
