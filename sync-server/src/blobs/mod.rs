//! Blobs as files, named by their hash, in one namespace for each organisation. This room knows no rows.
//!
//! Invariant: a file stands under its final name only after its bytes were hashed and synced. Invariant: paths are made
//! from ids only.

mod error;
mod files;
mod folder;
mod sink;
mod sniff;
mod sums;

pub use error::DiskError;
pub use files::{DiskFiles, Files, PartFile, StoredFile};
pub(crate) use folder::{Begun, Opened};
pub use sink::Checksum;
pub(crate) use sink::{Reach, STEP_BYTES, Sink};
pub use sniff::{Found, served};
pub(crate) use sums::Sums;

use crate::org::Org;
use firebee_domain::{
    evidence::PhotoExif,
    id::{ContentId, StoreId},
};
use firebee_protocol::{fact::Mime, media::SNIFF_BYTES};
use folder::{Folder, digits};
use std::{
    collections::HashSet,
    io::{self, BufReader, Read, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// The bytes of one organisation have one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BlobKey {
    /// The firm that owns the blob. Blobs of other firms are separate.
    pub org: Org,
    /// Their SHA-256.
    pub id: ContentId,
}

/// A part file: the bytes of an upload before they are verified. Every store has its own, and a store gets a new one when
/// somebody else might still write into the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartKey {
    /// The blob that it is to become.
    pub blob: BlobKey,
    /// The store that sends it.
    pub store: StoreId,
    /// Its number, from 1.
    pub number: u64,
}

impl PartKey {
    /// The blob's digits, the store's, the number.
    fn file_name(self) -> String {
        format!("{}.{}.{}", digits(&self.blob.id.0), digits(self.store.0.as_bytes()), self.number)
    }
}

/// What a blob is, by its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its type, by its first bytes; `None` for a type that no blob may have.
    pub media: Option<Mime>,
    /// What a camera wrote into it; `None` of what is no picture.
    pub exif: Option<PhotoExif>,
}

/// The folder of the blobs. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: Folder,
}

impl Blobs {
    /// Opens (or makes) the folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(folder: &Path, files: Arc<dyn Files>) -> io::Result<Self> {
        Ok(Self { folder: Folder::open(folder, files)? })
    }

    /// The folder as it stands, to read it: nothing is made.
    pub fn at(folder: &Path) -> Self {
        Self { folder: Folder::at(folder, Arc::new(DiskFiles)) }
    }

    /// Where a verified blob lies: `blobs/<organisation>/<first two digits>/<64 digits>`.
    pub fn path(&self, key: BlobKey) -> PathBuf {
        self.folder.path(key)
    }

    /// Opens a verified blob for reading, and gives its length in bytes.
    ///
    /// # Errors
    /// See [`DiskError`]; what the system said is logged.
    pub async fn open_verified(&self, key: BlobKey) -> Result<(Box<dyn StoredFile>, u64), DiskError> {
        self.folder.run(move |folder| folder.read(key)).await
    }

    /// What a verified blob is by its bytes.
    ///
    /// # Errors
    /// See [`DiskError`]; what the system said is logged.
    pub async fn look(&self, key: BlobKey) -> Result<Look, DiskError> {
        let read = self.folder.run(move |folder| {
            let (file, _) = folder.read(key)?;
            let mut file = BufReader::new(file);
            let mut start = Vec::with_capacity(SNIFF_BYTES);
            file.by_ref().take(SNIFF_BYTES as u64).read_to_end(&mut start)?;
            file.seek(SeekFrom::Start(0))?;
            let exif = firebee_picture::read(&mut file)?.map(|found| found.fact());
            Ok(Look { media: Mime::sniff(&start), exif })
        });
        read.await
    }

    /// All bytes of a verified blob; `None` when there is none or the disk fails. A disk failure is logged.
    pub async fn read(&self, key: BlobKey) -> Option<Vec<u8>> {
        let read = self.folder.run(move |folder| {
            let (mut file, len) = folder.read(key)?;
            let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or(0));
            file.read_to_end(&mut bytes).map(|_| bytes)
        });
        read.await.ok()
    }

    /// Where a part file lies: `blobs/<organisation>/<first two digits>/<64 digits>.<store>.<number>`.
    pub fn part_path(&self, part: PartKey) -> PathBuf {
        self.folder.part(part)
    }

    /// Bytes that the disk has room for.
    ///
    /// # Errors
    /// See [`DiskError`]; what the system said is logged.
    pub(crate) async fn room(&self) -> Result<u64, DiskError> {
        self.folder.run(Folder::room).await
    }

    /// Removes what a firm's uploads left behind, but for the part files that run; tells how many files.
    pub(crate) async fn sweep(&self, org: Org, running: Vec<PartKey>, age_min: Duration) -> Result<usize, DiskError> {
        let running: HashSet<String> = running.into_iter().map(PartKey::file_name).collect();
        self.folder.run(move |folder| folder.sweep(org, &running, age_min)).await
    }

    pub(crate) async fn open_part(
        &self,
        part: PartKey,
        offset: u64,
        begun: Begun,
        checksum: Option<Checksum>,
    ) -> Result<Opened, DiskError> {
        self.folder.run(move |folder| folder.open_part(part, offset, begun, checksum)).await
    }

    pub(crate) async fn open_whole(&self, key: BlobKey, request: u64) -> Result<Sink, DiskError> {
        self.folder.run(move |folder| folder.open_whole(key, request)).await
    }

    /// Gives the part file the blob's name.
    pub(crate) async fn name_part(&self, part: PartKey) -> Result<(), DiskError> {
        self.folder.run(move |folder| folder.name(&folder.part(part), part.blob)).await
    }

    /// Gives the whole blob of a request its name.
    pub(crate) async fn name_whole(&self, key: BlobKey, request: u64) -> Result<(), DiskError> {
        self.folder.run(move |folder| folder.name(&folder.whole(key, request), key)).await
    }

    /// The length and the sums of the bytes under a blob's final name. Syncs that name: the process that renamed the
    /// file may have died before its sync.
    pub(crate) async fn sum_named(&self, key: BlobKey) -> Result<(u64, Sums), DiskError> {
        self.folder.run(move |folder| folder.sync_name(key).and_then(|()| folder.sum(key))).await
    }

    pub(crate) async fn drop_part(&self, part: PartKey) -> Result<(), DiskError> {
        self.folder.run(move |folder| folder.remove(&folder.part(part))).await
    }

    pub(crate) async fn drop_whole(&self, key: BlobKey, request: u64) -> Result<(), DiskError> {
        self.folder.run(move |folder| folder.remove(&folder.whole(key, request))).await
    }

    /// As [`Blobs::drop_final`], for whoever holds the rows of the file meanwhile, on a thread that may have no runtime.
    pub(crate) fn drop_final_now(&self, key: BlobKey) -> io::Result<()> {
        self.folder.remove(&self.folder.path(key))
    }

    pub(crate) async fn drop_final(&self, key: BlobKey) -> Result<(), DiskError> {
        self.folder.run(move |folder| folder.remove(&folder.path(key))).await
    }
}
