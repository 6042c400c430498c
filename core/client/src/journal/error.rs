//! Why the journal does not do what was asked.

use super::RetireReason;
use crate::disk::is_full;
use firebee_domain::code::Code;
use rusqlite::{Error, ErrorCode};

/// Why the journal does not read or write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// No room left; the reserve was used up by an earlier fact.
    #[error("there is no room left")]
    DiskFull,
    /// Another client has the folder open.
    #[error("another client has the folder open")]
    FolderInUse,
    /// The store was retired: nothing that it recorded from now on would ever arrive.
    #[error("the store is retired")]
    Retired(RetireReason),
    /// Closed for the time that the app is suspended.
    #[error("the journal is closed while the app is suspended")]
    Suspended,
    /// Reading or writing failed. The journal was closed; the next call opens it and verifies it again.
    #[error("the journal cannot be used: {reason}")]
    Unavailable {
        /// What failed, for the log; it quotes no value.
        reason: String,
    },
    /// What is stored contradicts itself. Nothing more is written.
    #[error("the journal is damaged: {reason}")]
    Damaged {
        /// What contradicts what.
        reason: String,
    },
    /// Written by a newer version of the app.
    #[error("the journal is of version {found}, this app knows {known}")]
    Newer {
        /// The version found.
        found: i64,
        /// The version known.
        known: i64,
    },
    /// A journal belongs to one account for ever.
    #[error("the journal belongs to another account")]
    OtherAccount,
}

impl JournalError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::DiskFull => Code::DiskFull,
            Self::FolderInUse => Code::FolderInUse,
            Self::Retired(reason) => reason.code(),
            Self::Suspended | Self::Unavailable { .. } => Code::JournalUnavailable,
            Self::Damaged { .. } => Code::StorageDamaged,
            Self::Newer { .. } => Code::UpgradeRequired,
            Self::OtherAccount => Code::StoreOfOtherAccount,
        }
    }

    pub(super) fn damaged(reason: impl Into<String>) -> Self {
        Self::Damaged { reason: reason.into() }
    }

    /// Whether to close the connection: after such an error it may hold pages that the disk does not have.
    pub(super) const fn spoils_connection(&self) -> bool {
        matches!(self, Self::Unavailable { .. } | Self::Damaged { .. })
    }
}

impl From<Error> for JournalError {
    fn from(error: Error) -> Self {
        let reason = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { reason },
            _ => Self::Unavailable { reason },
        }
    }
}

impl From<std::io::Error> for JournalError {
    fn from(error: std::io::Error) -> Self {
        if is_full(&error) { Self::DiskFull } else { Self::Unavailable { reason: error.to_string() } }
    }
}
