//! Reads about what was received, does not count, and waits for a decision.

use super::{
    line::{self, Place},
    page::{self, Page, Wanted, latest, order},
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
use strum::EnumString;

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

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum UndecidedSort {
    /// When the last fact was received.
    #[default]
    Received,
    /// The author's name.
    Author,
    /// The project's name.
    Project,
}

/// Which groups are read.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those of this project.
    pub project: Option<ProjectId>,
    /// Only those of this task that this phone sent.
    pub of: Option<(StoreId, TaskId)>,
    /// The words, the order, the page.
    pub wanted: Wanted<UndecidedSort>,
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "g.project, j.name, g.task, t.name, g.store_id, d.device, n.name, g.facts, g.since_ms,
             (SELECT COUNT(DISTINCT u.blob) FROM blob_use u WHERE u.org = g.org AND u.task = g.task),
             (SELECT COUNT(DISTINCT u.blob) FROM blob_use u JOIN blob b ON b.org = u.org AND b.id = u.blob
              WHERE u.org = g.org AND u.task = g.task AND b.state = ?11),
             (SELECT c.line FROM act c WHERE c.org = g.org AND c.id = d.freed_by), g.code",
            concat!(
                "FROM (SELECT k.org, k.project, k.task, k.store_id, k.account, k.code, COUNT(*) AS facts,
                           MAX(k.since_ms) AS since_ms, MIN(k.document) AS document
                       FROM parked k WHERE k.org = ?2 AND ?10 LIKE '%,' || REPLACE(k.code, '_', '!_') || ',%' ESCAPE '!'
                           AND k.decision IS NULL AND k.task IS NOT NULL
                       GROUP BY k.org, k.project, k.task, k.store_id, k.account, k.code) g
                     JOIN project j ON j.org = g.org AND j.id = g.project
                     JOIN device_store d ON d.org = g.org AND d.store_id = g.store_id
                     JOIN account a ON a.org = g.org AND a.id = g.account
                     JOIN person n ON n.org = a.org AND n.id = a.person
                     LEFT JOIN task t ON t.org = g.org AND t.id = g.task
                 WHERE g.org = ?2 AND ",
                sees!("j", "g.account", "?3"),
                " AND (CAST(?12 AS BYTEA) IS NULL OR g.project = ?12)
                  AND (CAST(?13 AS BYTEA) IS NULL OR (g.store_id = ?13 AND g.task = ?14))"
            ),
            "(n.find || ' ' || d.find || ' ' || j.find || ' ' || COALESCE(t.find, ''))",
            $key: $kind,
            "g.document": Text
        )
    };
}

/// A page of what waits for decisions of an actor.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn groups(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<UndecidedRow>, StoreError> {
    let order = match filter.wanted.sort {
        UndecidedSort::Received => by!("g.since_ms": Number),
        UndecidedSort::Author => by!("n.sort": Text),
        UndecidedSort::Project => by!("j.sort": Text),
    };
    let (codes, (store, task)) = (decidable(), filter.of.unzip());
    let own = row![&codes, BlobStage::Verified, filter.project.as_ref(), store.as_ref(), task.as_ref()];
    page::page(tx, &visible(actor, Action::AdoptParked, org), (&order, &filter.wanted), &own, read).await
}

/// The codes of facts that a person decides on, each between commas.
fn decidable() -> String {
    let codes: Vec<&str> = Code::judged(Again::Adopted).map(Code::word).collect();
    format!(",{},", codes.join(","))
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
    let filter = Filter { of: Some((store, task)), wanted: latest(1), ..Filter::default() };
    let Some(row) = groups(tx, org, actor, &filter).await?.rows.pop() else { return Ok(None) };
    let codes = decidable();
    let find = sql!(
        "SELECT document, seq, code FROM parked
         WHERE org = ?1 AND store_id = ?2 AND task = ?3 AND project = ?4 AND decision IS NULL
             AND ?5 LIKE '%,' || REPLACE(code, '_', '!_') || ',%' ESCAPE '!'
         ORDER BY seq LIMIT ?6"
    );
    let rows = tx.query(find, &row![org, &store, &task, &row.project, &codes, FACTS_MAX]).await?;
    let place = |row: &Row| Ok((row.get(0)?, row.get(2)?, (store, number(row.get(1)?)?)));
    let places = rows.iter().map(place).collect::<Result<Vec<(String, CodeWord, Place)>, StoreError>>()?;
    let mut lines = line::at(tx, org, places.iter().map(|(_, _, place)| *place).collect::<BTreeSet<_>>()).await?;
    let fact = |(id, code, place): (String, CodeWord, Place)| {
        Some(UndecidedFact { id, code, bytes: lines.remove(&place)?.bytes })
    };
    let facts: Vec<UndecidedFact> = places.into_iter().filter_map(fact).collect();
    Ok(Some(UndecidedGroup { row: UndecidedRow { facts: facts.len() as u64, ..row }, facts }))
}
