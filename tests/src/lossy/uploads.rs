//! The server's file layer over a disk that loses what was not synced.

use super::{disk::Shared, growing::Growing};
use firebee_server::blobs::{DiskFiles, Files, PartFile, StoredFile};
use std::{
    fmt,
    fs::{self, OpenOptions},
    io,
    path::Path,
    sync::Arc,
    time::Duration,
};

/// The server's [`Files`] on a [`Disk`](super::Disk).
pub struct LossyUploads(Arc<Shared>);

impl LossyUploads {
    pub(super) fn on(shared: Arc<Shared>) -> Self {
        Self(shared)
    }
}

impl fmt::Debug for LossyUploads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LossyUploads")
    }
}

impl Files for LossyUploads {
    fn create_folder(&self, folder: &Path) -> io::Result<bool> {
        self.0.create_folder(folder, || DiskFiles.create_folder(folder))
    }

    fn write(&self, file: &Path) -> io::Result<Box<dyn PartFile>> {
        let mut state = self.0.call()?;
        let before = fs::read(file).ok();
        let real = OpenOptions::new().write(true).create(true).truncate(false).open(file)?;
        let node = match (state.tree.find(file), before) {
            (Some(node), Some(_)) => node,
            (None, Some(bytes)) => state.tree.adopt(file, bytes),
            (_, None) => state.tree.create(file),
        };
        Ok(Box::new(Growing { file: real, node, at: 0, path: file.to_owned(), shared: self.0.clone() }))
    }

    fn read(&self, file: &Path) -> io::Result<(Box<dyn StoredFile>, u64)> {
        drop(self.0.call()?);
        DiskFiles.read(file)
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

    fn room(&self, _: &Path) -> io::Result<u64> {
        // A disk that fills up while it is written to: nobody was told before.
        Ok(u64::MAX)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Duration)>> {
        let state = self.0.call()?;
        let aged = |(name, real)| {
            let age = state.age(&folder.join(&name), real);
            (name, age)
        };
        let mut found: Vec<_> = DiskFiles.list(folder)?.into_iter().map(aged).collect();
        // The real file system lists in an order of its own.
        found.sort();
        Ok(found)
    }
}
