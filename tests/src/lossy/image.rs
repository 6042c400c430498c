//! What is on the disk when the power comes back.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Files and folders as a power cut left them, with paths relative to the disk's root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// The bytes of each file whose name survived.
    pub files: BTreeMap<PathBuf, Arc<Vec<u8>>>,
    /// The folders whose name survived.
    pub folders: BTreeSet<PathBuf>,
}

impl Image {
    /// Takes in the real bytes of a file, or of the files of a folder, where there is one.
    pub(super) fn take_in(&mut self, root: &Path, path: &Path) {
        let Ok(relative) = path.strip_prefix(root) else { return };
        if let Ok(bytes) = fs::read(path) {
            self.files.insert(relative.to_owned(), Arc::new(bytes));
        } else if let Ok(entries) = fs::read_dir(path) {
            self.folders.insert(relative.to_owned());
            entries.flatten().for_each(|entry| self.take_in(root, &entry.path()));
        }
    }

    /// Lays the image out in `folder`, which exists: the machine starts again from there.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn restore(&self, folder: &Path) -> io::Result<()> {
        for path in &self.folders {
            fs::create_dir_all(folder.join(path))?;
        }
        for (path, bytes) in &self.files {
            fs::write(folder.join(path), bytes.as_slice())?;
        }
        Ok(())
    }
}
