//! The client: the root of the nouns.

use crate::{
    dispatch::Dispatches,
    draft::Drafts,
    error::{ClientError, Told},
    evidence::Evidence,
    noun::Noun,
    ports::{DeviceClock, DeviceClockPort, KeyStore, KeyStorePort, system_clock},
    review::Reviews,
    screen::Screens,
    session::Session,
    sync::Sync,
    task::Tasks,
    track::Tracks,
};
use firebee_client::{
    Client as CoreClient, ClientConfig, OpenError,
    changes::{Change as CoreChange, Listener},
    http::{HttpConfig, HttpTransport},
    ports::{Clock, Ports, Signer, SoftwareSigner, SystemEntropy},
};
use firebee_domain::{
    code::Code,
    id::{DispatchId, ProjectId, TaskId},
};
use firebee_protocol::{session::Device, text::Language};
use std::{path::PathBuf, sync::Arc};

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
    /// A project, or what is issued in it to this account.
    Project {
        /// Which.
        project: ProjectId,
    },
    /// What waits for this account's review: a task of somebody else.
    Review,
    /// A dispatch, by what this phone recorded or pulled.
    Dispatch {
        /// Which.
        dispatch: DispatchId,
    },
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
            CoreChange::Dispatch(dispatch) => Self::Dispatch { dispatch },
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
    /// The next change; nothing when the client is gone or after `stop`. One that falls behind is told that documents
    /// changed. Listen first, then read: so no change falls between.
    pub async fn next(&self) -> Option<Change> {
        self.0.next().await.map(Into::into)
    }

    /// Ends listening: a `next` that waits gets nothing at once. For a screen that is left. Kotlin's own `close` only lets
    /// the object go.
    pub fn stop(&self) {
        self.0.close();
    }
}

/// The phone's core for one account.
#[derive(uniffi::Object)]
pub struct Client(CoreClient);

impl Client {
    /// A handle of the core beside this client, which has the language.
    fn noun<N>(&self, of: impl Fn(&CoreClient) -> N) -> Noun<N> {
        Noun::new(of(&self.0), self.0.clone())
    }

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
                Arc::new(opened.map_err(|_| ClientError::of(Code::JournalUnavailable, language))?)
            }
        };
        let clock: Arc<dyn Clock> = match clock {
            Some(clock) => Arc::new(DeviceClockPort::new(clock)?),
            None => system_clock(language)?,
        };
        let http = HttpConfig { extra_roots: settings.extra_roots, ..HttpConfig::to(&settings.server_url) };
        let transport = HttpTransport::new(&http).map_err(|error| ClientError::of(error.code(), language))?;
        let ports = Ports { clock, transport: Arc::new(transport), signer, entropy: Arc::new(SystemEntropy) };
        let config = ClientConfig { language, ..ClientConfig::new(folder, settings.server_url, settings.device) };
        CoreClient::blocking_open(config, ports).map_err(|error| error.told(language))
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
        let language = settings.language;
        let opened = tokio::task::spawn_blocking(move || Self::opened(settings, keys, clock)).await;
        Ok(Arc::new(Self(opened.map_err(|_| ClientError::interrupted(language))??)))
    }

    /// Signing in and out.
    pub fn session(&self) -> Session {
        Session(self.noun(CoreClient::session))
    }

    /// Sending and receiving.
    pub fn sync(&self) -> Sync {
        Sync(self.noun(CoreClient::sync))
    }

    /// What each screen shows.
    pub fn screens(&self) -> Screens {
        Screens(self.noun(CoreClient::screens))
    }

    /// What is done with a task.
    pub fn tasks(&self) -> Tasks {
        Tasks(self.noun(CoreClient::tasks))
    }

    /// Photos: take in and withdraw.
    pub fn evidence(&self) -> Evidence {
        Evidence(self.noun(CoreClient::evidence))
    }

    /// The track of the running task.
    pub fn tracks(&self) -> Tracks {
        Tracks(self.noun(CoreClient::tracks))
    }

    /// What a lead does: look, handle faults, decide.
    pub fn reviews(&self) -> Reviews {
        Reviews(self.noun(CoreClient::review))
    }

    /// What this account is sent for: receive, start, finish.
    pub fn dispatches(&self) -> Dispatches {
        Dispatches(self.noun(CoreClient::dispatches))
    }

    /// What is typed and not recorded yet.
    pub fn drafts(&self) -> Drafts {
        Drafts(self.noun(CoreClient::drafts))
    }

    /// Hears of changes from now on. Listen first, then read.
    pub fn changes(&self) -> Changes {
        Changes(self.0.changes())
    }

    /// Another language for every text from now on.
    pub fn set_language(&self, language: Language) {
        self.0.set_language(language);
    }

    /// Before the system suspends the app: keeps the fixes in hand, checkpoints and closes the files.
    pub async fn suspend(&self) -> Result<(), ClientError> {
        self.0.suspend().await.map_err(|error| error.told(self.0.language()))
    }

    /// Goes on after `suspend`.
    pub async fn resume(&self) {
        self.0.resume().await;
    }
}

impl Told for OpenError {
    fn told(self, language: Language) -> ClientError {
        ClientError::of(self.code(), language)
    }
}
