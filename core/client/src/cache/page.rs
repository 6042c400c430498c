//! Applies a page of the feed to the cache.

use super::{CacheError, CacheRows, TaskPins, brief::BriefKept};
use firebee_domain::id::PlanId;
use firebee_protocol::{
    digest::FeedDigest,
    document,
    limits::LIMITS,
    pull::{Change, Page},
};
use rusqlite::params;
use std::{borrow::Cow, collections::BTreeSet};

/// A document that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its kind.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// What it says, if it is the document of a task.
    pub task: Option<TaskPins>,
}

/// What a page has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageApplied {
    /// The documents that changed; empty while a snapshot is on its way.
    pub changed: Vec<Changed>,
    /// A complete snapshot has just replaced the documents, so everything may have changed.
    pub swapped: bool,
    /// The server's digest differs from the digest of the documents here. The phone notes this and pulls everything
    /// anew.
    pub digest_mismatch: bool,
}

/// The two sets of tables: the documents that screens show, and a snapshot that is being pulled.
#[derive(Clone, Copy)]
enum Side {
    Shown,
    Shadow,
}

impl Side {
    const fn put(self) -> &'static str {
        match self {
            Self::Shown => "INSERT OR REPLACE INTO document (kind, id, rev, body) VALUES (?1, ?2, ?3, ?4)",
            Self::Shadow => "INSERT OR REPLACE INTO shadow (kind, id, rev, body) VALUES (?1, ?2, ?3, ?4)",
        }
    }
    const fn delete(self) -> &'static str {
        match self {
            Self::Shown => "DELETE FROM document WHERE kind = ?1 AND id = ?2",
            Self::Shadow => "DELETE FROM shadow WHERE kind = ?1 AND id = ?2",
        }
    }
    const fn rev(self) -> &'static str {
        match self {
            Self::Shown => "SELECT rev FROM document WHERE kind = ?1 AND id = ?2",
            Self::Shadow => "SELECT rev FROM shadow WHERE kind = ?1 AND id = ?2",
        }
    }
    const fn body(self) -> &'static str {
        match self {
            Self::Shown => "SELECT body FROM document WHERE kind = ?1 AND id = ?2 AND rev = ?3",
            Self::Shadow => "SELECT body FROM shadow WHERE kind = ?1 AND id = ?2 AND rev = ?3",
        }
    }
    /// A snapshot that is being pulled has no rows for lists. They are made when it replaces the documents.
    fn brief(
        self,
        rows: &CacheRows<'_>,
        (kind, id, rev): (&str, &str, i64),
        body: Option<&str>,
    ) -> Result<BriefKept, CacheError> {
        let (pins, plan) = match self {
            Self::Shown if kind == document::kind::TASK => return rows.put_brief(id, body),
            Self::Shown if kind == document::kind::DISPATCH => (rows.put_sent(id, body).map(|()| None)?, None),
            Self::Shown if kind == document::kind::ASSIGNMENT => (None, rows.put_issue(id, rev, body)?),
            Self::Shown | Self::Shadow => (None, None),
        };
        Ok(BriefKept { pins, plan })
    }
    const fn digest(self) -> &'static str {
        match self {
            Self::Shown => "SELECT digest FROM progress",
            Self::Shadow => "SELECT shadow_digest FROM progress",
        }
    }
    const fn advance(self) -> &'static str {
        match self {
            Self::Shown => "UPDATE progress SET cursor = ?1, digest = ?2",
            Self::Shadow => "UPDATE progress SET shadow_cursor = ?1, shadow_digest = ?2",
        }
    }
}

