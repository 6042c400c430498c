//! Reads about blobs.

use super::{
    line,
    visible::{is_assigned, is_led, is_overseen, is_owned},
};
use crate::{
    blobs::BlobKey,
    org::Org,
    row, sql,
    store::{BlobStage, StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor, Relation, Subject, may},
    evidence::{PhotoRole, PhotoSize},
    id::{AccountId, ContentId, FactId},
    task::TaskState,
};
use firebee_protocol::{
    blob::BlobState,
    fact::{BlobRole, Body, parse},
};
use std::collections::BTreeSet;

/// A blob as its row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobRow {
    /// The length in bytes: of the file, or as first announced.
    pub len: u64,
    /// Announced or durable. With durability `disk`, a verified blob is durable.
    pub state: BlobState,
    /// Whether its time is over: it was verified, and its bytes are gone.
    pub expired: bool,
}

/// The blob, if a fact of this firm announced it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn blob(tx: &mut Tx, key: BlobKey) -> Result<Option<BlobRow>, StoreError> {
    let find = sql!("SELECT len, state, expired_ms FROM blob WHERE org = ?1 AND id = ?2");
    let Some(row) = tx.query_opt(find, &row![key.org, &key.id]).await? else { return Ok(None) };
    let state = match row.get(1)? {
        BlobStage::Verified => BlobState::Durable,
        BlobStage::Announced | BlobStage::Lost => BlobState::Announced,
    };
    Ok(Some(BlobRow { len: row.get(0)?, state, expired: row.get::<Option<i64>>(2)?.is_some() }))
}

/// A fact that names a blob, and the actor's relations to it.
struct Use {
    relations: Vec<Relation>,
    role: BlobRole,
    selfie: bool,
    approved: bool,
    discarded: bool,
}

/// Whether a fact of this account announced the blob.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn is_announced_by(tx: &mut Tx, org: Org, account: AccountId, id: ContentId) -> Result<bool, StoreError> {
    let find = sql!("SELECT 1 FROM blob_use WHERE org = ?1 AND blob = ?2 AND account = ?3 LIMIT 1");
    Ok(tx.query_opt(find, &row![org, &id, &account]).await?.is_some())
}

/// The blob, if it is verified, its time is not over, and the actor may see it through at least one fact that names it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn readable(tx: &mut Tx, actor: &Actor, key: BlobKey) -> Result<Option<BlobRow>, StoreError> {
    readable_by(tx, actor, key, Action::ReadTask).await
}

/// As [`readable`], of a file that belongs to a fault: whoever reads the fault reads the files of its handling.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn readable_of_fault(tx: &mut Tx, actor: &Actor, key: BlobKey) -> Result<Option<BlobRow>, StoreError> {
    readable_by(tx, actor, key, Action::ReadFault).await
}

async fn readable_by(
    tx: &mut Tx,
    actor: &Actor,
    key: BlobKey,
    attachment: Action,
) -> Result<Option<BlobRow>, StoreError> {
    let Some(row) = blob(tx, key).await?.filter(|row| row.state == BlobState::Durable && !row.expired) else {
        return Ok(None);
    };
    let permitted = uses(tx, actor.account, key).await?.into_iter().any(|used| {
        let action = action(&used, attachment);
        let subject = Subject { organisation: key.org.id(), relations: used.relations };
        // Photos of a discarded task are shown to lead and manager only (protocol, "Tasks, rounds, faults").
        may(actor, action, &subject) && (!used.discarded || may(actor, Action::ReadDiscardedTask, &subject))
    });
    Ok(permitted.then_some(row))
}

/// The permission that this use needs; `attachment` is that of files.
const fn action(used: &Use, attachment: Action) -> Action {
    match used.role {
        BlobRole::Original => PhotoSize::Original.action(used.selfie, used.approved),
        BlobRole::Preview => PhotoSize::Preview.action(used.selfie, used.approved),
        BlobRole::Thumb => PhotoSize::Thumbnail.action(used.selfie, used.approved),
        // a signature tells as much of somebody as a selfie.
        BlobRole::Signature => Action::ReadSelfie,
        BlobRole::Track => Action::ReadTrack,
        BlobRole::Attachment => attachment,
    }
}

async fn uses(tx: &mut Tx, account: AccountId, key: BlobKey) -> Result<Vec<Use>, StoreError> {
    let find = sql!(concat!(
        "SELECT u.account, u.role, u.fact, t.state, ",
        is_led!("p"),
        ", ",
        is_assigned!("p"),
        ", ",
        is_overseen!("p"),
        ", ",
        is_owned!("p"),
        ", EXISTS (SELECT 1 FROM attachment a WHERE a.org = u.org AND a.blob = u.blob AND a.account = u.account), t.executor",
        " FROM blob_use u
             LEFT JOIN project p ON p.org = u.org AND p.id = u.project LEFT JOIN task t ON t.org = u.org AND t.id = u.task
         WHERE u.org = ?2 AND u.blob = ?3 ORDER BY u.received_ms, u.fact"
    ));
    let rows = tx.query(find, &row![&account, key.org, &key.id]).await?;
    // Only the facts of the author who named the blob first give access. Somebody who names it later may know no more
    // of it than its hash, and gets no right to read the bytes. A file of the office was brought by everybody who named it.
    let author = rows.first().map(|row| row.get::<AccountId>(0)).transpose()?;
    let facts = rows.iter().map(|row| row.get(2)).collect::<Result<BTreeSet<FactId>, StoreError>>()?;
    let lines = line::of_facts(tx, key.org, &facts).await?;
    let mut uses = Vec::with_capacity(rows.len());
    for row in rows {
        let role = row.get(1)?;
        let brought = role == BlobRole::Attachment && row.get::<bool>(8)?;
        if Some(row.get(0)?) != author && !brought {
            continue;
        }
        let mut relations = vec![Relation::SameOrganisation];
        let projects =
            [(4, Relation::Lead), (5, Relation::Assigned), (6, Relation::Jurisdiction), (7, Relation::OwnerOfBuilding)];
        // Who goes on with a task reads what others recorded in it.
        let executes = row.get::<Option<AccountId>>(9)? == Some(account);
        relations.extend((executes || row.get::<AccountId>(0)? == account).then_some(Relation::Own));
        for (column, relation) in projects {
            relations.extend(row.get::<Option<bool>>(column)?.unwrap_or(false).then_some(relation));
        }
        let state = row.get::<Option<TaskState>>(3)?;
        uses.push(Use {
            relations,
            role,
            selfie: lines.get(&row.get(2)?).is_none_or(|line| is_selfie(&line.bytes)),
            approved: state == Some(TaskState::Approved),
            discarded: state == Some(TaskState::Discarded),
        });
    }
    Ok(uses)
}

/// Whether the fact took a selfie. A fact that cannot be read counts as a selfie, because fewer people may see those.
fn is_selfie(line: &[u8]) -> bool {
    match parse(line).map(|fact| fact.body) {
        Ok(Ok(Body::PhotoTaken(taken))) => taken.role == PhotoRole::Selfie,
        Ok(Ok(_)) => false,
        Ok(Err(_)) | Err(_) => true,
    }
}
