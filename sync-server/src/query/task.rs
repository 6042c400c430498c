//! Reads about tasks: lists from the rows, one task from its document.

use super::{
    page::{self, Page, Wanted, order, tally},
    visible::{Visible, sees, sees_within, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Packed, Row, StoreError, Tx, Ty, Value, own},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Actor},
    id::{AccountId, OrganisationId, PlanId, ProjectId, TaskId},
    task::{Stamp, TaskKind, TaskState},
    time::{Month, Punctuality, china_midnight},
};
use firebee_protocol::document::{TaskDocument, kind};
use std::collections::HashMap;
use strum::EnumString;
use uuid::Uuid;

/// Whether an actor may read a task. The parameters are for discarded tasks, which fewer people may read.
macro_rules! sees_listed_task {
    ($by:literal, $discarded:literal) => {
        concat!(
            sees_within!("t.project", "t.executor", "?3"),
            " AND (t.state <> ",
            $discarded,
            " OR ",
            sees_within!("t.project", "t.executor", $by),
            ")"
        )
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
    /// Its firm.
    pub organisation: OrganisationId,
    /// Who leads its project.
    pub lead: Option<AccountId>,
    /// That one's name.
    pub lead_name: Option<String>,
    /// Who decided about it last.
    pub reviewer_name: Option<String>,
}

/// The orders of a list of tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum TaskSort {
    /// Its id, which never changes: the order of what programs read.
    Id,
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
    /// Only of this plan.
    pub plan: Option<PlanId>,
    /// Only those whose last round came so.
    pub in_time: Option<Punctuality>,
    /// Only those that were started in this month, in UTC+8.
    pub month: Option<Month>,
    /// Only planned ones, supplementary tests, or mismatches.
    pub kind: Option<TaskKind>,
    /// Only those of this executor.
    pub executor: Option<AccountId>,
    /// Only those of projects of this lead.
    pub lead: Option<AccountId>,
    /// Only those that were submitted last in these days, both inclusive, in UTC+8.
    pub submitted: (Option<NaiveDate>, Option<NaiveDate>),
    /// The words, the order, the page.
    pub wanted: Wanted<TaskSort>,
}

/// The condition of the list, with the one of the state. Its own parameters: ?10 and ?11 of `sees_listed_task!`, and from
/// ?12 on what a [`Filter`] narrows. It asks nothing but the task's own row; projects and people are found once.
macro_rules! listed {
    ($state:literal) => {
        concat!(
            sees_listed_task!("?10", "?11"),
            " AND (CAST(?12 AS BYTEA) IS NULL OR t.project = ?12)
              AND (CAST(?13 AS BYTEA) IS NULL OR t.plan = ?13) AND ",
            $state,
            " AND (CAST(?15 AS TEXT) IS NULL OR t.in_time = ?15)
              AND (CAST(?16 AS TEXT) IS NULL OR (t.day >= ?16 AND t.day <= ?17))
              AND (CAST(?18 AS TEXT) IS NULL OR t.kind = ?18)
              AND (CAST(?19 AS BYTEA) IS NULL OR t.executor = ?19)
              AND (CAST(?20 AS BYTEA) IS NULL
                   OR t.project IN (SELECT y.id FROM project y WHERE y.org = ?2 AND y.lead = ?20))
              AND (CAST(?21 AS BIGINT) IS NULL OR t.submitted_ms >= ?21)
              AND (CAST(?22 AS BIGINT) IS NULL OR t.submitted_ms < ?22)"
        )
    };
}

/// The rows of a page. Each task has its project and its executor: `LEFT` says that the order leads, and not they.
macro_rules! rows {
    () => {
        "FROM task t LEFT JOIN project j ON j.org = t.org AND j.id = t.project
             LEFT JOIN account a ON a.org = t.org AND a.id = t.executor
             LEFT JOIN person n ON n.org = a.org AND n.id = a.person"
    };
}

/// The rows of a page by project, whose names lead.
macro_rules! rows_by_project {
    () => {
        "FROM project j JOIN task t ON t.org = j.org AND t.project = j.id
             LEFT JOIN account a ON a.org = t.org AND a.id = t.executor
             LEFT JOIN person n ON n.org = a.org AND n.id = a.person"
    };
}

/// The rows of a count.
macro_rules! counted {
    () => {
        concat!("FROM task t WHERE t.org = ?2 AND ", listed!("CAST(?14 AS TEXT) IS NULL"))
    };
}

/// Whether a task, its project, its owner or its executor is called by a word.
macro_rules! find {
    ($word:literal) => {
        concat!(
            "t.find LIKE ",
            $word,
            " ESCAPE '!' OR t.project IN (SELECT y.id FROM project y
                 JOIN contract k ON k.org = y.org AND k.id = y.contract
                 JOIN owner w ON w.org = k.org AND w.id = k.owner
                 WHERE y.org = ?2 AND (y.find || ' ' || w.find) LIKE ",
            $word,
            " ESCAPE '!') OR t.executor IN (SELECT a.id FROM account a JOIN person n ON n.org = a.org AND n.id = a.person
                 WHERE a.org = ?2 AND n.find LIKE ",
            $word,
            " ESCAPE '!')"
        )
    };
}

