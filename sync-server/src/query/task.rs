//! Reads about tasks: lists from the rows, one task from its document.

use super::{
    page::{Page, Place, Wanted, holds, page},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Packed, Row, StoreError, Tx, Ty, own},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Actor},
    id::{AccountId, PlanId, ProjectId, TaskId},
    task::{Stamp, TaskKind, TaskState},
    time::Punctuality,
};
use firebee_protocol::document::{TaskDocument, kind};
use std::collections::HashMap;
use strum::EnumString;

/// Whether an actor may read a task. ?4 and ?5 are for discarded tasks, which fewer people may read.
macro_rules! sees_listed_task {
    () => {
        concat!(sees!("j", "t.executor", "?3"), " AND (t.state <> ?5 OR ", sees!("j", "t.executor", "?4"), ")")
    };
}

/// A row of a list of tasks.
#[derive(Clone, Debug)]
pub struct TaskRow {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The executor.
    pub executor: AccountId,
    /// The executor's name.
    pub executor_name: String,
    /// What it is for.
    pub kind: TaskKind,
    /// Its state.
    pub state: TaskState,
    /// The last submitted round.
    pub round: i64,
    /// When it was started.
    pub started: Stamp,
    /// When it was submitted last.
    pub submitted: Option<Stamp>,
    /// Whether its last round came in time; `None` before it is handed in.
    pub in_time: Option<Punctuality>,
    /// Who leads its project.
    pub lead_name: Option<String>,
    /// Who decided about it last.
    pub reviewer_name: Option<String>,
}

/// The orders of a list of tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum TaskSort {
    /// When it was submitted last, or started where it never was.
    #[default]
    Time,
    /// Its name.
    Name,
    /// The name of its project.
    Project,
    /// The name of its executor.
    Executor,
    /// Its state.
    State,
    /// Not provable before late, late before in time, and in time before not submitted, from the greatest on.
    InTime,
}

/// Which tasks a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only of this state; all when it is `None`.
    pub state: Option<TaskState>,
    /// Only of this project.
    pub project: Option<ProjectId>,
    /// Only those whose last round came so.
    pub in_time: Option<Punctuality>,
    /// The words, the order, the page.
    pub wanted: Wanted<TaskSort>,
}

/// The statement of one order.
macro_rules! tasks_by {
    ($key:literal, $type:literal, $way:literal, $beyond:literal) => {
        sql!(concat!(
            "SELECT t.id, t.name, t.project, j.name, t.executor, n.name, t.state, t.round, t.started, t.submitted,
                 t.in_time,
                 (SELECT p.name FROM account c JOIN person p ON p.org = c.org AND p.id = c.person
                  WHERE c.org = j.org AND c.id = j.lead),
                 (SELECT p.name FROM account c JOIN person p ON p.org = c.org AND p.id = c.person
                  WHERE c.org = t.org AND c.id = t.reviewer), t.kind, ",
            $key,
            " FROM task t JOIN project j ON j.org = t.org AND j.id = t.project
                 JOIN account a ON a.org = t.org AND a.id = t.executor JOIN person n ON n.org = a.org AND n.id = a.person
             WHERE t.org = ?2 AND ",
            sees_listed_task!(),
            " AND (CAST(?6 AS BYTEA) IS NULL OR t.project = ?6) AND (CAST(?7 AS TEXT) IS NULL OR t.state = ?7)
             AND (CAST(?8 AS TEXT) IS NULL OR t.in_time = ?8)",
            holds!("t.name || ' ' || j.name || ' ' || n.name", "?9"),
            page!($key, $type, "t.id", $way, $beyond, "?10", "?11", "?12")
        ))
    };
}

/// Both directions of one order.
macro_rules! both_ways {
    ($descending:expr, $key:literal, $type:literal) => {
        if $descending { tasks_by!($key, $type, "DESC", "<") } else { tasks_by!($key, $type, "ASC", ">") }
    };
}

/// A page of the tasks that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn tasks(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<TaskRow>, StoreError> {
    let wanted = &filter.wanted;
    let (find, by_number) = match wanted.sort {
        TaskSort::Time => (both_ways!(wanted.descending, "COALESCE(t.submitted_ms, t.started_ms)", "BIGINT"), true),
        TaskSort::InTime => (both_ways!(wanted.descending, "COALESCE(t.in_time, '')", "TEXT"), false),
        TaskSort::Name => (both_ways!(wanted.descending, "t.name", "TEXT"), false),
        TaskSort::Project => (both_ways!(wanted.descending, "j.name", "TEXT"), false),
        TaskSort::Executor => (both_ways!(wanted.descending, "n.name", "TEXT"), false),
        TaskSort::State => (both_ways!(wanted.descending, "t.state", "TEXT"), false),
    };
    let (seen, discarded) = (visible(actor, Action::ReadTask, org), visible(actor, Action::ReadDiscardedTask, org));
    let (pattern, id) = (wanted.pattern(), wanted.after.as_ref().and_then(|place| place.id.parse::<TaskId>().ok()));
    let asked =
        row![discarded.by(), TaskState::Discarded, filter.project.as_ref(), filter.state, filter.in_time, &pattern];
    let numbers = row![wanted.after_number(), id.as_ref(), wanted.limit()];
    let texts = row![wanted.after_text(), id.as_ref(), wanted.limit()];
    let page = if by_number { &numbers } else { &texts };
    let mut found = Vec::new();
    for row in tx.query(find, &[&seen.values()[..], &asked, page].concat()).await? {
        let key = if by_number { row.get::<i64>(14)?.to_string() } else { row.get(14)? };
        let task = read(&row)?;
        let place = Place { key, id: task.id.to_string() };
        found.push((task, place));
    }
    Ok(wanted.page(found))
}

