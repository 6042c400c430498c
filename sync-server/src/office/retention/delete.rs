//! A manager has the files deleted whose time is over. Rows, facts and hashes stay; the act says what went.

use crate::{
    office::{Act, Refused, command::command, rule::rules},
    query, row,
    store::{Batch, Store, Tx, Ty},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    id::ContentId,
    retention::Retention,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The most files of one act; the page then offers the rest.
const FILES_MAX: i64 = 20_000;

static LOCK: Batch<2> =
    Batch::new("SELECT id FROM blob WHERE (org, id) IN ({rows}) ORDER BY id {locked}", [Ty::Int, Ty::Blob]);
static EXPIRE: Batch<3> = Batch::new(
    "WITH p(org, id, at) AS ({rows})
     UPDATE blob SET expired_ms = p.at, removed = 0 FROM p WHERE blob.org = p.org AND blob.id = p.id AND blob.expired_ms IS NULL",
    [Ty::Int, Ty::Blob, Ty::Int],
);

/// What is deleted: what is past by these years.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct DeletePast {
    /// The years that the page showed.
    pub retention: Retention,
}

/// Why nothing is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PastError {
    /// The region asks for other years than the page showed.
    #[error("the years have changed since")]
    Changed,
}

rules! { PastError [], }

impl PastError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Changed => Code::RetentionChanged,
        }
    }
}

/// What went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleted {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Gives the files up, and says how many. Their bytes are removed afterwards.
///
/// # Errors
/// [`Refused`], also when this actor may not. [`PastError`] where the region asks for other years since.
pub async fn delete(store: &Store, act: Act, wanted: DeletePast) -> Result<Deleted, Refused<PastError>> {
    let about = act.org.id();
    command(store, act, "delete_past_files", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &DeletePast) -> Result<Deleted, Refused<PastError>> {
    if !may(&act.actor, Action::DeletePastFiles, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    if query::region::region(tx).await?.retention != wanted.retention {
        return Err(Refused::Rule(PastError::Changed));
    }
    let today = act.at.china_day();
    let by = (wanted.retention, today);
    let found = query::retention::files(tx, act.org, by, FILES_MAX).await?;
    tx.many(&LOCK, found.iter().map(|(id, _)| row![act.org, id])).await?;
    // Work that has named one of them meanwhile keeps it: it held the row, and now it is seen.
    let still: HashSet<ContentId> =
        query::retention::files(tx, act.org, by, FILES_MAX).await?.into_iter().map(|(id, _)| id).collect();
    let past: Vec<_> = found.into_iter().filter(|(id, _)| still.contains(id)).collect();
    tx.many(&EXPIRE, past.iter().map(|(id, _)| row![act.org, id, act.at])).await?;
    let bytes = past.iter().map(|(_, len)| len.unsigned_abs()).sum();
    Ok(Deleted { files: past.len() as u64, bytes })
}
