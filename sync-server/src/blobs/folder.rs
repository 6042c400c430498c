//! The blob folder: which file is where, and when its name is durable.

use super::{
    BlobKey, Checksum, DiskError, Files, PartFile, PartKey, StoredFile, Sums,
    sink::{Sink, Storage},
};
use crate::{blocking, org::Org};
use std::{
    collections::HashSet,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
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

/// What is known of the bytes that a part file begins with.
#[derive(Default)]
pub(crate) struct Begun {
    /// Their hash, if this process wrote them and nobody since.
    pub(crate) hash: Option<Sums>,
    /// The number of the part file that holds them, if it is another one.
    pub(crate) copy_of: Option<u64>,
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
    pub(super) fn open(root: &Path, files: Arc<dyn Files>) -> io::Result<Self> {
        files.create_folder(root)?;
        files.sync_folder(root.parent().unwrap_or(root))?;
        Ok(Self::at(root, files))
    }

    pub(super) fn at(root: &Path, files: Arc<dyn Files>) -> Self {
        Self { root: root.to_owned(), files, durable: Arc::default() }
    }

    /// `blobs/<organisation>/<first two digits>/<64 digits>`.
    pub(super) fn path(&self, key: BlobKey) -> PathBuf {
        self.shelf(key).join(digits(&key.id.0))
    }

    /// The folder of a blob. What is not verified lies in the same one, under a name with a dot: a power cut then keeps the
    /// old name or the new one, and never neither.
    fn shelf(&self, key: BlobKey) -> PathBuf {
        let [first, ..] = key.id.0;
        self.organisation(key.org).join(digits(&[first]))
    }

    fn organisation(&self, org: Org) -> PathBuf {
        self.root.join(digits(org.id().0.as_bytes()))
    }

    /// Where the pieces lie before they are verified.
    pub(super) fn part(&self, part: PartKey) -> PathBuf {
        self.shelf(part.blob).join(part.file_name())
    }

    /// Where a whole blob lies before it is verified. Every request has a file of its own.
    pub(super) fn whole(&self, key: BlobKey, request: u64) -> PathBuf {
        self.shelf(key).join(format!("{}.{request:016x}", digits(&key.id.0)))
    }

    /// Makes the folders of an organisation, and their names durable, once a process.
    fn prepare(&self, org: Org) -> io::Result<()> {
        let organisation = &self.organisation(org);
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
        Ok(())
    }

    /// The part file, ready to go on at `offset`, unless the blob has its name already. With `copy_of`, the file begins
    /// as a copy of another part's first bytes, because somebody might still write into that one.
    pub(super) fn open_part(
        &self,
        part: PartKey,
        offset: u64,
        begun: Begun,
        checksum: Option<Checksum>,
    ) -> io::Result<Opened> {
        self.prepare(part.blob.org)?;
        if self.files.len(&self.path(part.blob))?.is_some() {
            return Ok(Opened::Final);
        }
        let path = self.part(part);
        let from = begun.copy_of.map_or_else(|| path.clone(), |number| self.part(PartKey { number, ..part }));
        if self.files.len(&from)?.unwrap_or(0) < offset {
            return Ok(Opened::Short);
        }
        let (hash, file) = match (begun.copy_of, begun.hash) {
            (Some(_), _) => self.copy(&from, &path, offset)?,
            (None, Some(hash)) => (hash, self.files.write(&path)?),
            (None, None) => (self.hash(&path, offset)?, self.files.write(&path)?),
        };
        // At offset 0 the name is synced even if the file exists, because an earlier process may have died before its
        // sync. An offset above 0 proves that the name was synced.
        let unnamed = (offset == 0).then(|| (self.files.clone(), self.shelf(part.blob)));
        let storage = Storage::of(file, unnamed);
        Ok(Opened::Part(Box::new(Sink::new(storage, offset, hash, checksum)?)))
    }

    /// Copies the first `len` bytes into a new file and makes both durable, bytes and name; hashes them meanwhile. Removes
    /// the old name.
    fn copy(&self, from: &Path, to: &Path, len: u64) -> io::Result<(Sums, Box<dyn PartFile>)> {
        let mut file = self.files.write(to)?;
        file.cut(0)?;
        let mut hash = Sums::default();
        if len > 0 {
            self.each_chunk(from, len, |bytes| {
                hash.update(bytes);
                file.write_all(bytes)
            })?;
        }
        file.sync()?;
        self.files.sync_folder(to.parent().unwrap_or(to))?;
        self.files.remove(from)?;
        Ok((hash, file))
    }

    /// An empty file for a whole blob. Its temporary name need not survive a power cut, so it is not synced.
    pub(super) fn open_whole(&self, key: BlobKey, request: u64) -> io::Result<Sink> {
        self.prepare(key.org)?;
        Sink::new(Storage::of(self.files.write(&self.whole(key, request))?, None), 0, Sums::default(), None)
    }

    /// Hashes the first `len` bytes of a file.
    fn hash(&self, path: &Path, len: u64) -> io::Result<Sums> {
        let mut hash = Sums::default();
        if len > 0 {
            self.each_chunk(path, len, |bytes| {
                hash.update(bytes);
                Ok(())
            })?;
        }
        Ok(hash)
    }

    /// The length and the sums of the bytes under a blob's final name, read step by step.
    pub(super) fn sum(&self, key: BlobKey) -> io::Result<(u64, Sums)> {
        let (mut len, mut sums) = (0, Sums::default());
        self.each_chunk(&self.path(key), u64::MAX, |bytes| {
            len += bytes.len() as u64;
            sums.update(bytes);
            Ok(())
        })?;
        Ok((len, sums))
    }

    /// Reads the first `len` bytes of a file, or as many as it has.
    fn each_chunk(&self, path: &Path, len: u64, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let (file, _) = self.files.read(path)?;
        let (mut file, mut buffer) = (file.take(len), vec![0; 64 << 10]);
        loop {
            let read = file.read(&mut buffer)?;
            let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { return Ok(()) };
            take(bytes)?;
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
    pub(super) fn read(&self, key: BlobKey) -> io::Result<(Box<dyn StoredFile>, u64)> {
        self.files.read(&self.path(key))
    }

    /// Bytes that the disk has room for.
    pub(super) fn room(&self) -> io::Result<u64> {
        self.files.room(&self.root)
    }

    /// Removes what a firm's uploads left behind: files that no upload has and that nobody has written for `age_min`.
    pub(super) fn sweep(&self, org: Org, running: &HashSet<String>, age_min: Duration) -> io::Result<usize> {
        let (organisation, mut removed) = (self.organisation(org), 0);
        for first in 0..=u8::MAX {
            let shelf = organisation.join(digits(&[first]));
            for (name, age) in self.files.list(&shelf)? {
                // A name without a dot is a blob.
                if name.contains('.') && age >= age_min && !running.contains(&name) {
                    self.files.remove(&shelf.join(name))?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
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
        let done = blocking::run(move || work(&folder));
        Ok(done.await.map_err(|_| DiskError::Failed)??)
    }
}

/// Bytes as lower-case hex digits.
pub(super) fn digits(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a String never fails.
        write!(out, "{byte:02x}").ok();
        out
    })
}
