//! Erases the data of a phone that lost its account or signed out, once everything that it recorded is safe on the
//! server.

use crate::core::{Core, Kept};
use crate::journal::JournalError;
use firebee_domain::code::Code;
use std::io;

/// Why nothing is erased, or not everything.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WipeError {
    /// Something of it is needed yet.
    #[error(transparent)]
    Kept(#[from] Kept),
    /// The journal failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A file could not be removed. The same call goes on, after the app was started again.
    #[error("a file could not be removed: {reason}")]
    Storage {
        /// What the system said, for the log.
        reason: String,
    },
}

impl WipeError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Kept(kept) => kept.code(),
            Self::Journal(error) => error.code(),
            Self::Storage { .. } => Code::StorageFailed,
        }
    }
}

impl From<io::Error> for WipeError {
    fn from(error: io::Error) -> Self {
        Self::Storage { reason: error.to_string() }
    }
}

/// Erases everything. The check runs in the writer's turn: earlier acts have finished, and nothing is recorded behind it,
/// because the phone does not hold its account.
pub(super) fn wipe(core: &Core) -> Result<(), WipeError> {
    core.journal.write("wipe", |tx| match core.kept(tx)? {
        Some(kept) => Err(WipeError::Kept(kept)),
        None => Ok(()),
    })?;
    Ok(core.erase()?)
}
