//! Tracks that can be compared with their fences, now that every piece is here.

use super::{judge_coverage, unjudged};
use crate::{
    blobs::{BlobKey, Blobs},
    evidence,
    org::Org,
    query::org,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{geofence::Thresholds, id::TaskId};
use std::{
    collections::BTreeSet,
    mem,
    sync::{Arc, Mutex, PoisonError},
};
use uuid::Uuid;

/// How many unjudged tasks are looked up at once.
const PAGE: u32 = 200;

/// Counts the evidence of a task anew if its document is out of date.
async fn recount(store: &Store, org: Org, task: TaskId) -> Result<(), StoreError> {
    if !store.read("compare_evidence", async move |tx: &mut Tx| evidence::is_outdated(tx, org, task).await).await? {
        return Ok(());
    }
    let count = async move |tx: &mut Tx| evidence::refresh_task_evidence(tx, org, task).await.map(drop);
    store.write("recount_evidence", count).await
}

/// Judges completed tracks in the background, and counts evidence anew where a photo got another place. Clones are cheap.
#[derive(Clone)]
pub struct Tracks {
    store: Store,
    blobs: Blobs,
    thresholds: Thresholds,
    /// Tasks whose judging failed. They are tried again together with the next ones.
    owed: Arc<Mutex<BTreeSet<(Org, TaskId)>>>,
}

impl Tracks {
    /// Judges what these two hold, by these thresholds.
    pub fn new(store: Store, blobs: Blobs, thresholds: Thresholds) -> Self {
        Self { store, blobs, thresholds, owed: Arc::default() }
    }

    /// Judges the tracks of tasks in the background, after the commit that completed them.
    pub fn judge(&self, org: Org, tasks: Vec<TaskId>) {
        if tasks.is_empty() {
            return;
        }
        let tracks = self.clone();
        tokio::spawn(async move { tracks.judge_all(tasks.into_iter().map(|task| (org, task)).collect()).await });
    }

    /// Judges the tracks of these tasks, and tracks that could not be judged before.
    pub async fn judge_all(&self, tasks: Vec<(Org, TaskId)>) {
        let mut due = mem::take(&mut *self.owed.lock().unwrap_or_else(PoisonError::into_inner));
        due.extend(tasks);
        for (org, task) in due {
            let read = |id| {
                let blobs = self.blobs.clone();
                async move { blobs.read(BlobKey { org, id }).await }
            };
            let judged = async {
                recount(&self.store, org, task).await?;
                judge_coverage(&self.store, (org, task), &self.thresholds, read).await
            };
            if let Err(error) = judged.await {
                tracing::error!(%error, "a task could not be looked at after a commit");
                self.owed.lock().unwrap_or_else(PoisonError::into_inner).insert((org, task));
            }
        }
    }

    /// Judges, page by page, the tracks that an earlier process left unjudged. A server calls this when it starts.
    pub async fn judge_left(&self) {
        if let Err(error) = self.judge_left_of_all().await {
            tracing::error!(%error, "tracks without a verdict could not be looked up");
        }
    }

    async fn judge_left_of_all(&self) -> Result<(), StoreError> {
        let firms = self.store.read("find_firms", async |tx: &mut Tx| org::all(tx).await).await?;
        for org in firms {
            let mut after = TaskId(Uuid::nil());
            loop {
                let page = unjudged(&self.store, org, after, PAGE).await?;
                let Some(last) = page.last() else { break };
                after = *last;
                self.judge_all(page.into_iter().map(|task| (org, task)).collect()).await;
            }
        }
        Ok(())
    }
}
