//! Where the bytes of a request go: into a file and through the hashes, side by side, while the next are received.

use super::{DiskError, Files, PartFile, Sums};
use crate::blocking;
use bytes::Bytes;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::{
    io::{self, Write as _},
    path::PathBuf,
    sync::Arc,
};
use tokio::task::JoinHandle;

/// The bytes of one step, which are written, hashed and synced together. Meanwhile the next step is received, so an
/// upload holds two steps in memory. Smaller steps cost more in thread wake-ups than they save.
pub(crate) const STEP_BYTES: usize = 1 << 20;

/// How far a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The bytes would survive a power cut, under the name that the file has.
    Synced,
    /// The bytes would survive a power cut. They are the whole blob, so the file is about to get another name.
    Whole,
    /// The disk has begun to write the bytes, so the sync at the end has less to wait for.
    Begun,
}

/// The checksum that a tus request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// Of its body.
    Sha1([u8; 20]),
    /// Of its body.
    Sha256([u8; 32]),
}

/// What a request's own checksum is compared with.
enum Check {
    Sha1(Sha1, [u8; 20]),
    Sha256(Sha256, [u8; 32]),
    /// The request carries the file from its first byte, so one hash serves both checks.
    Whole([u8; 32]),
}

impl Check {
    fn of(checksum: Checksum, start: u64) -> Self {
        match checksum {
            Checksum::Sha1(wanted) => Self::Sha1(Sha1::new(), wanted),
            Checksum::Sha256(wanted) if start == 0 => Self::Whole(wanted),
            Checksum::Sha256(wanted) => Self::Sha256(Sha256::new(), wanted),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(running, _) => running.update(bytes),
            Self::Sha256(running, _) => running.update(bytes),
            Self::Whole(_) => {}
        }
    }

    fn holds(&self, whole: &Sums) -> bool {
        match self {
            Self::Sha1(running, wanted) => <[u8; 20]>::from(running.clone().finalize()) == *wanted,
            Self::Sha256(running, wanted) => <[u8; 32]>::from(running.clone().finalize()) == *wanted,
            Self::Whole(wanted) => whole.hash() == *wanted,
        }
    }
}

/// The file, and the folder whose entry for it is still to be synced.
pub(super) struct Storage {
    file: Box<dyn PartFile>,
    unnamed: Option<(Arc<dyn Files>, PathBuf)>,
    end: u64,
    synced: u64,
}

impl Storage {
    /// A file, with its folder if a power cut may take the file's name.
    pub(super) fn of(file: Box<dyn PartFile>, unnamed: Option<(Arc<dyn Files>, PathBuf)>) -> Self {
        Self { file, unnamed, end: 0, synced: 0 }
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.file.cut(len)?;
        (self.end, self.synced) = (len, len);
        Ok(())
    }

    fn write(&mut self, chunks: &[Bytes], reach: Reach) -> io::Result<()> {
        if let Some((files, folder)) = self.unnamed.take_if(|_| reach == Reach::Synced) {
            files.sync_folder(&folder)?;
        }
        let from = self.end;
        for chunk in chunks {
            self.file.write_all(chunk)?;
            self.end += chunk.len() as u64;
        }
        match reach {
            Reach::Synced | Reach::Whole if self.end == self.synced => Ok(()),
            Reach::Synced | Reach::Whole => {
                self.synced = self.end;
                self.file.sync()
            }
            Reach::Begun => {
                self.file.begin_sync(from, self.end - from);
                Ok(())
            }
        }
    }
}

/// A growing file with the hash of its bytes; no write is under way.
pub(crate) struct Sink {
    storage: Storage,
    /// Over everything in the file.
    sums: Sums,
    /// Over what this request brought.
    check: Option<Check>,
    /// Bytes in the file.
    len: u64,
    /// Where the request began, and the sums up to there.
    start: (u64, Sums),
}

/// A [`Sink`] whose bytes are being written and hashed.
pub(crate) struct Writing {
    storage: JoinHandle<io::Result<Storage>>,
    sums: JoinHandle<Sums>,
    check: Option<JoinHandle<Check>>,
    len: u64,
    start: (u64, Sums),
}

impl Sink {
    /// Continues after `len` bytes, whose sums are `sums`. Bytes beyond `len` are cut off.
    pub(super) fn new(mut storage: Storage, len: u64, sums: Sums, checksum: Option<Checksum>) -> io::Result<Self> {
        storage.cut(len)?;
        let check = checksum.map(|checksum| Check::of(checksum, len));
        Ok(Self { storage, start: (len, sums.clone()), sums, check, len })
    }

    pub(crate) const fn len(&self) -> u64 {
        self.len
    }

    pub(crate) const fn is_checked(&self) -> bool {
        self.check.is_some()
    }

    /// Begins to write and to hash on threads that may wait, the file's and each hash's own: while the disk
    /// syncs, the processor hashes.
    pub(crate) fn write(self, chunks: Vec<Bytes>, reach: Reach) -> Writing {
        let Self { mut storage, mut sums, check, len, start } = self;
        let len = len + chunks.iter().map(|chunk| chunk.len() as u64).sum::<u64>();
        let (for_sums, for_check) = (chunks.clone(), check.is_some().then(|| chunks.clone()));
        Writing {
            storage: blocking::run(move || storage.write(&chunks, reach).map(|()| storage)),
            sums: blocking::run(move || {
                for_sums.iter().for_each(|chunk| sums.update(chunk));
                sums
            }),
            check: check.zip(for_check).map(|(mut check, chunks)| {
                blocking::run(move || {
                    chunks.iter().for_each(|chunk| check.update(chunk));
                    check
                })
            }),
            len,
            start,
        }
    }

    /// Drops what this request brought.
    pub(crate) async fn take_back(mut self) -> Result<Self, DiskError> {
        let done = blocking::run(move || {
            self.storage.cut(self.start.0)?;
            (self.len, self.sums) = self.start.clone();
            Ok::<_, io::Error>(self)
        });
        Ok(done.await.map_err(|_| DiskError::Failed)??)
    }

    /// Whether the bytes of the request match its checksum; true without a checksum.
    pub(crate) fn checksum_holds(&self) -> bool {
        self.check.as_ref().is_none_or(|check| check.holds(&self.sums))
    }

    /// The sums of everything in the file.
    pub(crate) const fn sums(&self) -> &Sums {
        &self.sums
    }

    /// Closes the file and returns its length and its sums, to continue later.
    pub(crate) fn into_summed(self) -> (u64, Sums) {
        (self.len, self.sums)
    }
}

impl Writing {
    /// Bytes that will be in the file.
    pub(crate) const fn len(&self) -> u64 {
        self.len
    }

    /// Waits for the writes under way. After a disk failure the sink is dropped, because its bytes are in doubt. In
    /// every case nobody writes into the file afterwards.
    pub(crate) async fn done(self) -> Result<Sink, DiskError> {
        let storage = self.storage.await;
        let sums = self.sums.await;
        let check = match self.check {
            Some(check) => Some(check.await.map_err(|_| DiskError::Failed)?),
            None => None,
        };
        let storage = storage.map_err(|_| DiskError::Failed)??;
        let sums = sums.map_err(|_| DiskError::Failed)?;
        Ok(Sink { storage, sums, check, len: self.len, start: self.start })
    }
}
