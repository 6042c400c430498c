//! What can come in the way of any use case.

use crate::{
    cache::CacheError,
    disk::is_full,
    journal::{AppendError, JournalError},
};
use firebee_domain::{account::Denied, code::Code};
use firebee_protocol::fact::ComposeError;

/// What can come in the way of any use case; nothing was recorded then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// No fact without an account and a registered key.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The account was taken from this phone: it sends what it has, and records nothing more.
    #[error("the account was taken from this phone")]
    Lost(Code),
    /// The account may not do this.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The catalogue pack that the plan pins has not been pulled yet.
    #[error("the plan's catalogue has not been received yet")]
    CatalogueMissing,
    /// The request was carried out already, by another call.
    #[error("the request was carried out by another call")]
    RequestUsed,
    /// Above a limit, or text that may not travel.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The cache.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// A blob could not be kept.
    #[error("the file could not be kept: {reason}")]
    Storage {
        /// What failed, for the log.
        reason: String,
        /// Whether there is no room.
        full: bool,
    },
}

impl Trouble {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::NotSignedIn => Code::NotSignedIn,
            Self::Lost(code) => *code,
            Self::Denied(denied) => denied.code(),
            Self::CatalogueMissing => Code::CatalogueMissing,
            Self::RequestUsed => Code::AlreadyDone,
            Self::Compose(error) => error.code(),
            Self::Journal(error) => error.code(),
            Self::Cache(error) => error.code(),
            Self::Storage { full: true, .. } => Code::DiskFull,
            Self::Storage { full: false, .. } => Code::StorageFailed,
        }
    }
}

impl From<AppendError> for Trouble {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Compose(error) => error.into(),
            AppendError::Journal(error) => error.into(),
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Storage { reason: error.to_string(), full: is_full(&error) }
    }
}
