//! How much is recorded, sent, and on the server: the records, then the calls.

use crate::{error::ClientError, off};
use firebee_client::{
    LastError, SyncStatus,
    journal::{Counts, ParkedFact, PhotoCount, RetireReason, StoreHealth},
    work::{
        Progress as CoreProgress,
        progress::{Overview, TaskProgress},
    },
};
use firebee_domain::{
    id::{FactId, TaskId},
    time::Timestamp,
};
use firebee_protocol::problem::{Action, CodeWord};

/// The whole store.
#[uniffi::remote(Record)]
pub struct Overview {
    /// Every fact ever recorded, by state.
    pub facts: Counts,
    /// Blobs that the server has not verified.
    pub blobs_unsent: u64,
    /// Blobs whose bytes this phone has lost: noted, and the lead is told.
    pub blobs_lost: u64,
    /// Their bytes that are still to be sent.
    pub bytes_unsent: u64,
    /// When receiving last came to its end, by this phone's wall clock.
    pub synced: Option<Timestamp>,
    /// What the lanes tell.
    pub status: SyncStatus,
}

/// One task.
#[uniffi::remote(Record)]
pub struct TaskProgress {
    /// Its facts on this phone by state.
    pub facts: Counts,
    /// Its photos on this phone: n of m whole on the server.
    pub photos: PhotoCount,
}

/// The facts of a store or a task by state.
#[uniffi::remote(Record)]
pub struct Counts {
    /// Recorded, not yet sent.
    pub pending: u64,
    /// Sent, not yet acknowledged.
    pub sent: u64,
    /// Acknowledged: the server has committed them.
    pub acked: u64,
    /// Inside the durability that the server promises; those whose bytes were freed here are among them.
    pub durable: u64,
    /// Received, not counted: quarantined, as the server told.
    pub parked: u64,
}

/// Photos of a task: how many of how many are whole on the server.
#[uniffi::remote(Record)]
pub struct PhotoCount {
    /// Photos all of whose blobs the server has verified.
    pub verified: u64,
    /// Photos that this phone took for the task.
    pub taken: u64,
}

/// What the lanes tell about themselves.
#[uniffi::remote(Record)]
pub struct SyncStatus {
    /// Whether a lane is talking to the server now.
    pub running: bool,
    /// What came in the way last; `None` after a success.
    pub last_error: Option<LastError>,
    /// When the next try is, by this phone's wall clock.
    pub next_try: Option<Timestamp>,
}

/// The last thing that came in the way of sending or receiving.
#[uniffi::remote(Record)]
pub struct LastError {
    /// Its code.
    pub code: CodeWord,
    /// What is done about it.
    pub action: Action,
    /// Whether somebody has to act before it goes on.
    pub needs_person: bool,
    /// Two sentences in Chinese.
    pub text_zh: String,
    /// The same in English.
    pub text_en: String,
    /// When, by this phone's wall clock.
    pub at: Timestamp,
}

/// A fact of this phone that the server keeps without counting it.
#[uniffi::remote(Record)]
pub struct ParkedFact {
    /// Its place in the store.
    pub seq: u64,
    /// Its id.
    pub id: FactId,
    /// Its kind.
    pub kind: String,
    /// The task it names.
    pub task: Option<TaskId>,
    /// Why it does not count.
    pub code: CodeWord,
}

/// Whether a store may go on.
#[uniffi::remote(Enum)]
pub enum StoreHealth {
    /// Its key answers.
    Sound,
    /// Its key does not answer at the moment: recording goes on, pushing waits.
    KeyUnavailable,
    /// It must not push any more; its facts have to move to a new store.
    Retired(RetireReason),
}

/// Why a store is retired (protocol, "Identifiers").
#[uniffi::remote(Enum)]
pub enum RetireReason {
    /// The keystore does not have its key any more, or has another.
    KeyGone,
    /// The journal came to another installation.
    OtherInstall,
    /// The journal is older than what was known of it.
    RolledBack,
}

/// How much is recorded, sent, and on the server. The counts always add up.
#[derive(uniffi::Object)]
pub struct Progress(pub(crate) CoreProgress);

#[uniffi::export(async_runtime = "tokio")]
impl Progress {
    /// The whole store.
    pub async fn overview(&self) -> Result<Overview, ClientError> {
        off(&self.0, |progress| progress.overview()).await
    }

    /// One task.
    pub async fn task(&self, task: TaskId) -> Result<TaskProgress, ClientError> {
        off(&self.0, move |progress| progress.task(task)).await
    }

    /// The facts that the server keeps without counting them.
    pub async fn parked(&self) -> Result<Vec<ParkedFact>, ClientError> {
        off(&self.0, |progress| progress.parked()).await
    }
}
