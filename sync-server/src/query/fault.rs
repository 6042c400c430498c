//! Reads about faults: lists from the rows, faults from their documents.

use super::{
    page::{Page, Place, Wanted, holds, page},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Packed, Row, StoreError, Tx, Ty, own},
};
use firebee_domain::{
    account::{Action, Actor},
    fault::{Fault, FaultState},
    id::{FaultId, ProjectId, TaskId},
    time::Timestamp,
};
use firebee_protocol::document::{FaultDocument, kind};
use std::collections::{BTreeMap, HashMap};
use strum::EnumString;

static OF_TASKS: Batch<2> = Batch::new("SELECT id FROM fault WHERE (org, task) IN ({rows})", [Ty::Int, Ty::Blob]);
static DOCUMENTS: Batch<3> = Batch::new(
    "WITH p(org, kind, id) AS ({rows})
     SELECT d.body FROM p JOIN document d ON d.org = p.org AND d.kind = p.kind AND d.id = p.id
     WHERE d.body IS NOT NULL",
    [Ty::Int, Ty::Text, Ty::Text],
);

/// The faults that tasks found, those of each task by id. The caller has asked for permission.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_tasks(tx: &mut Tx, org: Org, tasks: &[TaskId]) -> Result<BTreeMap<TaskId, Vec<Fault>>, StoreError> {
    let rows = tx.many(&OF_TASKS, tasks.iter().map(|task| row![org, task])).await?;
    let ids = rows.iter().map(|row| Ok(FaultId(row.get(0)?).to_string())).collect::<Result<Vec<_>, StoreError>>()?;
    let mut faults: BTreeMap<TaskId, Vec<Fault>> = BTreeMap::new();
    for row in tx.many(&DOCUMENTS, ids.iter().map(|id| row![org, kind::FAULT, id])).await? {
        let document: FaultDocument = own(&row.get::<Packed>(0)?.0)?;
        faults.entry(document.fault.task).or_default().push(document.fault);
    }
    for faults in faults.values_mut() {
        faults.sort_by_key(|fault| fault.id);
    }
    Ok(faults)
}

/// The task that found a fault.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn task(tx: &mut Tx, org: Org, fault: FaultId) -> Result<Option<TaskId>, StoreError> {
    let find = sql!("SELECT task FROM fault WHERE org = ?1 AND id = ?2");
    tx.query_opt(find, &row![org, &fault]).await?.map(|row| row.get(0)).transpose()
}

/// A row of a list of faults.
#[derive(Clone, Debug)]
pub struct FaultRow {
    /// The fault.
    pub id: FaultId,
    /// The name of its item, in Chinese.
    pub name: String,
    /// The name of the task that found it.
    pub task_name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Where it stands.
    pub state: FaultState,
    /// When the server learnt of it.
    pub found: Timestamp,
}

/// The orders of a list of faults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum FaultSort {
    /// When it was found.
    #[default]
    Time,
    /// The name of its item.
    Name,
    /// The name of its project.
    Project,
    /// Its state.
    State,
}

/// Which faults a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only of this state; all when it is `None`.
    pub state: Option<FaultState>,
    /// Only of this project.
    pub project: Option<ProjectId>,
    /// The words, the order, the page.
    pub wanted: Wanted<FaultSort>,
}

/// The statement of one order.
macro_rules! faults_by {
    ($key:literal, $type:literal, $way:literal, $beyond:literal) => {
        sql!(concat!(
            "SELECT f.id, f.name, t.name, f.project, j.name, f.state, f.found_ms, ",
            $key,
            " FROM fault f JOIN project j ON j.org = f.org AND j.id = f.project
                 JOIN task t ON t.org = f.org AND t.id = f.task
             WHERE f.org = ?2 AND ",
            sees!("j", "t.executor", "?3"),
            " AND (CAST(?4 AS BYTEA) IS NULL OR f.project = ?4) AND (CAST(?5 AS TEXT) IS NULL OR f.state = ?5)",
            holds!("f.name || ' ' || t.name || ' ' || j.name", "?6"),
            page!($key, $type, "f.id", $way, $beyond, "?7", "?8", "?9")
        ))
    };
}

/// Both directions of one order.
macro_rules! both_ways {
    ($descending:expr, $key:literal, $type:literal) => {
        if $descending { faults_by!($key, $type, "DESC", "<") } else { faults_by!($key, $type, "ASC", ">") }
    };
}

/// A page of the faults that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn faults(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<FaultRow>, StoreError> {
    let wanted = &filter.wanted;
    let (find, by_number) = match wanted.sort {
        FaultSort::Time => (both_ways!(wanted.descending, "f.found_ms", "BIGINT"), true),
        FaultSort::Name => (both_ways!(wanted.descending, "f.name", "TEXT"), false),
        FaultSort::Project => (both_ways!(wanted.descending, "j.name", "TEXT"), false),
        FaultSort::State => (both_ways!(wanted.descending, "f.state", "TEXT"), false),
    };
    let seen = visible(actor, Action::ReadFault, org);
    let (pattern, id) = (wanted.pattern(), wanted.after.as_ref().and_then(|place| place.id.parse::<FaultId>().ok()));
    let asked = row![filter.project.as_ref(), filter.state, &pattern];
    let numbers = row![wanted.after_number(), id.as_ref(), wanted.limit()];
    let texts = row![wanted.after_text(), id.as_ref(), wanted.limit()];
    let page = if by_number { &numbers } else { &texts };
    let mut found = Vec::new();
    for row in tx.query(find, &[&seen.values()[..], &asked, page].concat()).await? {
        let key = if by_number { row.get::<i64>(7)?.to_string() } else { row.get(7)? };
        let fault = read(&row)?;
        let place = Place { key, id: fault.id.to_string() };
        found.push((fault, place));
    }
    Ok(wanted.page(found))
}

fn read(row: &Row) -> Result<FaultRow, StoreError> {
    Ok(FaultRow {
        id: row.get(0)?,
        name: row.get(1)?,
        task_name: row.get(2)?,
        project: row.get(3)?,
        project_name: row.get(4)?,
        state: row.get(5)?,
        found: row.get(6)?,
    })
}

/// How many faults an actor may read in each state.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    project: Option<ProjectId>,
) -> Result<HashMap<FaultState, i64>, StoreError> {
    let find = sql!(concat!(
        "SELECT f.state, count(f.id) FROM fault f JOIN project j ON j.org = f.org AND j.id = f.project
             JOIN task t ON t.org = f.org AND t.id = f.task
         WHERE f.org = ?2 AND ",
        sees!("j", "t.executor", "?3"),
        " AND (CAST(?4 AS BYTEA) IS NULL OR f.project = ?4) GROUP BY f.state"
    ));
    let seen = visible(actor, Action::ReadFault, org);
    let rows = tx.query(find, &[&seen.values()[..], &row![project.as_ref()]].concat()).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
