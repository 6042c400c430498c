//! Why bytes were not taken.

use crate::{blobs::DiskError, store::StoreError};
use firebee_domain::code::Code;

/// Why bytes were not taken, or not all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiveError {
    /// No fact of this organisation names the blob.
    #[error("no fact announced the blob")]
    NotAnnounced,
    /// The bytes do not begin at the upload's offset, or a newer request took over.
    #[error("the upload stands at {offset}")]
    OffsetMismatch {
        /// The upload's offset.
        offset: u64,
    },
    /// The checksum of the request does not match its bytes. None of them was kept.
    #[error("the checksum of the request does not hold")]
    ChecksumMismatch {
        /// Where the upload stands.
        offset: u64,
    },
    /// All bytes have arrived, but their hash is not the blob's. None of them was kept.
    #[error("the bytes are not those of the blob")]
    HashMismatch,
    /// More bytes than the upload said, or than a blob may have.
    #[error("more bytes than the blob may have")]
    TooLarge,
    /// The sender went away.
    #[error("the sender went away")]
    Interrupted {
        /// Where the upload stands.
        offset: u64,
    },
    /// Another length than the facts of the blob and its upload have.
    #[error("the blob has {len} bytes")]
    LengthDiffers {
        /// The length of the upload, or that a fact announced.
        len: u64,
    },
    /// The store has begun too many uploads without finishing them.
    #[error("{unfinished} bytes of uploads are not finished")]
    TooMuchUnfinished {
        /// Bytes that were begun and not finished.
        unfinished: u64,
        /// As many as may be.
        most: u64,
    },
    /// The disk is full, or has only the reserve for facts left.
    #[error("the disk is full")]
    DiskFull,
    /// The disk failed. The log has its message.
    #[error("the disk failed")]
    Disk,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ReceiveError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::NotAnnounced => Code::BlobNotAnnounced,
            Self::OffsetMismatch { .. } | Self::Interrupted { .. } => Code::OffsetMismatch,
            Self::ChecksumMismatch { .. } => Code::ChecksumMismatch,
            Self::HashMismatch => Code::BlobMismatch,
            Self::TooLarge => Code::TooLarge,
            Self::LengthDiffers { .. } => Code::LengthMismatch,
            Self::TooMuchUnfinished { .. } => Code::UploadsUnfinished,
            Self::DiskFull => Code::BlobsFull,
            Self::Disk => Code::SlowDown,
            Self::Store(error) => error.code(),
        }
    }
}

impl From<DiskError> for ReceiveError {
    fn from(error: DiskError) -> Self {
        match error {
            DiskError::Full => Self::DiskFull,
            DiskError::Failed => Self::Disk,
        }
    }
}
