//! Sync: three lanes. Each can be repeated and resumed, and none waits for another (protocol, "Two kinds of data that
//! never meet").
//!
//! The rules of a lane are a machine without I/O (`push`, `blobs`, `pull`). A thin driver carries out the
//! machine's steps.
//!
//! Invariant: nothing counts as acknowledged before its receipt holds.
//! Invariant: facts never starve. While facts are being sent, one small piece of a blob goes between two pushes.
//! Invariant: a sync without changes costs one request; a sync with one change costs one push and one pull.
//! Invariant: a failing fact or blob delays nothing else. A lane stops for good only when a person must act.

mod back_off;
mod batch;
mod blobs;
mod drive;
mod export;
mod fetch;
mod first_pull;
mod inner;
mod link;
mod note;
mod pace;
mod progress;
mod pull;
mod push;
mod run;
mod seal;
mod step;
#[cfg(test)]
pub(crate) mod tests;
mod wants;

pub use export::{ExportError, Exported};
pub use first_pull::{FirstPull, PullStep};

use crate::{
    blocking,
    core::Network,
    journal::{Allowance, JournalError},
    session::{Failure, Server},
};
use firebee_domain::id::ContentId;
use inner::{Inner, Lane};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use strum::VariantArray;
use tokio::task::JoinHandle;

/// The three lanes of one account on this phone. Clones are cheap and share everything.
#[derive(Clone)]
pub struct SyncHandle {
    lanes: Arc<Lanes>,
}

/// The background tasks do not hold this struct, so they end with the last handle.
struct Lanes {
    inner: Arc<Inner>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl SyncHandle {
    /// Lanes to this server. Nothing runs yet.
    pub(crate) fn new(server: Arc<Server>) -> Self {
        Self { lanes: Arc::new(Lanes { inner: Arc::new(Inner::new(server)), tasks: Mutex::default() }) }
    }

    /// Runs the lanes in the background until [`SyncHandle::stop`]. Must be called within a tokio runtime. When the
    /// lanes already run, each tries again at once, even a lane that had stopped until a person acts. Signing in calls
    /// this.
    pub fn start(&self) {
        let mut tasks = self.lanes.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        if tasks.iter().all(JoinHandle::is_finished) {
            let spawned = |lane: &Lane| tokio::spawn(run::background(self.lanes.inner.clone(), *lane));
            *tasks = Lane::VARIANTS.iter().map(spawned).collect();
            tasks.push(tokio::spawn(run::wake_when_recorded(self.lanes.inner.clone())));
            tasks.push(tokio::spawn(run::packs(self.lanes.inner.clone())));
            tasks.push(tokio::spawn(run::thumbnails(self.lanes.inner.clone())));
            tasks.push(tokio::spawn(run::high_water(self.lanes.inner.clone())));
        } else {
            self.lanes.inner.wish();
        }
    }

    /// Stops the lanes and waits for their end. Requests under way are sent again at the next start; writes under way
    /// are completed.
    pub async fn stop(&self) {
        let tasks = std::mem::take(&mut *self.lanes.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        tasks.iter().for_each(JoinHandle::abort);
        for task in tasks {
            // The result only says that the task was aborted.
            let _ = task.await;
        }
        self.lanes.inner.link().pushes_rest();
    }

    /// Runs one full round: sends and pulls until nothing is left to do or every lane is blocked. It clears all
    /// back-offs and waits for none. The future may be dropped at any moment; completed work stays.
    ///
    /// # Errors
    /// Why a lane could not finish. [`crate::Client::progress`] shows the same failure.
    pub async fn now(&self) -> Result<(), Failure> {
        run::round(&self.lanes.inner).await
    }

    /// The first pull, for a screen that shows how far it is. It may run beside the lanes.
    pub fn first_pull(&self) -> FirstPull {
        FirstPull::new(self.lanes.inner.clone())
    }

    /// The file of a blob, fetched from the server where this phone does not have it. The future may be dropped at any
    /// moment.
    ///
    /// # Errors
    /// `not_found` where the server lacks the blob or the account may not see it; no answer; no room on the phone.
    pub(crate) async fn fetch(&self, id: ContentId) -> Result<PathBuf, Failure> {
        fetch::fetch(&self.lanes.inner, id).await
    }

    /// Writes an export file to `path`: what this phone has that the server lacks, sealed so that only its firm can open it.
    /// An administrator takes it in. Nothing on the phone changes.
    ///
    /// # Errors
    /// As [`ExportError`]; there is no file then.
    pub async fn export(&self, path: PathBuf) -> Result<Exported, ExportError> {
        let server = self.lanes.inner.server.clone();
        let written = blocking::run(move || export::export(&server, &path)).await;
        written.unwrap_or(Err(ExportError::Journal(JournalError::Suspended)))
    }

    /// The network came, went or changed, and is this one now. Waits that began on the old network end.
    pub fn connectivity_changed(&self, network: Network) {
        run::connectivity_changed(&self.lanes.inner, network);
    }

    /// Pictures and attached files travel by themselves only over such networks from now on. What somebody asks to look at is
    /// fetched over any.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn allow(&self, pictures: Allowance) -> Result<(), JournalError> {
        let inner = &self.lanes.inner;
        inner.core.set(|settings| settings.pictures = pictures)?;
        run::pictures_changed(inner);
        Ok(())
    }

    /// At most so many bytes of other phones' pictures are kept from now on. What is too much goes at once, that of tasks
    /// which wait for no review first.
    ///
    /// # Errors
    /// The journal cannot be written, or a file not be removed.
    pub fn keep_looks(&self, bytes_max: u64) -> Result<(), JournalError> {
        let inner = &self.lanes.inner;
        inner.core.set(|settings| settings.looks_bytes_max = bytes_max)?;
        inner.core.fetched.set_bytes_max(bytes_max)?;
        run::pictures_changed(inner);
        Ok(())
    }

    #[cfg(test)]
    pub(crate) fn lane(&self, lane: Lane) -> progress::LaneStatus {
        self.lanes.inner.board().of(lane).clone()
    }
}

impl Drop for Lanes {
    fn drop(&mut self) {
        let tasks = self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner);
        tasks.iter().for_each(JoinHandle::abort);
    }
}
