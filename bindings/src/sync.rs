//! Sending and receiving.

use crate::{
    error::{ClientError, Told},
    noun::Noun,
};
use firebee_client::sync::{ExportError, Exported, SyncHandle};
use firebee_protocol::text::Language;
use std::{path::PathBuf, sync::Arc};
use tokio::sync::watch;

/// Ends a long call from outside: Swift does not cancel a call by itself.
#[derive(uniffi::Object)]
pub struct CancelHandle(watch::Sender<bool>);

#[uniffi::export]
impl CancelHandle {
    /// A handle for one call or several.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(watch::Sender::new(false)))
    }

    /// Ends the calls that hold this handle. What they had sent or received stays so.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }
}

impl CancelHandle {
    async fn cancelled(&self) {
        let mut watched = self.0.subscribe();
        // The sender lives as long as this handle, so waiting ends only by a cancel.
        let _ = watched.wait_for(|cancelled| *cancelled).await;
    }
}

/// What an export file holds.
#[uniffi::remote(Record)]
pub struct Exported {
    /// Records.
    pub facts: u64,
    /// Files.
    pub blobs: u64,
    /// Files that the phone has lost or whose bytes are wrong; they are not in it.
    pub blobs_lost: u64,
    /// Bytes of the file.
    pub bytes: u64,
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
        let Some(cancel) = cancel else { return round.await };
        tokio::select! {
            done = round => done,
            () = cancel.cancelled() => Ok(false),
        }
    }

    /// Writes an export file to `path`: what this phone has that the server lacks, sealed for its firm. The app hands the file
    /// to an administrator. Nothing on the phone changes.
    pub async fn export(&self, path: String) -> Result<Exported, ClientError> {
        let sync = self.0.core.clone();
        self.0.driven(async move { sync.export(PathBuf::from(path)).await }).await
    }

    /// The network came, went, or is another one: waits that were for the old one end.
    pub async fn connectivity_changed(&self) {
        self.0.core.connectivity_changed();
    }
}
