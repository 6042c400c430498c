//! The stores, ports and changes of one account, which all rooms share.

mod config;
mod hand;
mod open;
mod status;
mod sweep;

pub use config::{ClientConfig, RESERVE_BYTES};
pub use open::OpenError;
pub use status::{LastError, SyncStatus};

use crate::{cache::Cache, changes::Changes, evidence::BlobFolder, journal::Journal, packs::Packs, ports::Ports};
use firebee_protocol::text::Language;
use hand::FixBuffer;
use std::sync::{Mutex, PoisonError, atomic::AtomicU32};

/// The stores, the ports and the changes of one account.
pub(crate) struct Core {
    pub(crate) config: ClientConfig,
    pub(crate) ports: Ports,
    pub(crate) journal: Journal,
    pub(crate) cache: Cache,
    pub(crate) blobs: BlobFolder,
    pub(crate) packs: Packs,
    pub(crate) changes: Changes,
    /// How many calls are signing out now: nothing is captured meanwhile.
    pub(crate) leaving: AtomicU32,
    status: Mutex<SyncStatus>,
    fixes: Mutex<FixBuffer>,
    language: Mutex<Language>,
}

impl Core {
    /// A number that changes with every pulled document and catalogue pack.
    pub(crate) fn generation(&self) -> u64 {
        self.cache.generation().wrapping_add(self.packs.generation())
    }

    /// The language of every text.
    pub(crate) fn language(&self) -> Language {
        *self.language.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Another language from now on.
    pub(crate) fn set_language(&self, language: Language) {
        *self.language.lock().unwrap_or_else(PoisonError::into_inner) = language;
    }
}
