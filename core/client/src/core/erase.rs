//! Erases what a phone recorded, once everything of it is safe on the server.

use super::Core;
use crate::disk::absent_is_fine;
use crate::journal::{ClaimState, JournalError, JournalRows};
use firebee_domain::code::Code;
use firebee_protocol::session::Unsent;
use std::io;

/// Why the data of this phone stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Kept {
    /// The phone still holds the account.
    #[error("the phone still holds the account")]
    StillSignedIn,
    /// A track is being recorded.
    #[error("a track is running")]
    TrackRunning,
    /// Something is not safe on the server yet.
    #[error("{} facts and {} blobs are not safe on the server", .0.facts, .0.blobs)]
    Unsent(Unsent),
}

impl Kept {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::StillSignedIn => Code::StillSignedIn,
            Self::TrackRunning => Code::TrackRunning,
            Self::Unsent(_) => Code::UnsentData,
        }
    }
}

impl Core {
    /// Whether everything that this phone recorded is safe on the server, so that it may be erased. `None` says yes.
    pub(crate) fn kept(&self, rows: &JournalRows<'_>) -> Result<Option<Kept>, JournalError> {
        let session = rows.session()?;
        if session.as_ref().is_some_and(|held| held.state == ClaimState::SignedIn && held.lost().is_none()) {
            return Ok(Some(Kept::StillSignedIn));
        }
        if rows.open_track()?.is_some() || rows.fix_count()? > 0 || !self.in_hand().is_empty() {
            return Ok(Some(Kept::TrackRunning));
        }
        let facts = rows.head(self.journal.identity())?.seq.saturating_sub(rows.marks()?.durable_through);
        let (safe, all) = rows.blobs_safe()?;
        let unsent = Unsent { facts, blobs: all.saturating_sub(safe) };
        Ok((unsent != Unsent::default()).then_some(Kept::Unsent(unsent)))
    }

    /// Erases documents, packs, files and, last, the journal: whatever a power cut leaves can be erased again. The
    /// installation's id and its keys stay; they tell nothing. Every later call of this client fails.
    pub(crate) fn erase(&self) -> io::Result<()> {
        let folder = &self.config.folder;
        self.cache.suspend();
        for name in ["blobs", "fetched", "packs"] {
            absent_is_fine(self.config.files.remove_folder(&folder.join(name)))?;
        }
        for name in ["cache.db", "cache.db-wal", "cache.db-shm"] {
            absent_is_fine(self.config.files.remove(&folder.join(name)))?;
        }
        self.journal.erase()?;
        self.config.files.sync_folder(folder)
    }
}