/// Applies a page, in the caller's transaction.
pub(super) fn apply(rows: &CacheRows<'_>, page: &Page) -> Result<PageApplied, CacheError> {
    let side = if rows.is_snapshot()? { Side::Shadow } else { Side::Shown };
    let mut digest = rows.digest(side)?;
    let mut changed = Vec::with_capacity(page.changes.len());
    let mut plans: BTreeSet<PlanId> = BTreeSet::new();
    for change in &page.changes {
        let BriefKept { pins, plan } = put(rows, side, change, &mut digest)?;
        plans.extend(plan);
        changed.push(Changed { kind: change.kind.clone(), id: change.id.clone(), task: pins });
    }
    rows.settle(&plans)?;
    rows.execute(side.advance(), params![page.next_cursor, digest.to_bytes()])?;
    let mut applied = PageApplied { changed: Vec::new(), swapped: false, digest_mismatch: false };
    match side {
        Side::Shadow if page.done => {
            rows.swap()?;
            applied.swapped = true;
        }
        Side::Shadow => return Ok(applied),
        Side::Shown => applied.changed = changed,
    }
    if page.done {
        for store in &page.applied {
            let seq = i64::try_from(store.seq).unwrap_or(i64::MAX);
            let sql = "INSERT OR REPLACE INTO applied (store_id, seq) VALUES (?1, ?2)";
            rows.execute(sql, params![store.store_id.0.as_bytes(), seq])?;
        }
        applied.digest_mismatch = page.digest.as_ref().is_some_and(|theirs| *theirs != digest.to_string());
    }
    Ok(applied)
}

fn put(rows: &CacheRows<'_>, side: Side, change: &Change, digest: &mut FeedDigest) -> Result<BriefKept, CacheError> {
    let (kind, id) = (change.kind.as_str(), change.id.as_str());
    let held: Option<i64> = rows.one(side.rev(), params![kind, id], |row| row.get(0))?;
    if let Some(rev) = held.and_then(|rev| u64::try_from(rev).ok()) {
        digest.remove(kind, id, rev);
    }
    match body(rows, side, change)? {
        Some(body) => {
            digest.add(kind, id, change.rev);
            let rev = i64::try_from(change.rev).unwrap_or(i64::MAX);
            rows.execute(side.put(), params![kind, id, rev, body])?;
            side.brief(rows, (kind, id, rev), Some(&body))
        }
        None => {
            rows.execute(side.delete(), params![kind, id])?;
            side.brief(rows, (kind, id, 0), None)
        }
    }
}

/// The new body of the document; `None` when the document is gone.
fn body<'a>(rows: &CacheRows<'_>, side: Side, change: &'a Change) -> Result<Option<Cow<'a, str>>, CacheError> {
    let Some(patch) = change.patch.as_ref().filter(|_| !change.deleted) else {
        return Ok(change.body.as_ref().filter(|_| !change.deleted).map(|body| body.get().into()));
    };
    let from = i64::try_from(patch.from).unwrap_or(i64::MAX);
    let held: Option<String> = rows.one(side.body(), params![change.kind, change.id, from], |row| row.get(0))?;
    let held = held.ok_or(CacheError::PatchUnfit)?;
    let whole = patch.apply(&held, LIMITS.inflated_bytes_max as usize).map_err(|_| CacheError::PatchUnfit)?;
    Ok(Some(whole.into()))
}

impl CacheRows<'_> {
    fn is_snapshot(&self) -> Result<bool, CacheError> {
        Ok(self.one("SELECT snapshot FROM progress", [], |row| row.get(0))?.unwrap_or(true))
    }

    fn digest(&self, side: Side) -> Result<FeedDigest, CacheError> {
        let bytes: Option<Vec<u8>> = self.one(side.digest(), [], |row| row.get(0))?;
        Ok(bytes.and_then(|bytes| bytes.try_into().ok()).map(FeedDigest::from_bytes).unwrap_or_default())
    }

    /// Empties the shadow and sends the next pages there.
    pub(super) fn begin_snapshot(&self) -> Result<(), CacheError> {
        self.execute("DELETE FROM shadow", [])?;
        let sql = "UPDATE progress SET snapshot = 1, shadow_cursor = NULL, shadow_digest = zeroblob(16)";
        self.execute(sql, []).map(drop)
    }

    /// The complete snapshot takes the place of what was shown.
    fn swap(&self) -> Result<(), CacheError> {
        self.execute("DELETE FROM document", [])?;
        self.execute("INSERT INTO document (kind, id, rev, body) SELECT kind, id, rev, body FROM shadow", [])?;
        self.execute("DELETE FROM shadow", [])?;
        self.execute("DELETE FROM applied", [])?;
        let sql = "UPDATE progress SET snapshot = 0, cursor = shadow_cursor, digest = shadow_digest, \
                   shadow_cursor = NULL, shadow_digest = zeroblob(16)";
        self.execute(sql, [])?;
        self.renew_briefs()?;
        self.renew_sent()?;
        self.renew_issues()
    }
}
