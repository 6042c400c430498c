//! Counts of facts, photos and blobs; the last error in words; the next try.

use crate::{
    core::SyncStatus,
    journal::{Counts, JournalError, ParkedFact, PhotoCount},
    work::{Progress, Trouble},
};
use firebee_domain::{id::TaskId, time::Timestamp};

/// The whole store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Every fact ever recorded, by state.
    pub facts: Counts,
    /// Blobs that the server has not verified.
    pub blobs_unsent: u64,
    /// Their bytes that are still to be sent.
    pub bytes_unsent: u64,
    /// Blobs whose bytes are damaged or gone on this phone (`lost_local`). The server is told; they are not sent.
    pub blobs_lost: u64,
    /// The last time that a pull reached the head of the feed, by this phone's wall clock.
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
        Ok(Overview { facts, blobs_unsent, bytes_unsent, blobs_lost, synced, status: core.status().clone() })
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

    /// The facts of this phone that are in the server's quarantine, each with its code.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn parked(&self) -> Result<Vec<ParkedFact>, Trouble> {
        Ok(self.0.journal.read("parked", |journal| journal.parked())?)
    }
}
