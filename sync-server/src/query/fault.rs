//! Reads about faults: lists from the rows, faults from their documents.

use super::{
    page::{self, Order, Page, Wanted, instants, order, tally},
    visible::{sees, sees_within, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Packed, Row, StoreError, Tx, Ty, Value, own},
};
use firebee_domain::{
    account::{Action, Actor},
    fault::{Counter, Fault, FaultState},
    id::{FaultId, ProjectId, ReportId, TaskId},
    task::{Stamp, TaskKind, TaskState},
    time::Month,
};
use firebee_protocol::document::{FaultDocument, kind};
use std::collections::{BTreeMap, HashMap};
use strum::{EnumString, IntoStaticStr};

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

/// A fault that nobody has handled, of a task that waits for its review.
#[derive(Clone, Debug)]
pub struct UnhandledRow {
    /// The fault.
    pub id: FaultId,
    /// The task that found it.
    pub task: TaskId,
    /// The task's name.
    pub task_name: String,
    /// The project's name.
    pub project_name: String,
}

/// The faults that nobody has handled, of the tasks that wait for a review and that an actor may read: the latest tasks'
/// first, so many at most, and how many there are.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn unhandled(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    most: usize,
) -> Result<(Vec<UnhandledRow>, usize), StoreError> {
    let find = sql!(concat!(
        "SELECT f.id, f.task, t.name, j.name, count(*) OVER () FROM fault f
             JOIN task t ON t.org = f.org AND t.id = f.task JOIN project j ON j.org = f.org AND j.id = f.project
         WHERE f.org = ?2 AND f.state = ?4 AND t.state = ?5 AND ",
        sees!("j", "t.executor", "?3"),
        " ORDER BY t.submitted_ms DESC, f.task, f.id LIMIT ?6"
    ));
    let seen = visible(actor, Action::ReadTask, org);
    let values = row![FaultState::Unhandled, TaskState::PendingReview, i64::try_from(most).unwrap_or(i64::MAX)];
    let rows = tx.query(find, &[&seen.values()[..], &values].concat()).await?;
    let count = rows.first().map_or(Ok(0), |row| row.get::<i64>(4))?;
    let read = |row: &Row| {
        Ok(UnhandledRow { id: row.get(0)?, task: row.get(1)?, task_name: row.get(2)?, project_name: row.get(3)? })
    };
    let rows = rows.iter().map(read).collect::<Result<_, StoreError>>()?;
    Ok((rows, usize::try_from(count).unwrap_or(0)))
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

/// Where faults come from, for who looks at one kind of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Origin {
    /// A test found them, and a report has that test.
    Report,
    /// An owner asked for a repair.
    Request,
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
    /// Only those that are counted there.
    pub counter: Option<Counter>,
    /// Only those that come from there.
    pub origin: Option<Origin>,
    /// Only those of this report.
    pub report: Option<ReportId>,
    /// The words, the order, the page.
    pub wanted: Wanted<FaultSort>,
}

/// The condition of the list, with the one of the states. Its own parameters, from ?10 on, are what a [`Filter`] narrows: ?14
/// and ?15 are the states of a counter, ?16 is 1 for faults of reports and 2 for those of requests, ?17 the kind of a
/// request's task. It asks the fault and its task; projects are found once.
macro_rules! listed {
    ($by:literal) => {
        concat!(
            sees_within!("f.project", "t.executor", "?3"),
            " AND (CAST(?10 AS BYTEA) IS NULL OR f.project = ?10)
              AND (CAST(?11 AS TEXT) IS NULL OR f.state = ?11)
              AND (CAST(?12 AS BIGINT) IS NULL OR (f.found_ms >= ?12 AND f.found_ms < ?13))
              AND (CAST(?16 AS BIGINT) = 0 OR (?16 = 2 AND t.kind = ?17) OR (?16 = 1 AND EXISTS
                  (SELECT 1 FROM report_task o WHERE o.org = f.org AND o.task = f.task)))",
            $by
        )
    };
}

/// All of them. Each fault has its task and its project: `LEFT` says that the order leads, and not they.
macro_rules! all {
    ($join:literal) => {
        concat!(
            "FROM fault f LEFT JOIN task t ON t.org = f.org AND t.id = f.task",
            $join,
            " WHERE f.org = ?2 AND ",
            listed!(" AND CAST(?14 AS TEXT) IS NULL AND CAST(?15 AS TEXT) IS NULL")
        )
    };
}

