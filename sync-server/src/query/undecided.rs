//! Reads about what was received, does not count, and waits for a decision.

use super::{
    line::{self, Place},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{BlobStage, Row, StoreError, Tx, number},
};
use bytes::Bytes;
use firebee_domain::{
    account::{Action, Actor},
    code::{Again, Code},
    id::{ProjectId, StoreId, TaskId},
    time::Timestamp,
};
use firebee_protocol::{act::OfficeAct, problem::CodeWord};
use std::collections::BTreeSet;

/// The most groups that are read.
const GROUPS_MAX: i64 = 500;
/// The most facts of a group that are read.
const FACTS_MAX: i64 = 500;

/// The facts of one task that one phone sent and that do not count for one reason.
#[derive(Clone, Debug)]
pub struct UndecidedRow {
    /// Their project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// Their task.
    pub task: TaskId,
    /// Its name; `None` when its start came late too.
    pub task_name: Option<String>,
    /// The phone's store.
    pub store: StoreId,
    /// The phone's name.
    pub device: String,
    /// The author's name.
    pub author: String,
    /// Why they do not count.
    pub code: CodeWord,
    /// How many facts wait.
    pub facts: u64,
    /// When the last of them was received.
    pub received: Timestamp,
    /// How many files of the task are announced.
    pub files: u64,
    /// How many of these are on the server.
    pub files_here: u64,
    /// The act that took the account from the phone, unless it holds the account again.
    pub freed: Option<OfficeAct>,
}

/// The statement of groups, with a further condition on them.
macro_rules! groups {
    ($and:literal) => {
        sql!(concat!(
            "SELECT k.project, j.name, k.task, t.name, k.store_id, d.device, n.name, COUNT(*), MAX(k.since_ms),
                 (SELECT COUNT(DISTINCT u.blob) FROM blob_use u WHERE u.org = k.org AND u.task = k.task),
                 (SELECT COUNT(DISTINCT u.blob) FROM blob_use u JOIN blob b ON b.org = u.org AND b.id = u.blob
                  WHERE u.org = k.org AND u.task = k.task AND b.state = ?6),
                 (SELECT c.line FROM act c WHERE c.org = k.org AND c.id = d.freed_by), k.code
             FROM parked k JOIN project j ON j.org = k.org AND j.id = k.project
                 JOIN device_store d ON d.org = k.org AND d.store_id = k.store_id
                 JOIN account a ON a.org = k.org AND a.id = k.account JOIN person n ON n.org = a.org AND n.id = a.person
                 LEFT JOIN task t ON t.org = k.org AND t.id = k.task
             WHERE k.org = ?2 AND ?4 LIKE '%,' || k.code || ',%' AND k.decision IS NULL AND k.task IS NOT NULL AND ",
            sees!("j", "k.account", "?3"),
            $and,
            " GROUP BY k.org, k.project, j.name, k.task, t.name, k.store_id, d.device, d.freed_by, n.name, k.code
              ORDER BY MAX(k.since_ms) DESC, k.store_id, k.task, k.code LIMIT ?5"
        ))
    };
}

/// What waits for decisions of an actor, the latest first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn groups(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<UndecidedRow>, StoreError> {
    let seen = visible(actor, Action::AdoptParked, org);
    let codes = decidable();
    let asked = row![&codes, GROUPS_MAX, BlobStage::Verified];
    let rows = tx.query(groups!(""), &[&seen.values()[..], &asked].concat()).await?;
    let mut found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    found.retain(|row| waits(&row.code));
    Ok(found)
}

/// The codes of facts that a person decides on, each between commas.
fn decidable() -> String {
    let codes: Vec<&str> = Code::judged(Again::Adopted).map(Code::word).collect();
    format!(",{},", codes.join(","))
}

/// Whether a person decides on facts of this code. The pattern of the statement finds also words that only resemble one.
fn waits(code: &CodeWord) -> bool {
    code.known().is_some_and(|code| code.again() == Again::Adopted)
}

fn read(row: &Row) -> Result<UndecidedRow, StoreError> {
    let line = row.get::<Option<Vec<u8>>>(11)?;
    let freed = line.map(|line| OfficeAct::read(&line)).transpose();
    Ok(UndecidedRow {
        project: row.get(0)?,
        project_name: row.get(1)?,
        task: row.get(2)?,
        task_name: row.get(3)?,
        store: row.get(4)?,
        device: row.get(5)?,
        author: row.get(6)?,
        facts: row.get(7)?,
        code: row.get(12)?,
        received: row.get(8)?,
        files: row.get(9)?,
        files_here: row.get(10)?,
        freed: freed.map_err(|error| StoreError::Bug(error.to_string()))?,
    })
}

/// A fact that waits.
#[derive(Clone, Debug)]
pub struct UndecidedFact {
    /// The id of its document, which is its own.
    pub id: String,
    /// Why it does not count.
    pub code: CodeWord,
    /// Its line as it came.
    pub bytes: Bytes,
}

/// A group with its facts in the order of their recording; at most as many as one form decides on.
#[derive(Clone, Debug)]
pub struct UndecidedGroup {
    /// The group.
    pub row: UndecidedRow,
    /// Its facts.
    pub facts: Vec<UndecidedFact>,
}

/// The facts of a task that a store sent and that do not count, if some wait for a decision of the actor.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn group(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    (store, task): (StoreId, TaskId),
) -> Result<Option<UndecidedGroup>, StoreError> {
    let seen = visible(actor, Action::AdoptParked, org);
    let codes = decidable();
    let asked = row![&codes, GROUPS_MAX, BlobStage::Verified, &store, &task];
    let find = groups!(" AND k.store_id = ?7 AND k.task = ?8");
    let rows = tx.query(find, &[&seen.values()[..], &asked].concat()).await?;
    let rows = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let Some(row) = rows.into_iter().find(|row| waits(&row.code)) else { return Ok(None) };
    let find = sql!(
        "SELECT document, seq, code FROM parked
         WHERE org = ?1 AND store_id = ?2 AND task = ?3 AND project = ?4 AND ?5 LIKE '%,' || code || ',%' AND decision IS NULL
         ORDER BY seq LIMIT ?6"
    );
    let rows = tx.query(find, &row![org, &store, &task, &row.project, &codes, FACTS_MAX]).await?;
    let place = |row: &Row| Ok((row.get(0)?, row.get(2)?, (store, number(row.get(1)?)?)));
    let mut places = rows.iter().map(place).collect::<Result<Vec<(String, CodeWord, Place)>, StoreError>>()?;
    places.retain(|(_, code, _)| waits(code));
    let mut lines = line::at(tx, org, places.iter().map(|(_, _, place)| *place).collect::<BTreeSet<_>>()).await?;
    let fact = |(id, code, place): (String, CodeWord, Place)| {
        Some(UndecidedFact { id, code, bytes: lines.remove(&place)?.bytes })
    };
    let facts: Vec<UndecidedFact> = places.into_iter().filter_map(fact).collect();
    Ok(Some(UndecidedGroup { row: UndecidedRow { facts: facts.len() as u64, ..row }, facts }))
}
