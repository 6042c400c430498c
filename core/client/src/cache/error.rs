//! Why the cache does not do what was asked.

use firebee_domain::code::Code;
use rusqlite::{Error, ErrorCode};

/// Why the cache cannot be read or written. Nothing is lost by it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CacheError {
    /// Closed for the time that the app is suspended.
    #[error("the cache is closed while the app is suspended")]
    Suspended,
    /// No room left.
    #[error("there is no room left")]
    DiskFull,
    /// Damaged: it was deleted, and the next pull fills an empty one.
    #[error("the cache was damaged and is pulled anew: {reason}")]
    Damaged {
        /// What was wrong.
        reason: String,
    },
    /// A patch does not fit the document in the cache. The phone asks for the page again, with whole documents.
    #[error("a patch does not fit the document that is held")]
    PatchUnfit,
    /// Reading or writing failed.
    #[error("the cache cannot be used: {reason}")]
    Unavailable {
        /// What failed.
        reason: String,
    },
}

impl CacheError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::DiskFull => Code::DiskFull,
            Self::PatchUnfit => Code::PatchUnfit,
            Self::Suspended | Self::Damaged { .. } | Self::Unavailable { .. } => Code::CacheUnavailable,
        }
    }

    pub(super) const fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged { .. })
    }
}

impl From<Error> for CacheError {
    fn from(error: Error) -> Self {
        let reason = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { reason },
            _ => Self::Unavailable { reason },
        }
    }
}
