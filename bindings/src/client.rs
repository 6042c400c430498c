//! The client: the root of the nouns.

use crate::{
    error::ClientError,
    evidence::Evidence,
    ports::{DeviceClock, DeviceClockPort, KeyStore, KeyStorePort, system_clock},
    progress::Progress,
    project::Projects,
    review::Reviews,
    session::Session,
    sync::Sync,
    task::Tasks,
    track::Tracks,
};
use firebee_client::{
    Client as CoreClient, ClientConfig, OpenError,
    changes::{Change as CoreChange, Listener},
    http::{HttpConfig, HttpTransport},
    journal::StoreHealth,
    ports::{Clock, Ports, Signer, SoftwareSigner, SystemEntropy},
};
use firebee_domain::code::Code;
use firebee_domain::id::{ProjectId, TaskId};
use firebee_protocol::session::Device;
use std::{path::PathBuf, sync::Arc};

/// Where a client lives and whom it talks to.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Settings {
    /// The folder of one account on one server; a shared phone has one for each account. Kept out of backups.
    pub folder: String,
    /// The server, such as `https://firebee.example.cn`.
    pub server_url: String,
    /// The phone as its user would name it.
    pub device: Device,
    /// Further root certificates, DER, such as a firm's own.
    pub extra_roots: Vec<Vec<u8>>,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Change {
    /// A task, by what this phone recorded or pulled.
    Task {
        /// Which.
        task: TaskId,
    },
    /// A project, or what is issued in it to this account.
    Project {
        /// Which.
        project: ProjectId,
    },
    /// What waits for this account's review: a task of somebody else.
    Review,
    /// Anything that was pulled.
    Documents,
    /// The running track.
    Track,
    /// How far sending and receiving are.
    Sync,
    /// Who is signed in.
    Session,
}

impl From<CoreChange> for Change {
    fn from(change: CoreChange) -> Self {
        match change {
            CoreChange::Task(task) => Self::Task { task },
            CoreChange::Project(project) => Self::Project { project },
            CoreChange::Review => Self::Review,
            CoreChange::Documents => Self::Documents,
            CoreChange::Track => Self::Track,
            CoreChange::Sync => Self::Sync,
            CoreChange::Session => Self::Session,
        }
    }
}

/// Hears of changes, one after the other: a hint to read again, not the news itself.
#[derive(uniffi::Object)]
pub struct Changes(Listener);

#[uniffi::export(async_runtime = "tokio")]
impl Changes {
    /// The next change; nothing when the client is gone or after `close`. One that falls behind is told that documents
    /// changed. Listen first, then read: so no change falls between.
    pub async fn next(&self) -> Option<Change> {
        self.0.next().await.map(Into::into)
    }

    /// Ends listening: a `next` that waits gets nothing at once. For a screen that is left.
    pub fn close(&self) {
        self.0.close();
    }
}

/// The phone's core for one account.
#[derive(uniffi::Object)]
pub struct Client {
    core: CoreClient,
}

#[uniffi::export(async_runtime = "tokio")]
impl Client {
    /// Opens the stores and makes them at the first run. A shell passes its keystore and its clocks; without them keys
    /// are files in the folder (for tests and desks, not for phones) and the clocks are those of Linux.
    #[uniffi::constructor(default(keys = None, clock = None))]
    pub async fn open(
        settings: Settings,
        keys: Option<Arc<dyn KeyStore>>,
        clock: Option<Arc<dyn DeviceClock>>,
    ) -> Result<Arc<Self>, ClientError> {
        let folder = PathBuf::from(&settings.folder);
        let signer: Arc<dyn Signer> = match keys {
            Some(keys) => Arc::new(KeyStorePort(keys)),
            None => {
                let opened = SoftwareSigner::open(folder.join("keys"), Arc::new(SystemEntropy));
                Arc::new(opened.map_err(|_| unusable_folder())?)
            }
        };
        let clock: Arc<dyn Clock> = match clock {
            Some(clock) => Arc::new(DeviceClockPort::new(clock)?),
            None => system_clock()?,
        };
        let http = HttpConfig { extra_roots: settings.extra_roots, ..HttpConfig::to(&settings.server_url) };
        let transport = HttpTransport::new(&http).map_err(|error| ClientError::of(error.code()))?;
        let ports = Ports { clock, transport: Arc::new(transport), signer, entropy: Arc::new(SystemEntropy) };
        let config = ClientConfig::new(folder, settings.server_url, settings.device);
        Ok(Arc::new(Self { core: CoreClient::open(config, ports).await? }))
    }

    /// Signing in and out.
    pub fn session(&self) -> Session {
        Session(self.core.session())
    }

    /// Sending and receiving.
    pub fn sync(&self) -> Sync {
        Sync(self.core.sync())
    }

    /// Projects, plans and items issued to this account.
    pub fn projects(&self) -> Projects {
        Projects(self.core.projects())
    }

    /// Tasks: start, describe, answer, submit, discard, look.
    pub fn tasks(&self) -> Tasks {
        Tasks(self.core.tasks())
    }

    /// Photos: take in and withdraw.
    pub fn evidence(&self) -> Evidence {
        Evidence(self.core.evidence())
    }

    /// The track of the running task.
    pub fn tracks(&self) -> Tracks {
        Tracks(self.core.tracks())
    }

    /// What a lead does: look, handle faults, decide.
    pub fn reviews(&self) -> Reviews {
        Reviews(self.core.review())
    }

    /// How much is recorded, sent, and on the server.
    pub fn progress(&self) -> Progress {
        Progress(self.core.progress())
    }

    /// Hears of changes from now on.
    pub fn changes(&self) -> Changes {
        Changes(self.core.changes())
    }

    /// Whether the store may push, as found at open.
    pub fn health(&self) -> StoreHealth {
        self.core.health()
    }

    /// Before the system suspends the app: keeps the fixes in hand, checkpoints and closes the files.
    pub async fn suspend(&self) -> Result<(), ClientError> {
        Ok(self.core.suspend().await?)
    }

    /// Goes on after `suspend`.
    pub async fn resume(&self) {
        self.core.resume().await;
    }
}

impl From<OpenError> for ClientError {
    fn from(error: OpenError) -> Self {
        Self::of(error.code())
    }
}

fn unusable_folder() -> ClientError {
    ClientError::of(Code::JournalUnavailable)
}
