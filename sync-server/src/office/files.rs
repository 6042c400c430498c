//! The files that an act of the office names.

use super::act::Act;
use crate::{
    org::Org,
    row, sql,
    store::{BlobStage, StoreError, Tx},
};
use firebee_domain::{
    fact::Attribution,
    id::{AccountId, ContentId, EventId, ProjectId, TaskId},
};
use firebee_protocol::fact::{BlobRole, Mime};

/// Notes that an act about a task names these files. False when the actor did not bring one of them: a hash is no
/// licence to show somebody else's bytes.
pub(super) async fn name(tx: &mut Tx, act: &Act, by: &Attribution, files: &[ContentId]) -> Result<bool, StoreError> {
    note(tx, (act.org, act.actor.account), (by.event, by.project, Some(by.task)), files).await
}

/// As [`name`], of an act about a project as a whole.
pub(super) async fn keep(tx: &mut Tx, act: &Act, project: ProjectId, files: &[ContentId]) -> Result<bool, StoreError> {
    note(tx, (act.org, act.actor.account), (act.event(), project, None), files).await
}

/// As [`keep`], of what somebody without an account does: `account` is whose the files are instead.
pub(super) async fn keep_of(
    tx: &mut Tx,
    by: (Org, AccountId),
    (event, project): (EventId, ProjectId),
    files: &[ContentId],
) -> Result<bool, StoreError> {
    note(tx, by, (event, project, None), files).await
}

async fn note(
    tx: &mut Tx,
    (org, account): (Org, AccountId),
    (event, project, task): (EventId, ProjectId, Option<TaskId>),
    files: &[ContentId],
) -> Result<bool, StoreError> {
    let brought = sql!(
        "SELECT a.len, b.verified_ms FROM attachment a JOIN blob b ON b.org = a.org AND b.id = a.blob
         WHERE a.org = ?1 AND a.account = ?2 AND a.blob = ?3 AND b.state = ?4 AND b.expired_ms IS NULL"
    );
    // The use counts from the time when the file came.
    let note = sql!(
        "INSERT INTO blob_use (org, blob, fact, account, project, task, role, len, received_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (org, blob, fact, role) DO NOTHING"
    );
    for file in files {
        let found = tx.query_opt(brought, &row![org, &account, file, BlobStage::Verified]).await?;
        let Some(found) = found else { return Ok(false) };
        let (len, came): (i64, i64) = (found.get(0)?, found.get(1)?);
        let values = row![org, file, &event, &account, &project, task.as_ref(), BlobRole::Attachment, len, came];
        tx.execute(note, &values).await?;
    }
    Ok(true)
}

/// How many bytes these files have together. The actor brought each, or the subject has it already; otherwise `None`.
pub(super) async fn weighed(
    tx: &mut Tx,
    act: &Act,
    (files, held): (&[ContentId], &[ContentId]),
) -> Result<Option<u64>, StoreError> {
    let find = sql!(
        "SELECT b.len, a.account FROM blob b LEFT JOIN attachment a ON a.org = b.org AND a.blob = b.id AND a.account = ?3
         WHERE b.org = ?1 AND b.id = ?2 AND b.state = ?4 AND b.expired_ms IS NULL"
    );
    let mut bytes = 0;
    for file in files {
        let values = row![act.org, file, &act.actor.account, BlobStage::Verified];
        let Some(found) = tx.query_opt(find, &values).await? else { return Ok(None) };
        let by: Option<AccountId> = found.get(1)?;
        if by.is_none() && !held.contains(file) {
            return Ok(None);
        }
        bytes += found.get::<u64>(0)?;
    }
    Ok(Some(bytes))
}

/// What files are that this account brought to the firm, in their order. `None` when it did not bring one of them.
pub(super) async fn brought(
    tx: &mut Tx,
    org: Org,
    account: AccountId,
    files: &[ContentId],
) -> Result<Option<Vec<(ContentId, Mime)>>, StoreError> {
    let brought = sql!(
        "SELECT b.mime FROM attachment a JOIN blob b ON b.org = a.org AND b.id = a.blob
         WHERE a.org = ?1 AND a.account = ?2 AND a.blob = ?3 AND b.state = ?4 AND b.expired_ms IS NULL"
    );
    let mut found = Vec::with_capacity(files.len());
    for file in files {
        let row = tx.query_opt(brought, &row![org, &account, file, BlobStage::Verified]).await?;
        let Some(row) = row else { return Ok(None) };
        found.push((*file, row.get(0)?));
    }
    Ok(Some(found))
}
