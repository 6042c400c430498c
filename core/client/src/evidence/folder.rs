//! The folder with all blobs of one account on this phone. Each file is named by the hash of its bytes.
//!
//! ```text
//! <root>/ab/cdef…   one file a blob: its SHA-256 in hex, the first two digits are the folder
//! <root>/tmp/       files that are being written; emptied when the folder is opened
//! ```

use crate::disk::is_full;
use crate::disk::{DiskFiles, Files, NewFile, StoredFile};
use firebee_domain::{code::Code, id::ContentId};
use firebee_protocol::media::SNIFF_BYTES;
use sha2::{Digest, Sha256};
use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// The blobs of one account on this phone (protocol, "Blobs").
///
/// A file gets the hash as its name only after its bytes are on the disk, so a file under a hash is complete. Open each
/// folder once: opening removes half-written files of an earlier run.
#[derive(Debug)]
pub struct BlobFolder {
    root: PathBuf,
    files: Arc<dyn Files>,
    /// Held while blobs get or lose their names. So undoing a failed adoption never removes a blob that another caller
    /// relies on.
    naming: Mutex<Naming>,
    next_temp: AtomicU64,
}

/// Why a file cannot be read or is not stored.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// No room for it. The journal's reserve is not touched for files.
    #[error("there is no room left for the file")]
    DiskFull(#[source] io::Error),
    /// The source could not be read: it is a folder, has gone, or is not open to the app.
    #[error("the source of the file could not be read")]
    Source(#[source] io::Error),
    /// Reading or writing the folder failed.
    #[error("the file could not be stored")]
    Storage(#[source] io::Error),
}

impl FolderError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::DiskFull(_) => Code::DiskFull,
            Self::Source(_) => Code::FileUnreadable,
            Self::Storage(_) => Code::StorageFailed,
        }
    }
}

impl From<io::Error> for FolderError {
    fn from(error: io::Error) -> Self {
        if is_full(&error) { Self::DiskFull(error) } else { Self::Storage(error) }
    }
}

/// What is known of the root folder's own entries.
#[derive(Debug, Default)]
struct Naming {
    /// A folder of hashes was made and the root not yet synced.
    root_unsynced: bool,
}

impl BlobFolder {
    /// Opens the folder on the real file system, makes it when it is missing (its parent must exist) and removes
    /// half-written files of an earlier run.
    pub fn open(root: impl Into<PathBuf>) -> io::Result<Self> {
        Self::open_over(root, Arc::new(DiskFiles))
    }

