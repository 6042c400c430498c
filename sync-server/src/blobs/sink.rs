//! Where the bytes of a request go: into a file and through the hashes, synced each MiB.

use super::{PartFile, ReceiveError};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::io::Write as _;

/// Bytes between two syncs.
pub(super) const SYNC_BYTES: usize = 1 << 20;

/// The checksum that a tus request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// Of its body.
    Sha1([u8; 20]),
    /// Of its body.
    Sha256([u8; 32]),
}

enum Running {
    Sha1(Sha1, [u8; 20]),
    Sha256(Sha256, [u8; 32]),
}

/// A file that grows, and what its bytes hash to.
pub(super) struct Sink {
    file: Box<dyn PartFile>,
    /// Over everything in the file.
    hash: Sha256,
    /// Over what this request brought.
    checksum: Option<Running>,
    /// Bytes in the file.
    len: u64,
    /// Where the request began, and the hash up to there.
    start: (u64, Sha256),
}

impl Sink {
    /// Goes on behind `len` bytes that hash to `hash`; what the file has beyond them is cut off.
    pub(super) fn new(
        mut file: Box<dyn PartFile>,
        len: u64,
        hash: Sha256,
        checksum: Option<Checksum>,
    ) -> std::io::Result<Self> {
        file.cut(len)?;
        let checksum = checksum.map(|checksum| match checksum {
            Checksum::Sha1(wanted) => Running::Sha1(Sha1::new(), wanted),
            Checksum::Sha256(wanted) => Running::Sha256(Sha256::new(), wanted),
        });
        Ok(Self { file, start: (len, hash.clone()), hash, checksum, len })
    }

    pub(super) const fn len(&self) -> u64 {
        self.len
    }

    pub(super) const fn is_checked(&self) -> bool {
        self.checksum.is_some()
    }

    /// Writes and syncs, on a thread that may wait. A sink whose disk failed is gone: its bytes are in doubt.
    pub(super) async fn write(self, bytes: Vec<u8>) -> Result<Self, ReceiveError> {
        if bytes.is_empty() {
            return Ok(self);
        }
        self.on_thread(move |sink| {
            sink.file.write_all(&bytes)?;
            sink.hash.update(&bytes);
            match &mut sink.checksum {
                Some(Running::Sha1(running, _)) => running.update(&bytes),
                Some(Running::Sha256(running, _)) => running.update(&bytes),
                None => {}
            }
            sink.len += bytes.len() as u64;
            sink.file.sync()
        })
        .await
    }

    /// Drops what this request brought.
    pub(super) async fn take_back(self) -> Result<Self, ReceiveError> {
        self.on_thread(|sink| {
            sink.file.cut(sink.start.0)?;
            (sink.len, sink.hash) = sink.start.clone();
            Ok(())
        })
        .await
    }

    async fn on_thread(
        mut self,
        work: impl FnOnce(&mut Self) -> std::io::Result<()> + Send + 'static,
    ) -> Result<Self, ReceiveError> {
        let done = tokio::task::spawn_blocking(move || work(&mut self).map(|()| self));
        Ok(done.await.map_err(|_| ReceiveError::Disk)??)
    }

    /// Whether the request brought what its checksum says; true without one.
    pub(super) fn checksum_holds(&self) -> bool {
        match &self.checksum {
            Some(Running::Sha1(running, wanted)) => <[u8; 20]>::from(running.clone().finalize()) == *wanted,
            Some(Running::Sha256(running, wanted)) => <[u8; 32]>::from(running.clone().finalize()) == *wanted,
            None => true,
        }
    }

    /// The hash of everything in the file.
    pub(super) fn digest(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }

    /// What is hashed so far, to go on later; closes the file.
    pub(super) fn into_hashed(self) -> (u64, Sha256) {
        (self.len, self.hash)
    }
}