/// One order of the list: of all states, and of one.
macro_rules! by {
    ($rows:expr, $key:literal: $kind:ident) => {
        [by!(@ $rows, "CAST(?14 AS TEXT) IS NULL", $key: $kind), by!(@ $rows, "t.state = ?14", $key: $kind)]
    };
    (@ $rows:expr, $state:literal, $key:literal: $kind:ident) => {
        order!(
            "t.id, t.name, t.project, j.name, t.executor, n.name, t.state, t.round, t.started, t.submitted,
             t.in_time,
             (SELECT p.name FROM account c JOIN person p ON p.org = c.org AND p.id = c.person
              WHERE c.org = j.org AND c.id = j.lead),
             (SELECT p.name FROM account c JOIN person p ON p.org = c.org AND p.id = c.person
              WHERE c.org = t.org AND c.id = t.reviewer), t.kind, j.lead",
            concat!($rows, " WHERE t.org = ?2 AND ", listed!($state)),
            by find,
            $key: $kind,
            "t.id": Id
        )
    };
}

/// A page of the tasks that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn tasks(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<TaskRow>, StoreError> {
    let [all, of_state] = match filter.wanted.sort {
        TaskSort::Id => by!(rows!(), "t.id": Id),
        TaskSort::Time => by!(rows!(), "COALESCE(t.submitted_ms, t.started_ms)": Number),
        TaskSort::InTime => by!(rows!(), "COALESCE(t.in_time, '')": Text),
        TaskSort::Name => by!(rows!(), "t.sort": Text),
        TaskSort::Project => by!(rows_by_project!(), "j.sort": Text),
        TaskSort::Executor => by!(rows!(), "n.sort": Text),
        TaskSort::State => by!(rows!(), "t.state": Text),
    };
    let order = if filter.state.is_some() { of_state } else { all };
    let asked = Asked::of(org, actor, filter);
    page::page(tx, &asked.seen, (&order, &filter.wanted), &asked.own(), |row| read(row, org)).await
}

/// How many tasks an actor may read, of those that a filter admits.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// That the whole filter admits.
    pub all: i64,
    /// In each state, whatever state the filter names.
    pub states: HashMap<TaskState, i64>,
    /// In time, late, and not provably in time, whichever of them the filter names. A task that is not handed
    /// in counts nowhere.
    pub in_time: HashMap<Punctuality, i64>,
}

/// How many tasks an actor may read by their state, and by how they were handed in. Both are counted in one reading.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Counts, StoreError> {
    let both = Filter { state: None, in_time: None, ..filter.clone() };
    let asked = Asked::of(org, actor, &both);
    let find = if filter.wanted.searches() {
        tally!("t.state, t.in_time", counted!(), by find)
    } else {
        tally!("t.state, t.in_time", counted!(), of all)
    };
    let mut counts = Counts::default();
    for row in page::tallied(tx, &asked.seen, (find, &filter.wanted), &asked.own()).await? {
        let (state, in_time, count): (TaskState, Option<Punctuality>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let of_state = filter.state.is_none_or(|asked| asked == state);
        let of_time = filter.in_time.is_none() || filter.in_time == in_time;
        if of_state && of_time {
            counts.all += count;
        }
        if of_time {
            *counts.states.entry(state).or_default() += count;
        }
        if let Some(in_time) = in_time.filter(|_| of_state) {
            *counts.in_time.entry(in_time).or_default() += count;
        }
    }
    Ok(counts)
}

/// How many tasks that an actor may read wait for a review.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn waiting(tx: &mut Tx, org: Org, actor: &Actor) -> Result<i64, StoreError> {
    let find = sql!(concat!(
        "SELECT count(*) FROM task t WHERE t.org = ?2 AND t.state = ?4 AND ",
        sees_within!("t.project", "t.executor", "?3")
    ));
    let seen = visible(actor, Action::ReadTask, org);
    let row = tx.query_opt(find, &[&seen.values()[..], &row![TaskState::PendingReview]].concat()).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// A task that waits for a review that an actor may decide, and how many there are: the one that was handed in first, without
/// the task `but`.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn next_review(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    but: TaskId,
) -> Result<Option<(TaskId, String, i64)>, StoreError> {
    let find = sql!(concat!(
        "SELECT t.id, t.name, count(*) OVER () FROM task t JOIN project j ON j.org = t.org AND j.id = t.project
         WHERE t.org = ?2 AND t.state = ?4 AND t.id <> ?5 AND ",
        sees!("j", "t.executor", "?3"),
        " ORDER BY t.submitted_ms, t.id LIMIT 1"
    ));
    let seen = visible(actor, Action::ReviewTask, org);
    let values = [&seen.values()[..], &row![TaskState::PendingReview, &but]].concat();
    let row = tx.query_opt(find, &values).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).transpose()
}

