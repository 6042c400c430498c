//! Fetches the thumbnails of the tasks that wait for this account's review, so that a lead reviews without a network.

use super::super::{
    fetch::fetch,
    inner::{Inner, Turn},
};
use crate::{
    cache::{CacheRows, PageApplied},
    changes::Change,
    session::Failure,
};
use firebee_domain::{
    evidence::Photo,
    id::{AccountId, ContentId, ProjectId},
    task::TaskState,
};
use firebee_protocol::{blob::EvidenceCount, document::kind};
use serde::Deserialize;
use std::{collections::HashSet, sync::atomic::Ordering};

/// The room that a thumbnail needs at most, in bytes: 320 px on the long side.
const THUMBNAIL_BYTES_MAX: u64 = 64 << 10;

/// The part of a project's document that names its lead.
#[derive(Deserialize)]
struct LedProject {
    project: Led,
}

#[derive(Deserialize)]
struct Led {
    id: ProjectId,
    lead: Option<AccountId>,
}

/// The part of a task's document that names its pictures.
#[derive(Deserialize)]
struct Pictured {
    task: Pictures,
    evidence: EvidenceCount,
}

#[derive(Deserialize)]
struct Pictures {
    photos: Vec<Photo>,
}

/// The pictures of the tasks that wait for a review.
#[derive(Default)]
struct Queue {
    /// The thumbnails that the server has, those of the task first that waits longest.
    thumbnails: Vec<ContentId>,
    /// All of them, in every size.
    all: HashSet<ContentId>,
}

/// Looks at the tasks that wait for this account's review, once a pull is done that may have changed them: which
/// thumbnails are not here, and which pictures stay when others have to go.
pub(super) fn look(inner: &Inner, applied: &PageApplied, done: bool) -> Result<(), Failure> {
    let touches = |kind: &str| kind == kind::TASK || kind == kind::PROJECT;
    if applied.swapped || applied.changed.iter().any(|changed| touches(&changed.kind)) {
        inner.thumbnails_looked.store(false, Ordering::Release);
    }
    if !done || inner.thumbnails_looked.swap(true, Ordering::AcqRel) {
        return Ok(());
    }
    let Some(me) = inner.server.signed_in()?.account else { return Ok(()) };
    let Queue { mut thumbnails, all } = inner.core.cache.read::<_, Failure>(|rows| queue(rows, me))?;
    inner.core.fetched.set_waiting(all);
    thumbnails.retain(|id| inner.core.file(*id).is_none());
    let more = !thumbnails.is_empty();
    inner.thumbnails().want_only(thumbnails);
    if more {
        inner.wake_thumbnails.notify_one();
    }
    Ok(())
}

fn queue(rows: &CacheRows<'_>, me: AccountId) -> Result<Queue, Failure> {
    let projects = rows.documents::<LedProject>(kind::PROJECT)?.into_iter().map(|held| held.body.project);
    let led: HashSet<ProjectId> = projects.filter(|held| held.lead == Some(me)).map(|held| held.id).collect();
    let mut queue = Queue::default();
    if led.is_empty() {
        return Ok(queue);
    }
    let waiting = rows.tasks_in(TaskState::PendingReview)?.into_iter().filter(|(_, project)| led.contains(project));
    for (task, _) in waiting {
        let Some(held) = rows.document::<Pictured>(kind::TASK, &task.to_string())? else { continue };
        let Pictured { task: Pictures { photos }, evidence } = held.body;
        let missing: HashSet<ContentId> = evidence.missing.into_iter().collect();
        for photo in photos.into_iter().filter(|photo| !photo.withdrawn) {
            let taken = photo.taken;
            queue.all.extend([taken.original, taken.preview, taken.thumbnail]);
            queue.thumbnails.extend(Some(taken.thumbnail).filter(|id| !missing.contains(id)));
        }
    }
    Ok(queue)
}

/// Fetches thumbnails until all are here, the user's share of the disk is full, or all that are missing wait. Concurrent
/// callers take turns.
pub(in super::super) async fn fetch_all(inner: &Inner) -> Turn {
    let _one_at_a_time = inner.fetching_thumbnails.lock().await;
    loop {
        let id = match Turn::of(inner.thumbnails().next(inner.now_ms())) {
            Ok(id) => id,
            Err(rest) => return rest,
        };
        let core = &inner.core;
        let room = core.missing_room() == 0 && core.fetched.has_room(THUMBNAIL_BYTES_MAX).unwrap_or(false);
        if !core.pictures_may_travel() || !room {
            // The next page, network or setting looks again.
            return Turn::Idle;
        }
        match fetch(inner, id).await {
            Ok(_) => {
                inner.thumbnails().got(id);
                inner.core.changes.tell(Change::Review);
            }
            Err(failure) => inner.thumbnails().failed(id, &failure, inner.now_ms()),
        }
    }
}
