//! The file operations that durability needs. They stand behind a trait, so that a test can drop unsynced writes.

use std::{
    fmt::Debug,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
    time::Duration,
};

/// A file that is being received.
pub trait PartFile: Write + Send {
    /// Makes the bytes written so far survive a power cut. Never called again after a failure: systems differ in what a
    /// second call reports about the lost pages.
    fn sync(&mut self) -> io::Result<()>;

    /// Starts writing `len` bytes from `from` on to the disk without waiting. This is only a hint; doing nothing is
    /// correct too.
    fn begin_sync(&mut self, _from: u64, _len: u64) {}

    /// Cuts the file off behind `len` bytes and goes on writing there.
    fn cut(&mut self, len: u64) -> io::Result<()>;
}

/// A blob that is being read.
pub trait StoredFile: Read + Seek + Send {}

impl<T: Read + Seek + Send> StoredFile for T {}

/// The file system as the blob folder uses it.
///
/// The bytes of a file, its name in a folder and a rename become durable separately: bytes by [`PartFile::sync`], names
/// (of created and renamed files and of folders alike) by [`Files::sync_folder`] of the folder that holds the name.
pub trait Files: Debug + Send + Sync {
    /// Makes a folder whose parent exists; false when it was there already.
    fn create_folder(&self, folder: &Path) -> io::Result<bool>;

    /// Opens a file for writing and creates it when missing. Existing bytes stay.
    fn write(&self, file: &Path) -> io::Result<Box<dyn PartFile>>;

    /// Opens a file for reading, and gives its length in bytes.
    fn read(&self, file: &Path) -> io::Result<(Box<dyn StoredFile>, u64)>;

    /// The length of a file in bytes, `None` when there is none.
    fn len(&self, file: &Path) -> io::Result<Option<u64>>;

    /// Renames a file atomically within one file system, replacing any file of that name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes the names in a folder outlive a power cut.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a file; none to remove is success.
    fn remove(&self, file: &Path) -> io::Result<()>;

    /// Bytes that the file system of a folder has room for.
    fn room(&self, folder: &Path) -> io::Result<u64>;

    /// The files in a folder, each with the time since it was written last; none when there is no such folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Duration)>>;
}

/// The real file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiskFiles;

impl PartFile for File {
    fn sync(&mut self) -> io::Result<()> {
        // fdatasync syncs the bytes and the length, but not the times.
        self.sync_data()
    }

    #[cfg(target_os = "linux")]
    fn begin_sync(&mut self, from: u64, len: u64) {
        // Linux starts writing dirty pages back when it is told that they are no longer needed. They stay cached until
        // then.
        let len = std::num::NonZeroU64::new(len);
        if let Err(error) = rustix::fs::fadvise(&*self, from, len, rustix::fs::Advice::DontNeed) {
            tracing::debug!(%error, "the file system takes no advice");
        }
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.set_len(len)?;
        self.seek(SeekFrom::Start(len)).map(drop)
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

    fn write(&self, file: &Path) -> io::Result<Box<dyn PartFile>> {
        Ok(Box::new(OpenOptions::new().write(true).create(true).truncate(false).open(file)?))
    }

    fn read(&self, file: &Path) -> io::Result<(Box<dyn StoredFile>, u64)> {
        let file = File::open(file)?;
        let len = file.metadata()?.len();
        Ok((Box::new(file), len))
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
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn room(&self, folder: &Path) -> io::Result<u64> {
        let told = rustix::fs::statvfs(folder)?;
        Ok(told.f_bavail.saturating_mul(told.f_frsize))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Duration)>> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry?;
            // A name that is no text, or a file that is gone by now, is none of ours.
            let (Ok(name), Ok(written)) =
                (entry.file_name().into_string(), entry.metadata().and_then(|m| m.modified()))
            else {
                continue;
            };
            found.push((name, written.elapsed().unwrap_or_default()));
        }
        Ok(found)
    }
}
