//! Tracks that can be compared with their fences, now that every piece is here.

use super::BlobKey;
use crate::{
    coverage::{judge_coverage, unjudged},
    state::App,
};
use firebee_domain::id::{OrganisationId, TaskId};
use std::{
    collections::BTreeSet,
    mem,
    sync::{Mutex, PoisonError},
};
use uuid::Uuid;

/// How many unjudged tasks are looked up at once.
const PAGE: u32 = 200;

/// Tasks whose judging failed; they are judged again with the next ones.
#[derive(Debug, Default)]
pub struct Owed(Mutex<BTreeSet<(OrganisationId, TaskId)>>);

impl Owed {
    fn add(&self, task: (OrganisationId, TaskId)) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(task);
    }

    fn take(&self) -> BTreeSet<(OrganisationId, TaskId)> {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Judges the tracks of tasks after the commit that completed them; nobody waits for it.
pub fn judge(app: &App, organisation: OrganisationId, tasks: Vec<TaskId>) {
    if tasks.is_empty() {
        return;
    }
    let app = app.clone();
    tokio::spawn(async move { judge_all(&app, tasks.into_iter().map(|task| (organisation, task)).collect()).await });
}

/// Judges the tracks of tasks, and of those that could not be judged before.
pub async fn judge_all(app: &App, tasks: Vec<(OrganisationId, TaskId)>) {
    let mut due = app.owed.take();
    due.extend(tasks);
    for (organisation, task) in due {
        let read = |id| {
            let app = app.clone();
            async move { app.blobs.read(BlobKey { organisation, id }).await }
        };
        if let Err(error) = judge_coverage(&app.store, organisation, task, read).await {
            tracing::error!(%error, "a track could not be compared with its fence");
            app.owed.add((organisation, task));
        }
    }
}

/// Judges what a process that ended left unjudged, page by page: for a server that starts.
pub async fn judge_left(app: &App) {
    let mut after = TaskId(Uuid::nil());
    loop {
        let page = match unjudged(&app.store, after, PAGE).await {
            Ok(page) => page,
            Err(error) => return tracing::error!(%error, "tracks without a verdict could not be looked up"),
        };
        let Some((_, last)) = page.last() else { return };
        after = *last;
        judge_all(app, page).await;
    }
}
