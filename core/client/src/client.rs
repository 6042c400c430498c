//! The facade: opens the stores of one account and returns one handle for each noun.

use crate::{
    blocking,
    changes::{Change, Listener},
    core::{ClientConfig, Core, OpenError},
    journal::{JournalError, StoreHealth},
    ports::Ports,
    screen::Screens,
    session::{Failure, Server, SessionHandle},
    sync::SyncHandle,
    work::{
        Desk, Dispatches, Drafts, Evidence, Progress, Projects, Review, Seat, Tasks, Tracks,
        evidence::{FindPhotoError, PhotoPlace},
    },
};
use firebee_domain::{
    evidence::PhotoSize,
    id::{FactId, TaskId},
};
use firebee_protocol::{problem::CodeWord, text::Language};
use std::{io, path::PathBuf, sync::Arc};

/// The phone's core for one account. Clones are cheap and share everything.
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
    desk: Arc<Desk>,
    session: SessionHandle,
    sync: SyncHandle,
}

/// Why a photo cannot be looked at now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchPhotoError {
    /// It is not known here, is not there yet, or is not for this account.
    #[error(transparent)]
    Find(#[from] FindPhotoError),
    /// The server did not give it.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl FetchPhotoError {
    /// The stable code of this error.
    pub fn code(&self) -> CodeWord {
        match self {
            Self::Find(error) => error.code().into(),
            Self::Failed(failure) => failure.code.clone(),
        }
    }
}

impl Client {
    /// Opens the stores (the first run creates them), verifies the journal and removes blobs that no fact names. The
    /// work is done on a thread for blocking work, so a screen that waits for it goes on. Needs a tokio runtime.
    ///
    /// # Errors
    /// A store does not open; see [`OpenError::code`].
    pub async fn open(config: ClientConfig, ports: Ports) -> Result<Self, OpenError> {
        let opened = blocking::run(|| Self::blocking_open(config, ports)).await;
        opened.unwrap_or_else(|_| Err(OpenError::Folder(io::ErrorKind::Interrupted.into())))
    }

    /// As [`Client::open`], on the caller's thread: for programs without a screen.
    ///
    /// # Errors
    /// A store does not open; see [`OpenError::code`].
    pub fn blocking_open(config: ClientConfig, ports: Ports) -> Result<Self, OpenError> {
        let core = Arc::new(Core::open(config, ports)?);
        let server = Arc::new(Server::new(core.clone()));
        let client = Self {
            desk: Arc::new(Desk::new(core.clone())),
            core,
            session: SessionHandle::new(server.clone()),
            sync: SyncHandle::new(server),
        };
        match client.tracks().notice_restart() {
            // The hole in the track stays without its cause. What was recorded can be read all the same.
            Ok(()) | Err(JournalError::DiskFull) => Ok(client),
            Err(error) => Err(error.into()),
        }
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
        Projects(self.desk.clone())
    }

    /// Tasks: start, describe, answer, submit, discard, look.
    pub fn tasks(&self) -> Tasks {
        Tasks(Seat::at(self.desk.clone()))
    }

    /// Photos: take in and withdraw.
    pub fn evidence(&self) -> Evidence {
        Evidence(Seat::at(self.desk.clone()))
    }

    /// The file of a photo in a size, fetched from the server where another phone took it. Screens show it from then on.
    /// What is fetched can be fetched again, and makes room for newer files. The future may be dropped at any moment.
    ///
    /// # Errors
    /// See [`FetchPhotoError`]. A second call goes on behind what came.
    pub async fn fetch_photo(&self, task: TaskId, photo: FactId, size: PhotoSize) -> Result<PathBuf, FetchPhotoError> {
        match self.evidence().find_photo(task, photo, size)? {
            PhotoPlace::Here(path) => Ok(path),
            PhotoPlace::OnServer(blob) => {
                let path = self.sync.fetch(blob).await?;
                self.core.changes.tell(Change::Task(task));
                Ok(path)
            }
        }
    }

    /// The track of the running task.
    pub fn tracks(&self) -> Tracks {
        Tracks(Seat::at(self.desk.clone()))
    }

    /// What a lead does: look, handle faults, decide.
    pub fn review(&self) -> Review {
        Review(Seat::at(self.desk.clone()))
    }

    /// What this account is sent for: receive, start, finish.
    pub fn dispatches(&self) -> Dispatches {
        Dispatches(Seat::at(self.desk.clone()))
    }

    /// What is typed and not recorded yet.
    pub fn drafts(&self) -> Drafts {
        Drafts(self.desk.clone())
    }

    /// What each screen shows, complete and in the client's language.
    pub fn screens(&self) -> Screens {
        Screens(self.desk.clone())
    }

    /// How much is recorded, sent, and on the server.
    pub fn progress(&self) -> Progress {
        Progress(self.desk.clone())
    }

    /// Hears of changes from now on. A screen listens first and reads then, so that no change falls between.
    pub fn changes(&self) -> Listener {
        self.core.changes.listen()
    }

    /// The language of every text.
    pub fn language(&self) -> Language {
        self.core.language()
    }

    /// Another language from now on; every screen reads again.
    pub fn set_language(&self, language: Language) {
        self.core.set_language(language);
    }

    /// Whether the store may go on.
    pub fn health(&self) -> StoreHealth {
        self.core.journal.health()
    }

    /// Before the system suspends the app: stores the buffered fixes, checkpoints and closes the files. Calls fail with
    /// `journal_unavailable` until [`Client::resume`]. Needs a tokio runtime.
    ///
    /// # Errors
    /// The buffered fixes could not be stored; the files are closed all the same.
    pub async fn suspend(&self) -> Result<(), JournalError> {
        let client = self.clone();
        let suspend = move || {
            let kept = client.tracks().flush();
            client.core.journal.suspend();
            client.core.cache.suspend();
            kept
        };
        blocking::run(suspend).await.unwrap_or(Err(JournalError::Suspended))
    }

    /// Goes on after [`Client::suspend`].
    pub async fn resume(&self) {
        let core = self.core.clone();
        let resume = move || {
            core.journal.resume();
            core.cache.resume();
        };
        // What a panic left undone shows at the next call.
        let _ = blocking::run(resume).await;
    }

    /// Where it lives and whom it talks to.
    pub fn config(&self) -> &ClientConfig {
        &self.core.config
    }

    #[cfg(test)]
    pub(crate) const fn core(&self) -> &Arc<Core> {
        &self.core
    }

    #[cfg(test)]
    pub(crate) const fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }
}
