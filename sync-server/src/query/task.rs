//! Reads about tasks: lists from the rows, one task from its document.

use super::visible::{sees, visible};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Row, StoreError, Tx, Ty, own},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{AccountId, ProjectId, TaskId},
    task::TaskState,
    time::Timestamp,
};
use firebee_protocol::document::TaskDocument;
use std::collections::HashMap;

/// Whether an actor may read a task. ?4 and ?5 are for discarded tasks, which fewer people may read.
macro_rules! sees_listed_task {
    () => {
        concat!(sees!("j", "t.executor", "?3"), " AND (t.state <> ?5 OR ", sees!("j", "t.executor", "?4"), ")")
    };
}

/// How many tasks stand on one page.
pub const PAGE_SIZE: u32 = 50;

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
    /// Its state.
    pub state: TaskState,
    /// The last submitted round.
    pub round: i64,
    /// When it was started.
    pub started: Timestamp,
    /// When it was submitted last.
    pub submitted: Option<Timestamp>,
    /// Whether its last round came too late; `None` before it is handed in.
    pub late: Option<bool>,
}

/// Which tasks a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only of this state; all when it is `None`.
    pub state: Option<TaskState>,
    /// Only of this project.
    pub project: Option<ProjectId>,
    /// From 0.
    pub page: u32,
}

/// The tasks that an actor may read, the latest first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn tasks(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Vec<TaskRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT t.id, t.name, t.project, j.name, t.executor, n.name, t.state, t.round, t.started_ms, t.submitted_ms, t.late
         FROM task t JOIN project j ON j.org = t.org AND j.id = t.project
             JOIN account a ON a.org = t.org AND a.id = t.executor JOIN person n ON n.org = a.org AND n.id = a.person
         WHERE t.org = ?2 AND ",
        sees_listed_task!(),
        " AND (CAST(?6 AS BYTEA) IS NULL OR t.project = ?6) AND (CAST(?7 AS TEXT) IS NULL OR t.state = ?7)
         ORDER BY COALESCE(t.submitted_ms, t.started_ms) DESC, t.id LIMIT ?8 OFFSET ?9"
    ));
    let (seen, discarded) = (visible(actor, Action::ReadTask, org), visible(actor, Action::ReadDiscardedTask, org));
    let (limit, offset) = (i64::from(PAGE_SIZE) + 1, i64::from(filter.page) * i64::from(PAGE_SIZE));
    let asked = row![discarded.by(), TaskState::Discarded, filter.project.as_ref(), filter.state, limit, offset];
    let rows = tx.query(find, &[&seen.values()[..], &asked].concat()).await?;
    rows.iter().map(read).collect()
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
        started: row.get(8)?,
        submitted: row.get(9)?,
        late: row.get(10)?,
    })
}

static DOCUMENTS: Batch<2> = Batch::new(
    "WITH p(org, id) AS ({rows})
     SELECT d.body FROM p JOIN document d ON d.org = p.org AND d.kind = 'task' AND d.id = p.id
     WHERE d.body IS NOT NULL",
    [Ty::Int, Ty::Text],
);

/// The documents of tasks, in no order; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn documents(tx: &mut Tx, org: Org, tasks: &[TaskId]) -> Result<Vec<TaskDocument>, StoreError> {
    let ids: Vec<String> = tasks.iter().map(TaskId::to_string).collect();
    let rows = tx.many(&DOCUMENTS, ids.iter().map(|id| row![org, id])).await?;
    rows.iter().map(|row| own(row.get(0)?)).collect()
}

/// The document of one task; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn document(tx: &mut Tx, org: Org, task: TaskId) -> Result<Option<TaskDocument>, StoreError> {
    Ok(documents(tx, org, &[task]).await?.pop())
}
