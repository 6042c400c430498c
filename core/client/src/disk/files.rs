//! The file operations that durability needs. They stand behind a trait, so that a test can drop unsynced writes.

use std::{
    fmt::Debug,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

/// A file that is being written.
pub trait NewFile: Write + Send {
    /// Makes the bytes written so far survive a power cut. Never called again after a failure: systems differ in what a
    /// second call reports about the lost pages.
    fn sync(&mut self) -> io::Result<()>;
}

/// A file that is being read.
pub trait StoredFile: Read + Seek + Send {}

impl<T: Read + Seek + Send> StoredFile for T {}

/// The file system as a phone uses it.
///
/// The bytes of a file, its name in a folder and a rename become durable separately: bytes by [`NewFile::sync`], names
/// (of created, renamed and removed files and of folders alike) by [`Files::sync_folder`] of the folder that holds the
/// name. Nothing else is guaranteed.
pub trait Files: Debug + Send + Sync {
    /// Makes a folder whose parent exists; false when it was there already.
    fn create_folder(&self, folder: &Path) -> io::Result<bool>;

    /// Creates a file for writing; `AlreadyExists` when the name is taken.
    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>>;

    /// Opens a file for reading.
    fn open(&self, file: &Path) -> io::Result<Box<dyn StoredFile>>;

    /// The length of a file in bytes, `None` when there is none.
    fn len(&self, file: &Path) -> io::Result<Option<u64>>;

    /// Renames a file atomically within one file system, replacing any file of that name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes the names in a folder outlive a power cut.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a file; `NotFound` when there is none.
    fn remove(&self, file: &Path) -> io::Result<()>;

    /// Removes a folder and all that lies in it; `NotFound` when there is none.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// The paths of what lies in a folder, in no order.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// How many bytes an app may still write where a folder lies; `None` where the system does not say.
    fn room(&self, folder: &Path) -> Option<u64>;
}

/// The real file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiskFiles;

impl NewFile for File {
    /// `sync_all` is `F_FULLFSYNC` on Apple's systems, where a plain fsync stops at the drive's cache.
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

impl Files for DiskFiles {
    fn create_folder(&self, folder: &Path) -> io::Result<bool> {
        match fs::create_dir(folder) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>> {
        Ok(Box::new(OpenOptions::new().write(true).create_new(true).open(file)?))
    }

    fn open(&self, file: &Path) -> io::Result<Box<dyn StoredFile>> {
        Ok(Box::new(File::open(file)?))
    }

    fn len(&self, file: &Path) -> io::Result<Option<u64>> {
        match fs::metadata(file) {
            Ok(metadata) => Ok(Some(metadata.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        fs::remove_file(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir_all(folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
    }

    fn room(&self, folder: &Path) -> Option<u64> {
        let told = rustix::fs::statvfs(folder).ok()?;
        Some(told.f_bavail.saturating_mul(told.f_frsize))
    }
}
