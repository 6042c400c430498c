//! Reads about faults: lists from the rows, faults from their documents.

use super::{
    page::{self, Page, Wanted, instants, order, tally},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Packed, Row, StoreError, Tx, Ty, Value, own},
};
use firebee_domain::{
    account::{Action, Actor},
    fault::{Fault, FaultState},
    id::{FaultId, ProjectId, TaskId},
    task::Stamp,
    time::Month,
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
    /// When its result was recorded.
    pub found: Stamp,
}

/// The orders of a list of faults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum FaultSort {
    /// Its id, which never changes: the order of what programs read.
    Id,
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
    /// Only those that the server learnt of in this month, in UTC+8.
    pub month: Option<Month>,
    /// The words, the order, the page.
    pub wanted: Wanted<FaultSort>,
}

/// The rows of the list. Its own parameters, from ?10 on, are what a [`Filter`] narrows.
macro_rules! rows {
    () => {
        concat!(
            "FROM fault f JOIN project j ON j.org = f.org AND j.id = f.project
                 JOIN task t ON t.org = f.org AND t.id = f.task
                 JOIN contract k ON k.org = j.org AND k.id = j.contract
                 JOIN owner w ON w.org = k.org AND w.id = k.owner
             WHERE f.org = ?2 AND ",
            sees!("j", "t.executor", "?3"),
            " AND (CAST(?10 AS BYTEA) IS NULL OR f.project = ?10)
              AND (CAST(?11 AS TEXT) IS NULL OR f.state = ?11)
              AND (CAST(?12 AS BIGINT) IS NULL OR (f.found_ms >= ?12 AND f.found_ms < ?13))"
        )
    };
}

/// What is searched.
macro_rules! find {
    () => {
        "(f.find || ' ' || t.find || ' ' || j.find || ' ' || w.find)"
    };
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "f.id, f.name, t.name, f.project, j.name, f.state, f.found",
            rows!(),
            find!(),
            $key: $kind,
            "f.id": Id
        )
    };
}

/// A page of the faults that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn faults(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<FaultRow>, StoreError> {
    let order = match filter.wanted.sort {
        FaultSort::Id => by!("f.id": Id),
        FaultSort::Time => by!("f.found_ms": Number),
        FaultSort::Name => by!("f.sort": Text),
        FaultSort::Project => by!("j.sort": Text),
        FaultSort::State => by!("f.state": Text),
    };
    let seen = visible(actor, Action::ReadFault, org);
    page::page(tx, &seen, (&order, &filter.wanted), &filter.own(), read).await
}

fn read(row: &Row) -> Result<FaultRow, StoreError> {
    Ok(FaultRow {
        id: row.get(0)?,
        name: row.get(1)?,
        task_name: row.get(2)?,
        project: row.get(3)?,
        project_name: row.get(4)?,
        state: row.get(5)?,
        found: own(&row.get::<String>(6)?)?,
    })
}

/// How many faults an actor may read in each state, of those that the rest of the filter admits.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<FaultState, i64>, StoreError> {
    let filter = Filter { state: None, ..filter.clone() };
    let find = tally!("f.state", rows!(), find!());
    page::counts(tx, &visible(actor, Action::ReadFault, org), (find, &filter.wanted), &filter.own()).await
}

impl Filter {
    fn own(&self) -> [Value<'_>; 4] {
        let (from, to) = self.month.map(instants).unzip();
        row![self.project.as_ref(), self.state, from, to]
    }
}