/// Those of one counter.
macro_rules! counted {
    ($join:literal) => {
        concat!(
            "FROM fault f LEFT JOIN task t ON t.org = f.org AND t.id = f.task",
            $join,
            " WHERE f.org = ?2 AND ",
            listed!(" AND f.state IN (?14, ?15)")
        )
    };
}

/// Those of the report ?18.
macro_rules! of_report {
    ($join:literal) => {
        concat!(
            "FROM report_task h JOIN fault f ON f.org = h.org AND f.task = h.task
                 LEFT JOIN task t ON t.org = f.org AND t.id = f.task",
            $join,
            " WHERE f.org = ?2 AND ",
            listed!(" AND h.org = ?2 AND h.report = ?18 AND (CAST(?14 AS TEXT) IS NULL OR f.state IN (?14, ?15))")
        )
    };
}

/// Whether a fault, its task, its project or its owner is called by a word.
macro_rules! find {
    ($word:literal) => {
        concat!(
            "f.find LIKE ",
            $word,
            " ESCAPE '!' OR t.find LIKE ",
            $word,
            " ESCAPE '!' OR f.project IN (SELECT y.id FROM project y
                 JOIN contract k ON k.org = y.org AND k.id = y.contract
                 JOIN owner w ON w.org = k.org AND w.id = k.owner
                 WHERE y.org = ?2 AND (y.find || ' ' || w.find) LIKE ",
            $word,
            " ESCAPE '!')"
        )
    };
}

/// The order that is asked for, of the rows that a macro gives.
macro_rules! by {
    ($rows:ident, $sort:expr) => {
        match $sort {
            FaultSort::Id => by!(@ $rows, "f.id": Id),
            FaultSort::Time => by!(@ $rows, "f.found_ms": Number),
            FaultSort::Name => by!(@ $rows, "f.sort": Text),
            FaultSort::Project => by!(@ $rows, "j.sort": Text),
            FaultSort::State => by!(@ $rows, "f.state": Text),
        }
    };
    (@ $rows:ident, $key:literal: $kind:ident) => {
        order!(
            "f.id, f.name, t.name, f.project, j.name, f.state, f.found",
            $rows!(" LEFT JOIN project j ON j.org = f.org AND j.id = f.project"),
            by find,
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
    let sort = filter.wanted.sort;
    let order: Order = match (filter.report, filter.counter) {
        (Some(_), _) => by!(of_report, sort),
        (None, Some(_)) => by!(counted, sort),
        (None, None) => by!(all, sort),
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

/// How many faults an actor may read in each state, of those that the rest of the filter admits; its counter counts as a
/// state.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<FaultState, i64>, StoreError> {
    let filter = Filter { state: None, counter: None, ..filter.clone() };
    let find = match filter.report {
        Some(_) => tally!("f.state", of_report!(""), by find),
        None => tally!("f.state", all!(""), by find),
    };
    page::counts(tx, &visible(actor, Action::ReadFault, org), (find, &filter.wanted), &filter.own()).await
}

/// How many faults of reports, and how many of requests, an actor may read that are counted there.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn waiting(tx: &mut Tx, org: Org, actor: &Actor, counter: Counter) -> Result<[i64; 2], StoreError> {
    let filter = Filter { counter: Some(counter), ..Filter::default() };
    let find = tally!(
        "CASE WHEN EXISTS (SELECT 1 FROM report_task o WHERE o.org = f.org AND o.task = f.task) THEN 1 ELSE 0 END,
         CASE WHEN t.kind = ?17 THEN 1 ELSE 0 END",
        counted!(""),
        of all
    );
    let seen = visible(actor, Action::ReadFault, org);
    let mut counts = [0; 2];
    for row in page::tallied(tx, &seen, (find, &filter.wanted), &filter.own()).await? {
        let (reported, requested, count): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        counts = [counts[0] + reported * count, counts[1] + requested * count];
    }
    Ok(counts)
}

impl Filter {
    fn own(&self) -> Vec<Value<'_>> {
        let (from, to) = self.month.map(instants).unzip();
        let mut states = self.counter.into_iter().flat_map(Counter::states);
        let first = states.next();
        let second = states.next().or(first);
        let origin = match self.origin {
            None => 0_i64,
            Some(Origin::Report) => 1,
            Some(Origin::Request) => 2,
        };
        let own = row![self.project.as_ref(), self.state, from, to, first, second, origin, TaskKind::Request];
        own.into_iter().chain(self.report.as_ref().map(Value::from)).collect()
    }
}
