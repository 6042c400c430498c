//! Tracks that can be compared with their fences, now that every piece is here.

use super::{judge_coverage, unjudged};
use crate::{
    blobs::{BlobKey, Blobs},
    store::Store,
};
use firebee_domain::id::{OrganisationId, TaskId};
use std::{
    collections::BTreeSet,
    mem,
    sync::{Arc, Mutex, PoisonError},
};
use uuid::Uuid;

/// How many unjudged tasks are looked up at once.
const PAGE: u32 = 200;

/// Judges completed tracks in the background. Clones are cheap.
#[derive(Clone)]
pub struct Tracks {
    store: Store,
    blobs: Blobs,
    /// Tasks whose judging failed. They are tried again together with the next ones.
    owed: Arc<Mutex<BTreeSet<(OrganisationId, TaskId)>>>,
}

impl Tracks {
    /// Judges what these two hold.
    pub fn new(store: Store, blobs: Blobs) -> Self {
        Self { store, blobs, owed: Arc::default() }
    }

    /// Judges the tracks of tasks in the background, after the commit that completed them.
    pub fn judge(&self, organisation: OrganisationId, tasks: Vec<TaskId>) {
        if tasks.is_empty() {
            return;
        }
        let tracks = self.clone();
        tokio::spawn(
            async move { tracks.judge_all(tasks.into_iter().map(|task| (organisation, task)).collect()).await },
        );
    }

    /// Judges the tracks of these tasks, and tracks that could not be judged before.
    pub async fn judge_all(&self, tasks: Vec<(OrganisationId, TaskId)>) {
        let mut due = mem::take(&mut *self.owed.lock().unwrap_or_else(PoisonError::into_inner));
        due.extend(tasks);
        for (organisation, task) in due {
            let read = |id| {
                let blobs = self.blobs.clone();
                async move { blobs.read(BlobKey { organisation, id }).await }
            };
            if let Err(error) = judge_coverage(&self.store, organisation, task, read).await {
                tracing::error!(%error, "a track could not be compared with its fence");
                self.owed.lock().unwrap_or_else(PoisonError::into_inner).insert((organisation, task));
            }
        }
    }

    /// Judges, page by page, the tracks that an earlier process left unjudged. A server calls this when it starts.
    pub async fn judge_left(&self) {
        let mut after = TaskId(Uuid::nil());
        loop {
            let page = match unjudged(&self.store, after, PAGE).await {
                Ok(page) => page,
                Err(error) => return tracing::error!(%error, "tracks without a verdict could not be looked up"),
            };
            let Some((_, last)) = page.last() else { return };
            after = *last;
            self.judge_all(page).await;
        }
    }
}
