//! The phone's file layer over a disk that loses what was not synced.

use super::{disk::Shared, growing::Growing};
use firebee_client::evidence::{DiskFiles, Files, NewFile, StoredFile};
use std::{
    fmt,
    fs::OpenOptions,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

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
        let mut state = self.0.state();
        let real = OpenOptions::new().write(true).create_new(true).open(file)?;
        let node = state.tree.create(file);
        Ok(Box::new(Growing { file: real, node, at: 0, shared: self.0.clone() }))
    }

    fn open(&self, file: &Path) -> io::Result<Box<dyn StoredFile>> {
        DiskFiles.open(file)
    }

    fn len(&self, file: &Path) -> io::Result<Option<u64>> {
        DiskFiles.len(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.rename(from, to, || DiskFiles.rename(from, to))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.sync_folder(folder);
        Ok(())
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        self.0.remove(file, || DiskFiles.remove(file))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        DiskFiles.list(folder)
    }
}
