//! How a shell ends a long call.

use std::{future::Future, sync::Arc};
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

/// What the work gives; `None` when a cancel came first.
pub async fn unless_cancelled<T>(cancel: Option<Arc<CancelHandle>>, work: impl Future<Output = T>) -> Option<T> {
    let Some(cancel) = cancel else { return Some(work.await) };
    tokio::select! {
        biased;
        () = cancel.cancelled() => None,
        done = work => Some(done),
    }
}
