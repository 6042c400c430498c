//! Files that grow from an offset, and names in folders. Phone and server share this model.

use super::{disk::Shared, tree::Node};
use firebee_client::disk::NewFile;
use firebee_server::blobs::PartFile;
use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

pub(super) struct Growing {
    pub(super) file: File,
    pub(super) node: Node,
    pub(super) at: u64,
    /// The name that it was opened by.
    pub(super) path: PathBuf,
    pub(super) shared: Arc<Shared>,
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.shared.call()?;
        if !state.take(bytes.len() as u64) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let written = self.file.write(bytes)?;
        state.tree.write(self.node, self.at, bytes.get(..written).unwrap_or(bytes));
        self.at += written as u64;
        state.note_written(&self.path);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for Growing {
    fn sync(&mut self) -> io::Result<()> {
        self.shared.sync(self.node, None)
    }
}

impl PartFile for Growing {
    fn sync(&mut self) -> io::Result<()> {
        self.shared.sync(self.node, None)
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        let mut state = self.shared.call()?;
        self.file.cut(len)?;
        state.tree.truncate(self.node, len);
        self.at = len;
        Ok(())
    }
}

impl Shared {
    /// Makes a folder by `real`, which says whether it was not there.
    pub(super) fn create_folder(&self, folder: &Path, real: impl FnOnce() -> io::Result<bool>) -> io::Result<bool> {
        let mut state = self.call()?;
        let made = real()?;
        if made {
            state.tree.create_folder(folder);
        }
        Ok(made)
    }

    /// Renames by `real`.
    pub(super) fn rename(&self, from: &Path, to: &Path, real: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let mut state = self.call()?;
        real()?;
        state.tree.rename(from, to);
        Ok(())
    }

    /// Removes by `real`.
    pub(super) fn remove(&self, file: &Path, real: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let mut state = self.call()?;
        real()?;
        state.tree.remove(file);
        Ok(())
    }
}
