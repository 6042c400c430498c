//! Why an operation of the blob folder failed.

use std::io;

/// The disk under the blob folder refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiskError {
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The disk failed; what it said was logged.
    #[error("the disk failed")]
    Failed,
}

impl From<io::Error> for DiskError {
    fn from(error: io::Error) -> Self {
        tracing::error!(%error, "the blob folder failed");
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Failed,
        }
    }
}
