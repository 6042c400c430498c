//! Frees the files that are safe on the server, so that a phone which takes photos for years does not fill up.

use super::Core;
use crate::{
    cache::CacheError,
    journal::{JournalError, JournalRows, JournalTx},
};
use firebee_domain::{
    id::{ContentId, TaskId},
    task::TaskState,
    time::Timestamp,
};
use firebee_protocol::fact::BlobRole;
use std::{
    collections::{BTreeSet, HashSet},
    sync::{PoisonError, RwLockReadGuard},
};

/// How long a file stays after the server promised that it is durable there: 14 days (protocol, "Push").
const KEPT_MS: i64 = 14 * 86_400_000;

/// Why nothing was freed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CollectError {
    /// The documents cannot be read.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// The journal cannot be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl Core {
    /// Held from the moment at which a file is stored until a fact names it.
    pub(crate) fn taking(&self) -> RwLockReadGuard<'_, ()> {
        self.taking.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The server's time as the last anchor tells it, carried on by the boot clock; the phone's own before the first one.
    pub(crate) fn server_time(&self, rows: &JournalRows<'_>) -> Result<Timestamp, JournalError> {
        let now = self.ports.clock.now();
        Ok(rows.anchor()?.map_or(now.wall_ms, |anchor| {
            let same_boot = now.boot_id == anchor.boot_id;
            let passed = if same_boot { now.boot_ms.saturating_sub(anchor.boot_ms).max(0) } else { 0 };
            anchor.server_ms.plus_ms(passed)
        }))
    }

    /// Frees the files that were durable on the server for 14 days, by the server's clock. Originals and attached files go
    /// then; previews, tracks and signatures stay while their task is open; thumbnails stay for ever. What was freed can be
    /// fetched again to look at. While a photo is being taken, nothing is freed.
    pub(crate) fn collect(&self, now: Timestamp) -> Result<(), CollectError> {
        let Ok(_nobody_takes) = self.taking.try_write() else { return Ok(()) };
        let old = self.journal.read("old_blobs", |rows| rows.durable_since(now.plus_ms(-KEPT_MS)))?;
        if old.iter().all(|blob| blob.role == BlobRole::Thumb) {
            return Ok(());
        }
        let open = self.cache.read::<_, CollectError>(|rows| {
            let is_open = |state| !matches!(state, TaskState::Approved | TaskState::Discarded);
            let tasks = rows.listed(false)?.into_iter().filter(|task| is_open(task.state));
            Ok(tasks.map(|task| task.id).collect::<HashSet<TaskId>>())
        })?;
        let needed = |role: BlobRole, task: Option<TaskId>| match role {
            BlobRole::Original | BlobRole::Attachment => false,
            BlobRole::Preview | BlobRole::Track | BlobRole::Signature => task.is_some_and(|task| open.contains(&task)),
            BlobRole::Thumb => true,
        };
        let kept: BTreeSet<ContentId> =
            old.iter().filter(|blob| needed(blob.role, blob.task)).map(|blob| blob.id).collect();
        let free: BTreeSet<ContentId> = old.iter().map(|blob| blob.id).filter(|id| !kept.contains(id)).collect();
        if free.is_empty() {
            return Ok(());
        }
        // Marked first: a file that a power cut leaves is swept at the next start.
        let mark = |tx: &JournalTx<'_>| free.iter().try_for_each(|id| tx.set_collected(*id));
        self.journal.write_then::<_, JournalError>("collect", mark, |()| {
            for id in &free {
                let _ = self.blobs.remove(*id);
            }
        })?;
        Ok(())
    }
}
