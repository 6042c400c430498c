//! Blobs: files named by their hash, one namespace an organisation, received bit by bit and verified by re-hashing.
//!
//! Invariant: a file stands under its final name only after its bytes were hashed and synced. Invariant: no path is made
//! of anything but the bytes of ids.

mod files;

pub use files::{DiskFiles, Files, PartFile};

use firebee_domain::id::{ContentId, OrganisationId};
use std::{
    fmt::Write as _,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The bytes of one organisation have one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BlobKey {
    /// Whose they are: what another organisation holds is not here.
    pub organisation: OrganisationId,
    /// Their SHA-256.
    pub id: ContentId,
}

/// The folder of the blobs.
#[derive(Debug)]
pub struct Blobs {
    folder: PathBuf,
    files: Arc<dyn Files>,
}

impl Blobs {
    /// Opens (or makes) the folder `blobs` under `data`.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(data: &Path, files: Arc<dyn Files>) -> io::Result<Self> {
        let folder = data.join("blobs");
        if files.create_folder(&folder)? {
            files.sync_folder(data)?;
        }
        Ok(Self { folder, files })
    }

    /// Where a verified blob lies: `blobs/<organisation>/<first two digits>/<64 digits>`.
    pub fn path(&self, key: BlobKey) -> PathBuf {
        self.folder_of(key).join(digits(&key.id.0))
    }

    fn folder_of(&self, key: BlobKey) -> PathBuf {
        let [first, ..] = key.id.0;
        self.folder.join(digits(key.organisation.0.as_bytes())).join(digits(&[first]))
    }

    /// All bytes of a verified blob; `None` when there is none, or the disk fails (which is logged).
    pub async fn read(&self, key: BlobKey) -> Option<Vec<u8>> {
        let (files, path) = (self.files.clone(), self.path(key));
        let read = tokio::task::spawn_blocking(move || {
            let (mut file, len) = files.read(&path)?;
            let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or(0));
            file.read_to_end(&mut bytes)?;
            Ok::<_, io::Error>(bytes)
        });
        match read.await {
            Ok(Ok(bytes)) => Some(bytes),
            Ok(Err(error)) => {
                tracing::error!(%error, "a blob cannot be read");
                None
            }
            Err(_) => None,
        }
    }
}

/// Bytes as lower-case hex digits.
fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a String never fails.
        write!(out, "{byte:02x}").ok();
        out
    })
}