/// The tasks of an executor that were at work on a day in UTC+8, and whose tracks an actor may read; the first ones first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_day(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    (executor, day): (AccountId, NaiveDate),
) -> Result<Vec<TaskId>, StoreError> {
    let find = sql!(concat!(
        "SELECT t.id FROM task t JOIN project j ON j.org = t.org AND j.id = t.project
         WHERE t.org = ?2 AND t.executor = ?4 AND t.day <= ?5 AND t.state <> ?7
             AND (t.submitted_ms IS NULL OR t.submitted_ms >= ?6) AND ",
        sees!("j", "t.executor", "?3"),
        " ORDER BY t.started_ms, t.id LIMIT 100"
    ));
    let (seen, text) = (visible(actor, Action::ReadTrack, org), day.to_string());
    let values = row![&executor, &text, china_midnight(day), TaskState::Discarded];
    let rows = tx.query(find, &[&seen.values()[..], &values].concat()).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Who executes and who leads the tasks that an actor may read, by name: the words of two filters.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn people(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
) -> Result<(Vec<(AccountId, String)>, Vec<(AccountId, String)>), StoreError> {
    let executors = sql!(concat!(
        "SELECT a.id, n.name FROM account a JOIN person n ON n.org = a.org AND n.id = a.person
         WHERE a.org = ?2 AND EXISTS (SELECT 1 FROM task t WHERE t.org = ?2 AND t.executor = a.id AND ",
        sees_within!("t.project", "t.executor", "?3"),
        ") ORDER BY n.sort, a.id"
    ));
    let leads = sql!(concat!(
        "SELECT a.id, n.name FROM account a JOIN person n ON n.org = a.org AND n.id = a.person
         WHERE a.org = ?2 AND EXISTS (SELECT 1 FROM project j JOIN task t ON t.org = j.org AND t.project = j.id
             WHERE j.org = ?2 AND j.lead = a.id AND ",
        sees!("j", "t.executor", "?3"),
        ") ORDER BY n.sort, a.id"
    ));
    let seen = visible(actor, Action::ReadTask, org);
    let read = |row: &Row| Ok((row.get(0)?, row.get(1)?));
    let executors = tx.query(executors, &seen.values()).await?.iter().map(read).collect::<Result<_, StoreError>>()?;
    let leads = tx.query(leads, &seen.values()).await?.iter().map(read).collect::<Result<_, StoreError>>()?;
    Ok((executors, leads))
}

/// What the statements of the list are asked with.
struct Asked<'f> {
    seen: Visible,
    discarded: Visible,
    filter: &'f Filter,
    days: Option<[String; 2]>,
}

impl<'f> Asked<'f> {
    fn of(org: Org, actor: &Actor, filter: &'f Filter) -> Self {
        let days = filter.month.map(|month| [month.first_day(), month.last_day()].map(|day| day.to_string()));
        let [seen, discarded] = [Action::ReadTask, Action::ReadDiscardedTask].map(|action| visible(actor, action, org));
        Self { seen, discarded, filter, days }
    }

    fn own(&self) -> Vec<Value<'_>> {
        let Filter { project, plan, state, in_time, kind, executor, lead, submitted, .. } = self.filter;
        let [first, last] = self.days.as_ref().map_or([None, None], |days| days.each_ref().map(Some));
        let hidden = row![self.discarded.by(), TaskState::Discarded];
        let of = row![project.as_ref(), plan.as_ref(), *state, *in_time, first, last];
        let from = submitted.0.map(china_midnight);
        let to = submitted.1.and_then(|day| day.succ_opt()).map(china_midnight);
        [&hidden[..], &of, &row![*kind, executor.as_ref(), lead.as_ref(), from, to]].concat()
    }
}

fn read(row: &Row, org: Org) -> Result<TaskRow, StoreError> {
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
        organisation: org.id(),
        lead: row.get(14)?,
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

/// Whether the assignment that a task outside the plan stands on is gone: it goes with its plan. The task goes on.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn lost_footing(tx: &mut Tx, org: Org, document: &TaskDocument) -> Result<bool, StoreError> {
    let stands_on = document.assignment.as_ref().filter(|_| !document.task.kind.is_planned());
    let Some(assignment) = stands_on.and_then(|doc| doc.parse::<Uuid>().ok()) else { return Ok(false) };
    let find = sql!("SELECT rev FROM assignment WHERE org = ?1 AND id = ?2");
    Ok(tx.query_opt(find, &row![org, &assignment]).await?.is_none())
}

/// The document of one task; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn document(tx: &mut Tx, org: Org, task: TaskId) -> Result<Option<TaskDocument>, StoreError> {
    Ok(documents(tx, org, &[task]).await?.pop())
}
