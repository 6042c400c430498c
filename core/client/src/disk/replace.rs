//! Small files that are read and written whole.

use super::Files;
use std::{
    io::{self, Read},
    path::Path,
};

/// What of a file outlives a power cut once it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lasting {
    /// Its bytes and its name.
    Synced,
    /// Nothing for certain: it can be made again.
    Hint,
}

/// Puts a file in the place of the one of this name, whole or not at all.
pub(crate) fn replace(files: &dyn Files, path: &Path, bytes: &[u8], lasting: Lasting) -> io::Result<()> {
    let temp = path.with_extension("new");
    create(files, &temp, |file| {
        file.write_all(bytes)?;
        if lasting == Lasting::Synced { file.sync() } else { Ok(()) }
    })?;
    files.rename(&temp, path)?;
    match path.parent() {
        Some(folder) if lasting == Lasting::Synced => files.sync_folder(folder),
        _ => Ok(()),
    }
}

/// Makes a file anew, in the place of one that an earlier try left.
pub(crate) fn create<T>(
    files: &dyn Files,
    path: &Path,
    write: impl FnOnce(&mut dyn super::NewFile) -> io::Result<T>,
) -> io::Result<T> {
    absent_is_fine(files.remove(path))?;
    write(&mut *files.create(path)?)
}

/// The bytes of a file; `NotFound` when there is none.
pub(crate) fn read(files: &dyn Files, path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    files.open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What is gone need not be removed.
pub(crate) fn absent_is_fine(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
