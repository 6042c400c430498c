//! Opens the stores of one account and hands out one handle a noun.

use crate::{
    cache::{Cache, CacheError},
    changes::{Changes, Listener},
    evidence::BlobFolder,
    journal::{Journal, JournalConfig, JournalError, StoreHealth},
    packs::Packs,
    ports::Ports,
    session::{Server, SessionHandle},
    sync::SyncHandle,
    work::{
        Evidence, Progress, Projects, Review, SyncStatus, Tasks, Tracks, evidence, memo::Memo, papers::Papers,
        track::FixBuffer,
    },
};
use firebee_protocol::{problem::Code, session::Device};
use std::{
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, atomic::AtomicU32},
};

/// 32 MiB are kept back for the fact in hand when the disk is full.
pub const RESERVE_BYTES: u64 = 32 << 20;

/// Where a client lives and whom it talks to.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// The folder of one account on one server; made when it is missing. A shared phone has one for each account.
    pub folder: PathBuf,
    /// The server, such as `https://firebee.example.cn`.
    pub server_url: String,
    /// The phone as its user would name it.
    pub device: Device,
    /// The name of an SQLite VFS for the journal; `None` is the platform's. For tests of faults.
    pub journal_vfs: Option<String>,
    /// Bytes kept back for the fact in hand when the disk is full.
    pub reserve_bytes: u64,
}

impl ClientConfig {
    /// A client of this folder and server with the settings of a phone.
    pub fn new(folder: impl Into<PathBuf>, server_url: impl Into<String>, device: Device) -> Self {
        Self {
            folder: folder.into(),
            server_url: server_url.into(),
            device,
            journal_vfs: None,
            reserve_bytes: RESERVE_BYTES,
        }
    }
}

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
            Self::Folder(error) if error.kind() == io::ErrorKind::StorageFull => Code::DiskFull,
            Self::Folder(_) => Code::JournalUnavailable,
        }
    }
}

/// What every use case and lane works with.
pub(crate) struct Core {
    pub(crate) config: ClientConfig,
    pub(crate) ports: Ports,
    pub(crate) journal: Journal,
    pub(crate) cache: Cache,
    pub(crate) blobs: BlobFolder,
    pub(crate) packs: Packs,
    pub(crate) changes: Changes,
    pub(crate) status: Mutex<SyncStatus>,
    pub(crate) memo: Mutex<Memo>,
    pub(crate) papers: Mutex<Option<Arc<Papers>>>,
    pub(crate) fixes: Mutex<FixBuffer>,
    /// How many calls are signing out now: nothing is captured meanwhile.
    pub(crate) leaving: AtomicU32,
}

/// The phone's core for one account. Cheap to clone; all clones are one client.
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
    session: SessionHandle,
    sync: SyncHandle,
}

impl Client {
    /// Opens the stores, makes them at the first run, verifies the journal and sweeps what no fact names.
    ///
    /// # Errors
    /// A store does not open; see [`OpenError::code`].
    pub fn open(config: ClientConfig, ports: Ports) -> Result<Self, OpenError> {
        fs::create_dir_all(&config.folder)?;
        let journal = JournalConfig {
            folder: config.folder.clone(),
            vfs: config.journal_vfs.clone(),
            reserve_bytes: config.reserve_bytes,
        };
        let journal = Journal::open(journal, &*ports.signer, &*ports.entropy)?;
        let cache = Cache::open(&config.folder)?;
        let blobs = BlobFolder::open(config.folder.join("blobs"))?;
        let packs = Packs::open(config.folder.join("packs"))?;
        // A journal that was put back from another day or another phone does not know what was taken since: blobs that
        // its facts do not name may be the only ones there are.
        if !matches!(journal.health(), StoreHealth::Retired(_)) {
            evidence::sweep(&journal, &blobs)?;
        }
        let core = Core {
            config,
            ports,
            journal,
            cache,
            blobs,
            packs,
            changes: Changes::default(),
            status: Mutex::default(),
            memo: Mutex::default(),
            papers: Mutex::default(),
            fixes: Mutex::default(),
            leaving: AtomicU32::new(0),
        };
        let core = Arc::new(core);
        let server = Arc::new(Server::new(core.clone()));
        let client = Self { core, session: SessionHandle::new(server.clone()), sync: SyncHandle::new(server) };
        client.tracks().notice_restart()?;
        Ok(client)
    }

    /// Signing in and out.
    pub fn session(&self) -> SessionHandle {
        self.session.clone()
    }

    /// Sending and receiving.
    pub fn sync(&self) -> SyncHandle {
        self.sync.clone()
    }

    /// Projects, plans and items issued to this account.
    pub fn projects(&self) -> Projects {
        Projects(self.core.clone())
    }

    /// Tasks: start, describe, answer, submit, discard, look.
    pub fn tasks(&self) -> Tasks {
        Tasks(self.core.clone())
    }

    /// Photos: take in and withdraw.
    pub fn evidence(&self) -> Evidence {
        Evidence(self.core.clone())
    }

    /// The track of the running task.
    pub fn tracks(&self) -> Tracks {
        Tracks(self.core.clone())
    }

    /// What a lead does: look, handle faults, decide.
    pub fn review(&self) -> Review {
        Review(self.core.clone())
    }

    /// How much is recorded, sent, and on the server.
    pub fn progress(&self) -> Progress {
        Progress(self.core.clone())
    }

    /// Hears of changes from now on.
    pub fn changes(&self) -> Listener {
        self.core.changes.listen()
    }

    /// Whether the store may push, as found at open.
    pub fn health(&self) -> StoreHealth {
        *self.core.journal.health()
    }

    /// Before the system suspends the app: keeps the fixes in hand, checkpoints and closes the files. Calls fail with
    /// `journal_unavailable` until [`Client::resume`].
    ///
    /// # Errors
    /// The fixes in hand could not be kept; the files are closed all the same.
    pub fn suspend(&self) -> Result<(), JournalError> {
        let kept = self.tracks().flush();
        self.core.journal.suspend();
        self.core.cache.suspend();
        kept
    }

    /// Goes on after [`Client::suspend`].
    pub fn resume(&self) {
        self.core.journal.resume();
        self.core.cache.resume();
    }

    /// Where it lives and whom it talks to.
    pub fn config(&self) -> &ClientConfig {
        &self.core.config
    }

    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.core
    }
}
