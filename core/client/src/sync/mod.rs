//! Sync: three lanes, each idempotent, each resumable, none waiting for another (protocol, "Shape").
//!
//! The lanes' rules are machines without I/O ([`push`], [`blobs`], [`pull`]); thin drivers do what they ask for.
//!
//! Invariant: nothing counts as acknowledged before its receipt holds.
//! Invariant: facts never starve: while one is on its way, one small piece of a blob goes between two pushes.
//! Invariant: an idle sync is one request, and one change is one push and one pull.
//! Invariant: a failure of one fact or blob delays nothing else, and no failure ends a lane for good but one that only
//! a person can mend.

mod back_off;
mod batch;
pub mod blobs;
mod drive;
mod inner;
mod link;
mod note;
pub mod packs;
mod progress;
pub mod pull;
pub mod push;
mod run;
pub mod step;
#[cfg(test)]
pub(crate) mod tests;

pub use back_off::{BackOff, WAIT_MS_MAX, WAIT_MS_MIN};
pub use inner::Lane;
pub use link::{Link, PIECE_BYTES_MAX};
pub use progress::{Activity, LaneStatus};

use crate::session::{Failure, Server};
use inner::Inner;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinHandle;

/// The three lanes of one account on this phone. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct SyncHandle {
    lanes: Arc<Lanes>,
}

/// The background tasks hold the machines and not this, so they end with the last handle.
struct Lanes {
    inner: Arc<Inner>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl SyncHandle {
    /// Lanes to this server. Nothing runs yet.
    pub(crate) fn new(server: Arc<Server>) -> Self {
        Self { lanes: Arc::new(Lanes { inner: Arc::new(Inner::new(server)), tasks: Mutex::default() }) }
    }

    /// Runs the lanes in the background until [`SyncHandle::stop`]. Needs a tokio runtime around the call. When they
    /// run already, each tries again at once, also one that had stopped until a person acts: signing in ends so.
    pub fn start(&self) {
        let mut tasks = self.lanes.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        if tasks.iter().all(JoinHandle::is_finished) {
            *tasks = Lane::ALL.map(|lane| tokio::spawn(run::background(self.lanes.inner.clone(), lane))).into();
            tasks.push(tokio::spawn(run::wake_when_recorded(self.lanes.inner.clone())));
            tasks.push(tokio::spawn(run::packs(self.lanes.inner.clone())));
        } else {
            self.lanes.inner.wish();
        }
    }

    /// Ends the lanes and waits until they have ended. What was in flight is sent again at the next start; what was
    /// being written is written.
    pub async fn stop(&self) {
        let tasks = std::mem::take(&mut *self.lanes.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        tasks.iter().for_each(JoinHandle::abort);
        for task in tasks {
            // An aborted task says so; there is nothing else to learn from it.
            let _ = task.await;
        }
        self.lanes.inner.link().pushes_rest();
    }

    /// One full round: sends and pulls until nothing is left to do, or every lane is held up. Waits for no back-off and
    /// clears those there were. May be dropped at any moment; what it had done stays done.
    ///
    /// # Errors
    /// Why a lane could not finish: what [`crate::Client::progress`] shows as well.
    pub async fn now(&self) -> Result<(), Failure> {
        run::round(&self.lanes.inner).await
    }

    /// The network came, went, or is another one: waits that were for the old one end.
    pub fn connectivity_changed(&self) {
        run::connectivity_changed(&self.lanes.inner);
    }

    /// How one lane stands; [`crate::Client::progress`] tells all of them in one, beside the counts.
    pub fn lane(&self, lane: Lane) -> LaneStatus {
        self.lanes.inner.board().of(lane).clone()
    }
}

impl Drop for Lanes {
    fn drop(&mut self) {
        let tasks = self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner);
        tasks.iter().for_each(JoinHandle::abort);
    }
}
