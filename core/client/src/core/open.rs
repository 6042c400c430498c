//! Opens the stores of one account.

use super::{ClientConfig, Core, sweep::sweep, wall::WallOffset};
use crate::{
    cache::{Cache, CacheError},
    changes::Changes,
    disk::is_full,
    evidence::{BlobFolder, fetched::Fetched},
    journal::{Journal, JournalConfig, JournalError, StoreHealth},
    packs::Packs,
    ports::Ports,
};
use firebee_domain::code::Code;
use std::{
    fs, io,
    sync::{
        Mutex, RwLock,
        atomic::{AtomicI64, AtomicU32},
    },
};

/// Why a client does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The journal does not open. It is never deleted.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Not even an empty cache can be made.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// The folder cannot be used.
    #[error("the folder cannot be used")]
    Folder(#[from] io::Error),
}

impl OpenError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Journal(error) => error.code(),
            Self::Cache(error) => error.code(),
            Self::Folder(error) if is_full(error) => Code::DiskFull,
            Self::Folder(_) => Code::JournalUnavailable,
        }
    }
}

impl Core {
    /// Opens the stores (the first run creates them), verifies the journal and removes blobs that no fact names.
    pub(crate) fn open(config: ClientConfig, ports: Ports) -> Result<Self, OpenError> {
        fs::create_dir_all(&config.folder)?;
        let journal = JournalConfig {
            folder: config.folder.clone(),
            vfs: config.journal_vfs.clone(),
            files: config.files.clone(),
            reserve_bytes: config.reserve_bytes,
            lock: true,
        };
        let journal = Journal::open(journal, &*ports.signer, &*ports.entropy)?;
        let cache = Cache::open(&config.folder)?;
        let blobs = BlobFolder::open_over(config.folder.join("blobs"), config.files.clone())?;
        let settings = journal.read::<_, JournalError>("settings", |rows| rows.settings())?;
        let fetched = Fetched::at(config.folder.join("fetched"), settings.looks_bytes_max);
        let packs = Packs::open(config.folder.join("packs"), config.files.clone())?;
        // A restored journal does not name the photos that were taken after its backup. These blobs may be the only
        // copies, so nothing is removed, also when another store has taken over.
        let former = journal.read::<_, JournalError>("former_store", |rows| rows.former_store())?;
        if former.is_none() && !matches!(journal.health(), StoreHealth::Retired(_)) {
            sweep(&journal, &blobs)?;
        }
        let last = journal.read::<_, JournalError>("last_clocks", |rows| rows.last_clocks())?;
        Ok(Self {
            wall: Mutex::new(last.as_ref().map(WallOffset::of)),
            language: Mutex::new(config.language),
            settings: Mutex::new(settings),
            network: Mutex::default(),
            config,
            ports,
            journal,
            cache,
            blobs,
            fetched,
            packs,
            changes: Changes::default(),
            status: Mutex::default(),
            fixes: Mutex::default(),
            taking: RwLock::default(),
            leaving: AtomicU32::new(0),
            high_water_ms: AtomicI64::new(i64::MIN / 2),
        })
    }
}