/// How many tasks an actor may read in each state.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    project: Option<ProjectId>,
) -> Result<HashMap<TaskState, i64>, StoreError> {
    let find = sql!(concat!(
        "SELECT t.state, count(t.id) FROM task t JOIN project j ON j.org = t.org AND j.id = t.project
         WHERE t.org = ?2 AND ",
        sees_listed_task!(),
        " AND (CAST(?6 AS BYTEA) IS NULL OR t.project = ?6) GROUP BY t.state"
    ));
    let (seen, discarded) = (visible(actor, Action::ReadTask, org), visible(actor, Action::ReadDiscardedTask, org));
    let asked = row![discarded.by(), TaskState::Discarded, project.as_ref()];
    let rows = tx.query(find, &[&seen.values()[..], &asked].concat()).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// How many tasks that an actor may read were handed in in time, late, and not provably in time: those of a
/// project, of a plan, or all. A task that is not handed in counts nowhere.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn punctuality(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    (project, plan): (Option<ProjectId>, Option<PlanId>),
) -> Result<HashMap<Punctuality, i64>, StoreError> {
    let find = sql!(concat!(
        "SELECT t.in_time, count(t.id) FROM task t JOIN project j ON j.org = t.org AND j.id = t.project
         WHERE t.org = ?2 AND t.in_time IS NOT NULL AND ",
        sees_listed_task!(),
        " AND (CAST(?6 AS BYTEA) IS NULL OR t.project = ?6) AND (CAST(?7 AS BYTEA) IS NULL OR t.plan = ?7)
         GROUP BY t.in_time"
    ));
    let (seen, discarded) = (visible(actor, Action::ReadTask, org), visible(actor, Action::ReadDiscardedTask, org));
    let asked = row![discarded.by(), TaskState::Discarded, project.as_ref(), plan.as_ref()];
    let rows = tx.query(find, &[&seen.values()[..], &asked].concat()).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

fn read(row: &Row) -> Result<TaskRow, StoreError> {
    Ok(TaskRow {
        id: row.get(0)?,
        name: row.get(1)?,
        project: row.get(2)?,
        project_name: row.get(3)?,
        executor: row.get(4)?,
        executor_name: row.get(5)?,
        state: row.get(6)?,
        round: row.get(7)?,
        started: own(&row.get::<String>(8)?)?,
        submitted: row.get::<Option<String>>(9)?.map(|stamp| own(&stamp)).transpose()?,
        in_time: row.get(10)?,
        lead_name: row.get(11)?,
        reviewer_name: row.get(12)?,
        kind: row.get(13)?,
    })
}

/// How many tasks outside the plan the executors of a project began from the first to the last day, in UTC+8.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn outside_plan(
    tx: &mut Tx,
    org: Org,
    project: ProjectId,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<i64, StoreError> {
    let find = sql!(
        "SELECT count(id) FROM task
         WHERE org = ?1 AND project = ?2 AND plan IS NULL AND state <> ?3 AND day >= ?4 AND day <= ?5"
    );
    let days = [first.to_string(), last.to_string()];
    let [first, last] = &days;
    let row = tx.query_opt(find, &row![org, &project, TaskState::Discarded, first, last]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

static DOCUMENTS: Batch<3> = Batch::new(
    "WITH p(org, kind, id) AS ({rows})
     SELECT d.body FROM p JOIN document d ON d.org = p.org AND d.kind = p.kind AND d.id = p.id
     WHERE d.body IS NOT NULL",
    [Ty::Int, Ty::Text, Ty::Text],
);

/// The documents of tasks, in no order; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn documents(tx: &mut Tx, org: Org, tasks: &[TaskId]) -> Result<Vec<TaskDocument>, StoreError> {
    let ids: Vec<String> = tasks.iter().map(TaskId::to_string).collect();
    let rows = tx.many(&DOCUMENTS, ids.iter().map(|id| row![org, kind::TASK, id])).await?;
    rows.iter().map(|row| own(&row.get::<Packed>(0)?.0)).collect()
}

/// The document of one task; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn document(tx: &mut Tx, org: Org, task: TaskId) -> Result<Option<TaskDocument>, StoreError> {
    Ok(documents(tx, org, &[task]).await?.pop())
}
