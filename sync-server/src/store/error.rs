//! What can go wrong in the store, in the terms a caller can act on.

use super::ReachError;
use firebee_domain::code::Code;
use rusqlite::{ErrorCode, ffi};
use std::path::PathBuf;
use tokio_postgres::error::SqlState;

/// Why a job was not applied.
///
/// The texts are for logs: they name constraints, columns and engine messages, never the values of a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// A row with this key exists, or a table of this name.
    #[error("unique violation: {0}")]
    Unique(String),
    /// A foreign key, CHECK or NOT NULL was broken.
    #[error("constraint violation: {0}")]
    Constraint(String),
    /// Busy, deadlock or serialization failure, also after the store's own attempts. Nothing was applied: the same
    /// call may be made again.
    #[error("try again: {0}")]
    Retry(String),
    /// Connection or disk lost. If it was lost during COMMIT, it is unknown whether the write was applied.
    #[error("store unavailable: {0}")]
    Lost(String),
    /// The file is no database, or what it holds is broken.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The disk (or the database's limit) is full. Nothing was applied.
    #[error("disk full: {0}")]
    Full(String),
    /// A pooler gave the transaction a connection that does not know its prepared statements. Nothing was applied.
    #[error("a pooler stands before PostgreSQL and changes connections: set postgres_statements = \"unnamed\" ({0})")]
    Pooled(String),
    /// [`close`](super::Store::close) was called. Nothing was applied.
    #[error("store closed")]
    Closed,
    /// A bug in the program: wrong SQL, a wrong type, a panic in a job, or a job that awaits something other than the
    /// `Tx`.
    #[error("bug: {0}")]
    Bug(String),
}

impl StoreError {
    /// The code that a peer gets: wait and try again, make room, or a mistake of ours.
    pub const fn code(&self) -> Code {
        match self {
            Self::Retry(_) | Self::Lost(_) | Self::Damaged(_) | Self::Closed => Code::SlowDown,
            Self::Full(_) => Code::ServerFull,
            Self::Pooled(_) | Self::Unique(_) | Self::Constraint(_) | Self::Bug(_) => Code::ServerError,
        }
    }

    /// The code that an administrator gets where a server does not start, or a command does not run: what to look at.
    pub const fn at_start(&self) -> Code {
        match self {
            Self::Lost(_) | Self::Pooled(_) => Code::StoreUnusable,
            Self::Damaged(_) => Code::StoreDamaged,
            Self::Retry(_) | Self::Closed => Code::ServerBusy,
            Self::Full(_) | Self::Unique(_) | Self::Constraint(_) | Self::Bug(_) => self.code(),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        let rusqlite::Error::SqliteFailure(failure, _) = error else { return Self::Bug(text) };
        match (failure.code, failure.extended_code) {
            (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID) => {
                Self::Unique(text)
            }
            (ErrorCode::ConstraintViolation, _) => Self::Constraint(text),
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Self::Retry(text),
            (ErrorCode::DiskFull, _) => Self::Full(text),
            (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => Self::Damaged(text),
            (
                ErrorCode::Unknown
                | ErrorCode::TypeMismatch
                | ErrorCode::ApiMisuse
                | ErrorCode::ParameterOutOfRange
                | ErrorCode::TooBig
                | ErrorCode::ReadOnly,
                _,
            ) => Self::Bug(text),
            _ => Self::Lost(text),
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        let source = std::error::Error::source(&error);
        let Some(refused) = error.as_db_error() else {
            let gone = error.is_closed() || source.is_some_and(|s| s.is::<std::io::Error>());
            let text = source.map_or_else(|| error.to_string(), |s| format!("{error}: {s}"));
            return if gone { Self::Lost(text) } else { Self::Bug(text) };
        };
        // The message alone: the server's DETAIL repeats the values of the row.
        let (state, text) = (refused.code(), refused.message().to_owned());
        match state.code() {
            _ if [SqlState::UNIQUE_VIOLATION, SqlState::DUPLICATE_TABLE].contains(state) => Self::Unique(text),
            _ if [SqlState::INVALID_SQL_STATEMENT_NAME, SqlState::DUPLICATE_PSTATEMENT].contains(state) => {
                Self::Pooled(text)
            }
            _ if *state == SqlState::DISK_FULL => Self::Full(text),
            _ if *state == SqlState::LOCK_NOT_AVAILABLE => Self::Retry(text),
            class if class.starts_with("23") => Self::Constraint(text),
            class if class.starts_with("40") => Self::Retry(text),
            class if ["08", "53", "57P", "58"].iter().any(|lost| class.starts_with(lost)) => Self::Lost(text),
            _ => Self::Bug(text),
        }
    }
}

/// Why a store was not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Another server, or another [`Store`](super::Store) of this one, has the SQLite file open.
    #[error("{} is in use by another server (process {holder}); one SQLite file serves one server", path.display())]
    InUse {
        /// The database file.
        path: PathBuf,
        /// The process id its lock file names, or `unknown`.
        holder: String,
    },
    /// The PostgreSQL server cannot be used as the setting says.
    #[error(transparent)]
    Reach(#[from] ReachError),
    /// The engine refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl OpenError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::InUse { .. } => Code::DatabaseInUse,
            Self::Reach(_) => Code::StoreUnreachable,
            Self::Store(error) => error.at_start(),
        }
    }
}
