//! Tracks that can be compared with their fences, now that every piece is here.

use super::BlobKey;
use crate::{accept::judge_coverage, state::App};
use firebee_domain::id::{OrganisationId, TaskId};

/// Judges the tracks of tasks after the commit that completed them; nobody waits for it.
pub fn judge(app: &App, organisation: OrganisationId, tasks: Vec<TaskId>) {
    if tasks.is_empty() {
        return;
    }
    let app = app.clone();
    tokio::spawn(async move {
        for task in tasks {
            let read = |id| {
                let app = app.clone();
                async move { app.blobs.read(BlobKey { organisation, id }).await }
            };
            if let Err(error) = judge_coverage(&app.store, organisation, task, read).await {
                tracing::error!(%error, "a track could not be compared with its fence");
            }
        }
    });
}
