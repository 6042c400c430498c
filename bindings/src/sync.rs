//! Sending and receiving.

use crate::{
    cancel::{CancelHandle, unless_cancelled},
    error::{ClientError, Told},
    noun::Noun,
};
use firebee_client::{
    Network,
    journal::Allowance,
    sync::{ExportError, Exported, FirstPull as CoreFirstPull, PullStep, SyncHandle},
};
use firebee_protocol::text::Language;
use std::{path::PathBuf, sync::Arc};

/// How far the first pull is.
#[uniffi::remote(Record)]
pub struct PullStep {
    /// How many documents are here.
    pub done: i32,
    /// How many there are; nothing where the server does not say.
    pub total: Option<i32>,
    /// How many bytes came since this pull began, as they travelled.
    pub bytes: i64,
    /// All of it in words.
    pub text: String,
}

/// The network that the phone is on.
#[uniffi::remote(Enum)]
#[uniffi(name = "NetworkKind")]
pub enum Network {
    /// There is none.
    None,
    /// One that may be paid by what it carries, and each whose kind is not known.
    Metered,
    /// One that is not paid by what it carries.
    Unmetered,
}

/// Over which networks pictures and attached files travel by themselves.
#[uniffi::remote(Enum)]
pub enum Allowance {
    /// Any network.
    Any,
    /// Only a network that is not paid by what it carries.
    Unmetered,
}

/// What an export file holds.
#[uniffi::remote(Record)]
pub struct Exported {
    /// Records.
    pub facts: i64,
    /// Files.
    pub blobs: i64,
    /// Files that the phone has lost or whose bytes are wrong; they are not in it.
    pub blobs_lost: i64,
    /// Bytes of the file.
    pub bytes: i64,
}

impl Told for ExportError {
    fn told(self, language: Language) -> ClientError {
        ClientError::of(self.code(), language)
    }
}

/// The three lanes: facts, blobs, documents. None waits for another.
#[derive(uniffi::Object)]
pub struct Sync(pub(crate) Noun<SyncHandle>);

#[uniffi::export(async_runtime = "tokio")]
impl Sync {
    /// Runs the lanes in the background until `stop`.
    pub async fn start(&self) {
        self.0.core.start();
    }

    /// Ends the lanes and waits until they have ended. What was in flight is sent again at the next start.
    pub async fn stop(&self) {
        self.0.core.stop().await;
    }

    /// One full round: sends and receives until nothing is left to do, or every lane is held up. A cancel ends it;
    /// what it had done stays done. Gives whether it came to its end.
    #[uniffi::method(default(cancel = None))]
    pub async fn now(&self, cancel: Option<Arc<CancelHandle>>) -> Result<bool, ClientError> {
        let sync = self.0.core.clone();
        let round = self.0.driven(async move { sync.now().await.map(|()| true) });
        unless_cancelled(cancel, round).await.unwrap_or(Ok(false))
    }

    /// The first pull, page by page, for the screen behind the first sign-in. A cancel ends it; what came stays.
    #[uniffi::method(default(cancel = None))]
    pub fn first_pull(&self, cancel: Option<Arc<CancelHandle>>) -> FirstPull {
        FirstPull { pull: self.0.of(Arc::new(self.0.core.first_pull())), cancel }
    }

    /// Writes an export file to `path`: what this phone has that the server lacks, sealed for its firm. The app hands the file
    /// to an administrator. Nothing on the phone changes.
    pub async fn export(&self, path: String) -> Result<Exported, ClientError> {
        let sync = self.0.core.clone();
        self.0.driven(async move { sync.export(PathBuf::from(path)).await }).await
    }

    /// The network came, went, or is another one, and is this one now: waits that were for the old one end.
    pub async fn connectivity_changed(&self, network: Network) {
        self.0.core.connectivity_changed(network);
    }

    /// Pictures and attached files travel by themselves only over such networks from now on; the phone remembers it. What
    /// somebody asks to look at is fetched over any.
    pub async fn allow(&self, pictures: Allowance) -> Result<(), ClientError> {
        self.0.off(move |sync| sync.allow(pictures)).await
    }

    /// At most so many bytes of other phones' pictures are kept for review from now on; the phone remembers it. What is too
    /// much goes at once. Below zero is zero.
    pub async fn keep_looks(&self, bytes_max: i64) -> Result<(), ClientError> {
        let bytes_max = u64::try_from(bytes_max).unwrap_or(0);
        self.0.off(move |sync| sync.keep_looks(bytes_max)).await
    }
}

/// The first pull. Each page is kept as soon as it is here: after a broken link, or another start of the app, the next pull
/// goes on behind it.
#[derive(uniffi::Object)]
pub struct FirstPull {
    pull: Noun<Arc<CoreFirstPull>>,
    cancel: Option<Arc<CancelHandle>>,
}

#[uniffi::export(async_runtime = "tokio")]
impl FirstPull {
    /// Pulls the next page and says how far the phone is; nothing when it holds everything, or after a cancel. After an
    /// error the same call tries again.
    pub async fn next(&self) -> Result<Option<PullStep>, ClientError> {
        let pull = self.pull.core.clone();
        let step = self.pull.driven(async move { pull.next().await });
        unless_cancelled(self.cancel.clone(), step).await.unwrap_or(Ok(None))
    }
}