    /// As [`BlobFolder::open`], over another file layer.
    pub fn open_over(root: impl Into<PathBuf>, files: Arc<dyn Files>) -> io::Result<Self> {
        let root = root.into();
        files.create_folder(&root)?;
        files.create_folder(&root.join(TEMP_FOLDER))?;
        // Existing folders are synced too: an earlier run may have been killed between creating and syncing them.
        if let Some(parent) = root.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            files.sync_folder(parent)?;
        }
        files.sync_folder(&root)?;
        let folder = Self { root, files, naming: Mutex::default(), next_temp: AtomicU64::new(0) };
        folder.sweep_temps()?;
        Ok(folder)
    }

    /// The path of the blob's file, whether the file exists or not. The path depends on the id only.
    pub fn path(&self, id: ContentId) -> PathBuf {
        let hex: String = id.0.iter().map(|byte| format!("{byte:02x}")).collect();
        let (folder, name) = hex.split_at_checked(2).unwrap_or_default();
        self.root.join(folder).join(name)
    }

    /// Opens a blob's bytes for reading; `NotFound` when this phone does not hold it.
    pub fn read(&self, id: ContentId) -> io::Result<Box<dyn StoredFile>> {
        self.files.open(&self.path(id))
    }

    /// The length in bytes of a blob that this phone holds.
    pub fn len(&self, id: ContentId) -> io::Result<Option<u64>> {
        self.files.len(&self.path(id))
    }

    /// Deletes a blob; false when there was none. The caller has checked that the server verified the blob.
    pub fn remove(&self, id: ContentId) -> io::Result<bool> {
        let _naming = self.naming();
        match self.files.remove(&self.path(id)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// All blobs in the folder, in no order. Files with other names are ignored.
    pub fn list(&self) -> io::Result<Vec<ContentId>> {
        let mut found = Vec::new();
        for folder in self.files.list(&self.root)?.into_iter().filter(|path| !path.ends_with(TEMP_FOLDER)) {
            let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            let first = name(&folder);
            for file in self.files.list(&folder)? {
                found.extend(format!("sha256-{first}{}", name(&file)).parse::<ContentId>().ok());
            }
        }
        Ok(found)
    }

    /// Stores bytes from memory, such as a sealed track segment. They are durable when this returns.
    pub fn keep(&self, bytes: &[u8]) -> io::Result<StoredBlob> {
        let mut temp = self.temp()?;
        temp.write_all(bytes)?;
        let [blob] = self.adopt([temp])?;
        Ok(blob)
    }

    /// A new file to write a blob into. Dropping it without adopting it deletes the file.
    pub fn temp(&self) -> io::Result<Temp> {
        let number = self.next_temp.fetch_add(1, Ordering::Relaxed);
        let path = self.root.join(TEMP_FOLDER).join(number.to_string());
        let file = self.files.create(&path)?;
        Ok(Temp { path, file: Some(file), files: self.files.clone(), hash: Sha256::new(), len: 0 })
    }

    /// Gives written files their names, all or none: syncs each file, renames it to its hash, then syncs the folders.
    /// After success the blobs survive a power cut; after a failure no new blob is left.
    ///
    /// A blob that was there is replaced by the same bytes, which heals a file that the disk has damaged.
    pub fn adopt<const N: usize>(&self, temps: [Temp; N]) -> io::Result<[StoredBlob; N]> {
        let mut written = Vec::with_capacity(N);
        let mut blobs = [StoredBlob { id: ContentId([0; 32]), len: 0 }; N];
        for (mut temp, blob) in temps.into_iter().zip(&mut blobs) {
            *blob = temp.finish()?;
            written.push((temp, self.path(blob.id)));
        }
        let mut naming = self.naming();
        let mut fresh = Vec::with_capacity(N);
        self.name_all(&mut naming, written, &mut fresh).inspect_err(|_| {
            for path in fresh {
                // The first error is returned, so this one is dropped. No fact names a blob that stays behind.
                let _ = self.files.remove(&path);
            }
        })?;
        Ok(blobs)
    }

    fn name_all(&self, naming: &mut Naming, written: Vec<(Temp, PathBuf)>, fresh: &mut Vec<PathBuf>) -> io::Result<()> {
        let mut folders = Vec::with_capacity(written.len());
        for (temp, path) in written {
            let folder = path.parent().unwrap_or(&self.root).to_owned();
            naming.root_unsynced |= self.files.create_folder(&folder)?;
            let is_new = self.files.len(&path)?.is_none();
            temp.rename(&path)?;
            if is_new {
                fresh.push(path);
            }
            if !folders.contains(&folder) {
                folders.push(folder);
            }
        }
        // Also when the blob was there: an earlier run may have been killed between rename and sync.
        folders.iter().try_for_each(|folder| self.files.sync_folder(folder))?;
        if naming.root_unsynced {
            self.files.sync_folder(&self.root)?;
            naming.root_unsynced = false;
        }
        Ok(())
    }

    fn sweep_temps(&self) -> io::Result<()> {
        let temps = self.files.list(&self.root.join(TEMP_FOLDER))?;
        temps.iter().try_for_each(|path| self.files.remove(path))
    }

    /// A thread that panicked while naming left at worst a blob that no fact names.
    fn naming(&self) -> MutexGuard<'_, Naming> {
        self.naming.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const TEMP_FOLDER: &str = "tmp";

/// A blob that this phone holds durably.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredBlob {
    /// The hash of its bytes.
    pub id: ContentId,
    /// Its length in bytes.
    pub len: u64,
}

/// Bytes of a source that are read at once.
pub(super) const BLOCK_BYTES: usize = 64 * 1024;
const _: () = assert!(BLOCK_BYTES >= SNIFF_BYTES, "the first block tells the type");

/// What came out of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Streamed<T> {
    /// All of it is in the file, and this is what its bytes are.
    Whole(T),
    /// No byte.
    Empty,
    /// Bytes that are nothing known.
    Unknown,
    /// More than may come.
    TooLarge,
}

/// A blob that is being written: hashed on the way, removed when dropped before [`BlobFolder::adopt`].
pub struct Temp {
    path: PathBuf,
    file: Option<Box<dyn NewFile>>,
    files: Arc<dyn Files>,
    hash: Sha256,
    len: u64,
}

impl Temp {
    /// Reads what was written so far, from its beginning.
    pub fn read(&self) -> io::Result<Box<dyn StoredFile>> {
        self.files.open(&self.path)
    }

