//! The phone's file layer over a disk that loses what was not synced.

use super::{disk::Shared, growing::Growing};
use firebee_client::disk::{DiskFiles, Files, NewFile, StoredFile};
use std::{
    fmt,
    fs::OpenOptions,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The room that such a disk tells of, whatever the real one has.
const ROOM_BYTES: u64 = 64_000_000_000;

/// [`Files`] on a [`Disk`](super::Disk).
pub struct LossyFiles(Arc<Shared>);

impl LossyFiles {
    pub(super) fn on(shared: Arc<Shared>) -> Self {
        Self(shared)
    }
}

impl fmt::Debug for LossyFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LossyFiles")
    }
}

impl Files for LossyFiles {
    fn create_folder(&self, folder: &Path) -> io::Result<bool> {
        self.0.create_folder(folder, || DiskFiles.create_folder(folder))
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut state = self.0.call()?;
        let real = OpenOptions::new().write(true).create_new(true).open(file)?;
        let node = state.tree.create(file);
        Ok(Box::new(Growing { file: real, node, at: 0, path: file.to_owned(), shared: self.0.clone() }))
    }

    fn open(&self, file: &Path) -> io::Result<Box<dyn StoredFile>> {
        drop(self.0.call()?);
        DiskFiles.open(file)
    }

    fn len(&self, file: &Path) -> io::Result<Option<u64>> {
        drop(self.0.call()?);
        DiskFiles.len(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.rename(from, to, || DiskFiles.rename(from, to))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.sync_folder(folder)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        self.0.remove(file, || DiskFiles.remove(file))
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.0.call()?;
        DiskFiles.remove_folder(folder)?;
        state.tree.remove_folder(folder);
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        drop(self.0.call()?);
        // The real file system lists in an order of its own.
        let mut found = DiskFiles.list(folder)?;
        found.sort();
        Ok(found)
    }

    fn room(&self, _: &Path) -> Option<u64> {
        // A disk that fills up while it is written to: nobody was told before. The server keeps what a phone tells.
        Some(ROOM_BYTES)
    }
}
