//! The phone's file layer over a disk that loses what was not synced.

use super::{disk::Shared, tree::Node};
use firebee_client::evidence::{DiskFiles, Files, NewFile, StoredFile};
use std::{
    fmt,
    fs::{File, OpenOptions},
    io::{self, Write},
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

struct Growing {
    file: File,
    node: Node,
    at: u64,
    shared: Arc<Shared>,
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.shared.state();
        if !state.take(bytes.len() as u64) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let written = self.file.write(bytes)?;
        state.tree.write(self.node, self.at, bytes.get(..written).unwrap_or(bytes));
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for Growing {
    fn sync(&mut self) -> io::Result<()> {
        self.shared.sync(self.node, None);
        Ok(())
    }
}

impl Files for LossyFiles {
    fn create_folder(&self, folder: &Path) -> io::Result<bool> {
        let mut state = self.0.state();
        let made = DiskFiles.create_folder(folder)?;
        if made {
            state.tree.create_folder(folder);
        }
        Ok(made)
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
        let mut state = self.0.state();
        DiskFiles.rename(from, to)?;
        state.tree.rename(from, to);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.sync_folder(folder);
        Ok(())
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        let mut state = self.0.state();
        DiskFiles.remove(file)?;
        state.tree.remove(file);
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        DiskFiles.list(folder)
    }
}
