//! The blob folder: which file is where, and when its name is durable.

use super::{
    BlobKey, Checksum, DiskError, Files, Sums,
    sink::{Sink, Storage},
};
use std::{
    collections::HashSet,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// The state of a blob's files when a piece arrives.
pub(crate) enum Opened {
    /// The part file, ready to go on.
    Part(Box<Sink>),
    /// The part file has fewer bytes than its row says.
    Short,
    /// The blob's file is complete; only its row does not say so.
    Final,
}

/// The blob folder, with the sub-folders that are known to be durable.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    root: PathBuf,
    files: Arc<dyn Files>,
    /// Folders of organisations that this process has made and synced, with all that is in them.
    durable: Arc<Mutex<HashSet<PathBuf>>>,
}

impl Folder {
    pub(super) fn open(data: &Path, files: Arc<dyn Files>) -> io::Result<Self> {
        let folder = Self::at(data, files);
        folder.files.create_folder(&folder.root)?;
        folder.files.sync_folder(data)?;
        Ok(folder)
    }

    pub(super) fn at(data: &Path, files: Arc<dyn Files>) -> Self {
        Self { root: data.join("blobs"), files, durable: Arc::default() }
    }

    /// `blobs/<organisation>/<first two digits>/<64 digits>`.
    pub(super) fn path(&self, key: BlobKey) -> PathBuf {
        let [first, ..] = key.id.0;
        self.root.join(digits(key.org.id().0.as_bytes())).join(digits(&[first])).join(digits(&key.id.0))
    }

    /// Where the pieces lie before they are verified.
    pub(super) fn part(&self, key: BlobKey) -> PathBuf {
        self.path(key).with_extension("part")
    }

    /// Where a whole object lies before it is verified.
    pub(super) fn whole(&self, key: BlobKey) -> PathBuf {
        self.path(key).with_extension("whole")
    }

    /// Makes the folders of an organisation, and their names durable, once a process; gives the blob's.
    fn prepare(&self, key: BlobKey) -> io::Result<PathBuf> {
        let path = self.path(key);
        let (Some(folder), Some(organisation)) = (path.parent(), path.parent().and_then(Path::parent)) else {
            return Err(io::Error::other("a blob has no folder"));
        };
        let durable = || self.durable.lock().unwrap_or_else(PoisonError::into_inner);
        if !durable().contains(organisation) {
            self.files.create_folder(organisation)?;
            // Creates all sub-folders at once for a single sync. Existing ones are synced too, because an earlier
            // process may have died before its sync.
            self.files.sync_folder(&self.root)?;
            for first in 0..=u8::MAX {
                self.files.create_folder(&organisation.join(digits(&[first])))?;
            }
            self.files.sync_folder(organisation)?;
            durable().insert(organisation.to_owned());
        }
        Ok(folder.to_owned())
    }

    /// The part file, ready to go on at `offset`, unless the blob has its name already.
    pub(super) fn open_part(
        &self,
        key: BlobKey,
        offset: u64,
        summed: Option<(u64, Sums)>,
        checksum: Option<Checksum>,
    ) -> io::Result<Opened> {
        let folder = self.prepare(key)?;
        if self.files.len(&self.path(key))?.is_some() {
            return Ok(Opened::Final);
        }
        let path = self.part(key);
        if self.files.len(&path)?.unwrap_or(0) < offset {
            return Ok(Opened::Short);
        }
        let sums = match summed {
            Some((_, sums)) => sums,
            None => self.sums(&path, offset)?,
        };
        // At offset 0 the name is synced even if the file exists, because an earlier process may have died before its
        // sync. An offset above 0 proves that the name was synced.
        let unnamed = (offset == 0).then(|| (self.files.clone(), folder));
        let storage = Storage::of(self.files.write(&path)?, unnamed);
        Ok(Opened::Part(Box::new(Sink::new(storage, offset, sums, checksum)?)))
    }

    /// An empty file for a whole object. Its temporary name need not survive a power cut, so it is not synced.
    pub(super) fn open_whole(&self, key: BlobKey) -> io::Result<Sink> {
        self.prepare(key)?;
        Sink::new(Storage::of(self.files.write(&self.whole(key))?, None), 0, Sums::default(), None)
    }

    /// The sums of the first `len` bytes of a file.
    fn sums(&self, path: &Path, len: u64) -> io::Result<Sums> {
        let mut sums = Sums::default();
        if len == 0 {
            return Ok(sums);
        }
        let (file, _) = self.files.read(path)?;
        let (mut file, mut buffer) = (file.take(len), vec![0; 64 << 10]);
        loop {
            let read = file.read(&mut buffer)?;
            let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { return Ok(sums) };
            sums.update(bytes);
        }
    }

    /// Gives a file the blob's own name, durably.
    pub(super) fn name(&self, from: &Path, key: BlobKey) -> io::Result<()> {
        let to = self.path(key);
        self.files.rename(from, &to)?;
        self.sync_name(key)
    }

    /// Makes the blob's own name outlive a power cut.
    pub(super) fn sync_name(&self, key: BlobKey) -> io::Result<()> {
        let path = self.path(key);
        self.files.sync_folder(path.parent().ok_or_else(|| io::Error::other("a blob has no folder"))?)
    }

    /// The bytes of a verified blob.
    pub(super) fn read(&self, key: BlobKey) -> io::Result<(Box<dyn Read + Send>, u64)> {
        self.files.read(&self.path(key))
    }

    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.files.remove(path)
    }

    /// Runs file operations on a thread that may wait.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> io::Result<T> + Send + 'static,
    ) -> Result<T, DiskError> {
        let folder = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&folder));
        Ok(done.await.map_err(|_| DiskError::Failed)??)
    }
}

/// Bytes as lower-case hex digits.
fn digits(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a String never fails.
        write!(out, "{byte:02x}").ok();
        out
    })
}