    /// Bytes written so far.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Streams a source into the file, block by block. `sniff` reads the first block and tells what the bytes are. What
    /// it does not know is refused at the first block, and what is too large at the first block above `bytes_max`.
    ///
    /// # Errors
    /// The source cannot be read, or the file cannot be written.
    pub(super) fn receive<T>(
        &mut self,
        source: &mut impl Read,
        bytes_max: u64,
        sniff: impl Fn(&[u8]) -> Option<T>,
    ) -> Result<Streamed<T>, FolderError> {
        let mut block = Vec::with_capacity(BLOCK_BYTES);
        let mut kind = None;
        loop {
            block.clear();
            source.by_ref().take(BLOCK_BYTES as u64).read_to_end(&mut block).map_err(FolderError::Source)?;
            if block.is_empty() {
                return Ok(kind.map_or(Streamed::Empty, Streamed::Whole));
            }
            kind = kind.or_else(|| sniff(&block));
            if kind.is_none() {
                return Ok(Streamed::Unknown);
            }
            if self.len + block.len() as u64 > bytes_max {
                return Ok(Streamed::TooLarge);
            }
            self.write_all(&block)?;
        }
    }

    /// Syncs and closes the file, and returns its id and length.
    fn finish(&mut self) -> io::Result<StoredBlob> {
        if let Some(mut file) = self.file.take() {
            file.flush()?;
            file.sync()?;
        }
        Ok(StoredBlob { id: ContentId(self.hash.clone().finalize().into()), len: self.len })
    }

    fn rename(mut self, to: &Path) -> io::Result<()> {
        self.files.rename(&self.path, to)?;
        self.path = PathBuf::new();
        Ok(())
    }
}

impl Write for Temp {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let file = self.file.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        let written = file.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        self.len = self.len.saturating_add(u64::try_from(written).unwrap_or(u64::MAX));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), |file| file.flush())
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            // What cannot be removed now is swept when the folder is opened next.
            let _ = self.files.remove(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, io::Read};

    fn all_files(root: &Path) -> BTreeSet<PathBuf> {
        let mut found = BTreeSet::new();
        for entry in fs::read_dir(root).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { found.extend(all_files(&path)) } else { assert!(found.insert(path)) }
        }
        found
    }

    #[test]
    fn a_blob_lies_under_the_64_digits_of_its_hash() {
        let home = tempfile::tempdir().unwrap();
        let folder = BlobFolder::open(home.path().join("blobs")).unwrap();
        let blob = folder.keep(b"abc").unwrap();
        let path = home.path().join("blobs/ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(all_files(home.path()), BTreeSet::from([path.clone()]));
        assert_eq!(folder.path(blob.id), path);
        assert_eq!((blob.len, folder.len(blob.id).unwrap()), (3, Some(3)));
        let mut bytes = Vec::new();
        folder.read(blob.id).unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, b"abc");
    }

    #[test]
    fn keeping_the_same_bytes_again_is_the_same_blob_and_heals_a_damaged_file() {
        let home = tempfile::tempdir().unwrap();
        let folder = BlobFolder::open(home.path()).unwrap();
        let blob = folder.keep(b"abc").unwrap();
        fs::write(folder.path(blob.id), b"damaged").unwrap();
        assert_eq!(folder.keep(b"abc").unwrap(), blob);
        assert_eq!(fs::read(folder.path(blob.id)).unwrap(), b"abc");
        assert_eq!(all_files(home.path()).len(), 1);
    }

    #[test]
    fn what_is_dropped_unadopted_or_left_by_an_earlier_run_is_swept() {
        let home = tempfile::tempdir().unwrap();
        let folder = BlobFolder::open(home.path()).unwrap();
        folder.temp().unwrap().write_all(b"half a pic").unwrap();
        assert_eq!(all_files(home.path()).len(), 0);
        let mut torn = folder.temp().unwrap();
        torn.write_all(b"half a pic").unwrap();
        std::mem::forget(torn);
        assert_eq!(all_files(home.path()).len(), 1);
        BlobFolder::open(home.path()).unwrap();
        assert_eq!(all_files(home.path()).len(), 0);
    }

    #[test]
    fn removing_a_blob_frees_it_once() {
        let home = tempfile::tempdir().unwrap();
        let folder = BlobFolder::open(home.path()).unwrap();
        let blob = folder.keep(b"abc").unwrap();
        assert!(folder.remove(blob.id).unwrap());
        assert!(!folder.remove(blob.id).unwrap());
        assert_eq!(folder.len(blob.id).unwrap(), None);
        assert_eq!(folder.read(blob.id).map(|_| ()).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
