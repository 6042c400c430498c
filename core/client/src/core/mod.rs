//! The stores, ports and changes of one account, which all rooms share.

mod collect;
mod config;
mod erase;
mod hand;
mod network;
mod open;
mod room;
mod status;
mod sweep;
mod wall;

pub use config::{ClientConfig, PHOTO_BYTES, RESERVE_BYTES};
pub use erase::Kept;
pub use network::Network;
pub use open::OpenError;
pub(crate) use room::RoomUsed;
pub use status::{LastError, SyncStatus};

use crate::{
    cache::Cache,
    changes::Changes,
    evidence::{BlobFolder, fetched::Fetched},
    journal::{Journal, Settings},
    packs::Packs,
    ports::Ports,
};
use firebee_domain::id::ContentId;
use firebee_protocol::text::Language;
use hand::FixBuffer;
use std::{
    path::PathBuf,
    sync::{
        Mutex, PoisonError, RwLock,
        atomic::{AtomicI64, AtomicU32, Ordering},
    },
};
use wall::WallOffset;

/// How often acts write the copy of the last seq, in milliseconds. A sync writes it too.
pub(crate) const HIGH_WATER_EVERY_MS: u32 = 60_000;

/// The stores, the ports and the changes of one account.
pub(crate) struct Core {
    pub(crate) config: ClientConfig,
    pub(crate) ports: Ports,
    pub(crate) journal: Journal,
    pub(crate) cache: Cache,
    pub(crate) blobs: BlobFolder,
    /// Files of other phones that somebody looked at here.
    pub(crate) fetched: Fetched,
    pub(crate) packs: Packs,
    pub(crate) changes: Changes,
    /// Read by who stores a file that a fact will name, so that meanwhile no file is freed.
    taking: RwLock<()>,
    /// How many calls are signing out now: nothing is captured meanwhile.
    pub(crate) leaving: AtomicU32,
    status: Mutex<SyncStatus>,
    /// When the copy of the last seq was written last, by the boot clock.
    high_water_ms: AtomicI64,
    fixes: Mutex<FixBuffer>,
    wall: Mutex<Option<WallOffset>>,
    language: Mutex<Language>,
    settings: Mutex<Settings>,
    network: Mutex<Network>,
}

impl Core {
    /// A number that changes with every pulled document and catalogue pack.
    pub(crate) fn generation(&self) -> u64 {
        self.cache.generation().wrapping_add(self.packs.generation())
    }

    /// The file of a blob that this phone wrote or fetched, where it has one.
    pub(crate) fn file(&self, id: ContentId) -> Option<PathBuf> {
        Some(self.blobs.path(id)).filter(|path| path.exists()).or_else(|| self.fetched.get(id))
    }

    /// Writes the copy of the last seq outside the journal, at most once a minute. The copy is only a hint: a disk error
    /// shows itself when the next fact is recorded.
    pub(crate) fn note_high_water(&self) {
        let now_ms = self.ports.clock.now().boot_ms;
        let last_ms = self.high_water_ms.load(Ordering::Acquire);
        if last_ms > now_ms || now_ms.saturating_sub(last_ms) >= i64::from(HIGH_WATER_EVERY_MS) {
            self.high_water_ms.store(now_ms, Ordering::Release);
            let _ = self.journal.note_high_water();
        }
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
