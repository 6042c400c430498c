//! Counts of facts, photos and blobs; the last error in words; the next try.

use crate::{
    journal::{Counts, JournalError, ParkedFact, PhotoCount},
    work::{Progress, Trouble},
};
use firebee_domain::{id::TaskId, time::Timestamp};
use firebee_protocol::text::{Language, Message as _, Text, problem, say_with};
use std::sync::{MutexGuard, PoisonError};

/// The last thing that came in the way of sending or receiving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastError {
    /// Its code.
    pub code: String,
    /// Two sentences in Chinese.
    pub text_zh: String,
    /// The same in English.
    pub text_en: String,
    /// When, by this phone's wall clock.
    pub at: Timestamp,
}

impl LastError {
    /// An error of this code; without own sentences it is told as a failure of the server.
    pub fn new(code: &str, at: Timestamp) -> Self {
        let text = problem(code).filter(|text| text.variables().is_empty()).unwrap_or(Text::ProblemServerError);
        let say = |language| say_with(language, text, &[]);
        Self { code: code.to_owned(), text_zh: say(Language::Zh), text_en: say(Language::En), at }
    }
}

/// What the lanes tell about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncStatus {
    /// Whether a lane is talking to the server now.
    pub running: bool,
    /// What came in the way last; `None` after a success.
    pub last_error: Option<LastError>,
    /// When the next try is, by this phone's wall clock.
    pub next_try: Option<Timestamp>,
}

/// The whole store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Every fact ever recorded, by state.
    pub facts: Counts,
    /// Blobs that the server has not verified.
    pub blobs_unsent: u64,
    /// Their bytes that are still to be sent.
    pub bytes_unsent: u64,
    /// Blobs whose bytes are wrong or gone on this phone (`lost_local`): noted for the server, not tried again.
    pub blobs_lost: u64,
    /// When receiving last came to its end, by this phone's wall clock.
    pub synced: Option<Timestamp>,
    /// What the lanes tell.
    pub status: SyncStatus,
}

/// One task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskProgress {
    /// Its facts on this phone by state.
    pub facts: Counts,
    /// Its photos on this phone: n of m whole on the server.
    pub photos: PhotoCount,
}

impl Progress {
    /// How much is recorded, sent, acknowledged, durable and parked, for the whole store.
    ///
    /// # Errors
    /// The stores cannot be read.
    pub fn overview(&self) -> Result<Overview, Trouble> {
        let core = &self.0;
        let (facts, unsent, blobs_lost) = core.journal.read("overview", |journal| {
            let facts = journal.counts(core.journal.identity())?;
            Ok::<_, JournalError>((facts, journal.unsent_blobs()?, journal.lost_blobs()?))
        })?;
        let synced = core.cache.read(|cache| cache.synced_ms())?.map(Timestamp);
        let (blobs_unsent, bytes_unsent) = unsent;
        Ok(Overview { facts, blobs_unsent, bytes_unsent, blobs_lost, synced, status: self.status().clone() })
    }

    /// How much of one task is on the server.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn task(&self, task: TaskId) -> Result<TaskProgress, Trouble> {
        let read = self.0.journal.read("task_progress", |journal| {
            let (facts, photos) = (journal.counts_of_task(task)?, journal.photos_of_task(task)?);
            Ok::<_, JournalError>(TaskProgress { facts, photos })
        });
        Ok(read?)
    }

    /// The facts of this phone that the server keeps without counting them, each with its code.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn parked(&self) -> Result<Vec<ParkedFact>, Trouble> {
        Ok(self.0.journal.read("parked", |journal| journal.parked())?)
    }

    pub(crate) fn status(&self) -> MutexGuard<'_, SyncStatus> {
        self.0.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
