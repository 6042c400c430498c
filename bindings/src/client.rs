//! The client: the root of the nouns.

use crate::{
    error::{Action, ClientError, Told},
    evidence::Evidence,
    noun::{Noun, Spoken},
    ports::{DeviceClock, DeviceClockPort, KeyStore, KeyStorePort, system_clock},
    progress::WorkProgress,
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
use firebee_domain::id::TaskId;
use firebee_protocol::{session::Device, text::Language};
use std::{path::PathBuf, sync::Arc};
use tokio::sync::Mutex;

/// Where a client lives, whom it talks to, and how it speaks.
#[derive(Clone, Debug, uniffi::Record)]
pub struct ClientSettings {
    /// The folder of one account on one server; a shared phone has one for each account. Kept out of backups.
    pub folder: String,
    /// The server, such as `https://firebee.example.cn`.
    pub server_url: String,
    /// The phone as its user would name it.
    pub device: Device,
    /// The language of every text that the client gives.
    pub language: Language,
    /// Further root certificates, DER, such as a firm's own.
    #[uniffi(default)]
    pub extra_roots: Vec<Vec<u8>>,
}

/// The languages that every text exists in.
#[uniffi::remote(Enum)]
pub enum Language {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Change {
    /// A task, by what this phone recorded or pulled.
    Task {
        /// Which.
        task: TaskId,
    },
    /// Projects, plans, or more than one thing.
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
            CoreChange::Documents => Self::Documents,
            CoreChange::Track => Self::Track,
            CoreChange::Sync => Self::Sync,
            CoreChange::Session => Self::Session,
        }
    }
}

/// Hears of changes, one after the other: a hint to read again, not the news itself.
#[derive(uniffi::Object)]
pub struct Changes(Mutex<Listener>);

#[uniffi::export(async_runtime = "tokio")]
impl Changes {
    /// The next change; nothing when the client is gone. One that falls behind is told that documents changed.
    pub async fn next(&self) -> Option<Change> {
        self.0.lock().await.next().await.map(Into::into)
    }
}

/// The phone's core for one account.
#[derive(uniffi::Object)]
pub struct Client(Noun<CoreClient>);

impl Client {
    fn opened(
        settings: ClientSettings,
        keys: Option<Arc<dyn KeyStore>>,
        clock: Option<Arc<dyn DeviceClock>>,
    ) -> Result<CoreClient, ClientError> {
        let language = settings.language;
        let folder = PathBuf::from(&settings.folder);
        let signer: Arc<dyn Signer> = match keys {
            Some(keys) => Arc::new(KeyStorePort(keys)),
            None => {
                let opened = SoftwareSigner::open(folder.join("keys"), Arc::new(SystemEntropy));
                Arc::new(opened.map_err(|_| ClientError::of("journal_unavailable", Action::Stop, language))?)
            }
        };
        let clock: Arc<dyn Clock> = match clock {
            Some(clock) => Arc::new(DeviceClockPort::new(clock)?),
            None => system_clock(language)?,
        };
        let http = HttpConfig { extra_roots: settings.extra_roots, ..HttpConfig::to(&settings.server_url) };
        let transport =
            HttpTransport::new(&http).map_err(|error| ClientError::of(error.code(), Action::Fix, language))?;
        let ports = Ports { clock, transport: Arc::new(transport), signer, entropy: Arc::new(SystemEntropy) };
        let config = ClientConfig::new(folder, settings.server_url, settings.device);
        CoreClient::open(config, ports).map_err(|error| error.told(language))
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl Client {
    /// Opens the stores and makes them at the first run. A shell passes its keystore and its clocks; without them keys
    /// are files in the folder (for tests and desks, not for phones) and the clocks are those of Linux.
    #[uniffi::constructor(default(keys = None, clock = None))]
    pub async fn open(
        settings: ClientSettings,
        keys: Option<Arc<dyn KeyStore>>,
        clock: Option<Arc<dyn DeviceClock>>,
    ) -> Result<Arc<Self>, ClientError> {
        let spoken = Spoken::default();
        spoken.set(settings.language);
        let opened = tokio::task::spawn_blocking(move || Self::opened(settings, keys, clock)).await;
        let core = opened.map_err(|_| ClientError::interrupted(spoken.now()))??;
        Ok(Arc::new(Self(Noun::new(core, spoken))))
    }

    /// Signing in and out.
    pub fn session(&self) -> Session {
        Session(self.0.beside(self.0.core.session()))
    }

    /// Sending and receiving.
    pub fn sync(&self) -> Sync {
        Sync(self.0.beside(self.0.core.sync()))
    }

    /// Projects, plans and items issued to this account.
    pub fn projects(&self) -> Projects {
        Projects(self.0.beside(self.0.core.projects()))
    }

    /// Tasks: start, describe, answer, submit, discard, look.
    pub fn tasks(&self) -> Tasks {
        Tasks(self.0.beside(self.0.core.tasks()))
    }

    /// Photos: take in and withdraw.
    pub fn evidence(&self) -> Evidence {
        Evidence(self.0.beside(self.0.core.evidence()))
    }

    /// The track of the running task.
    pub fn tracks(&self) -> Tracks {
        Tracks(self.0.beside(self.0.core.tracks()))
    }

    /// What a lead does: look, handle faults, decide.
    pub fn reviews(&self) -> Reviews {
        Reviews(self.0.beside(self.0.core.review()))
    }

    /// How much is recorded, sent, and on the server.
    pub fn progress(&self) -> WorkProgress {
        WorkProgress(self.0.beside(self.0.core.progress()))
    }

    /// Hears of changes from now on.
    pub fn changes(&self) -> Changes {
        Changes(Mutex::new(self.0.core.changes()))
    }

    /// Whether the store may push, as found at open.
    pub fn health(&self) -> StoreHealth {
        self.0.core.health()
    }

    /// Another language for every text from now on.
    pub fn set_language(&self, language: Language) {
        self.0.spoken().set(language);
    }

    /// Before the system suspends the app: keeps the fixes in hand, checkpoints and closes the files.
    pub async fn suspend(&self) -> Result<(), ClientError> {
        self.0.off(CoreClient::suspend).await
    }

    /// Goes on after `suspend`.
    pub async fn resume(&self) -> Result<(), ClientError> {
        let resume = |client: &CoreClient| {
            client.resume();
            Ok::<_, OpenError>(())
        };
        self.0.off(resume).await
    }
}

impl Told for OpenError {
    fn told(self, language: Language) -> ClientError {
        ClientError::of(self.code(), Action::Stop, language)
    }
}
