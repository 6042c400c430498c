//! The server's file layer over a disk that loses what was not synced.

use super::{disk::Shared, tree::Node};
use firebee_server::blobs::{DiskFiles, Files, PartFile};
use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
    sync::Arc,
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

struct Part {
    file: File,
    node: Node,
    at: u64,
    shared: Arc<Shared>,
}

impl Write for Part {
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

impl PartFile for Part {
    fn sync(&mut self) -> io::Result<()> {
        self.shared.sync(self.node, None);
        Ok(())
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        let mut state = self.shared.state();
        self.file.cut(len)?;
        state.tree.truncate(self.node, len);
        self.at = len;
        Ok(())
    }
}

impl Files for LossyUploads {
    fn create_folder(&self, folder: &Path) -> io::Result<bool> {
        let mut state = self.0.state();
        let made = DiskFiles.create_folder(folder)?;
        if made {
            state.tree.create_folder(folder);
        }
        Ok(made)
    }

    fn write(&self, file: &Path) -> io::Result<Box<dyn PartFile>> {
        let mut state = self.0.state();
        let before = fs::read(file).ok();
        let real = OpenOptions::new().write(true).create(true).truncate(false).open(file)?;
        let node = match (state.tree.find(file), before) {
            (Some(node), Some(_)) => node,
            (None, Some(bytes)) => state.tree.adopt(file, bytes),
            (_, None) => state.tree.create(file),
        };
        Ok(Box::new(Part { file: real, node, at: 0, shared: self.0.clone() }))
    }

    fn read(&self, file: &Path) -> io::Result<(Box<dyn Read + Send>, u64)> {
        DiskFiles.read(file)
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
}
