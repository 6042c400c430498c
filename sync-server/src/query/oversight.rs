//! Reads what the fire service looks at: the months of projects, the tasks of a week, and what was found on site (R-340 to
//!

use super::{
    page::{self, Page, Wanted, order, tally},
    visible::{is_overseen, sees_sites, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    catalogue::Nature,
    fault::FaultState,
    id::{AccountId, OrganisationId, ProjectId, RegulatorUnitId, RequestId, TaskId},
    oversight::{Check, CheckOutcome, Week},
    project::Project,
    report::Report,
    suspension::PauseRequest,
    task::TaskState,
    time::{Month, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use strum::EnumString;
use uuid::Uuid;

/// A project in the jurisdiction, with what its months are judged by.
#[derive(Clone, Debug)]
pub struct Site {
    /// The project.
    pub project: Project,
    /// Its firm, with the name.
    pub firm: (OrganisationId, String),
    /// Its own unit, with the name.
    pub unit: (RegulatorUnitId, String),
    /// Its requests to pause.
    pub pauses: Vec<PauseRequest>,
    /// The reports of its monthly plans that count.
    pub reports: Vec<(Month, Report)>,
}

/// Every project in the jurisdiction of a regulator, by the name of its unit, its firm and its own.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn sites(tx: &mut Tx, actor: &Actor) -> Result<Vec<Site>, StoreError> {
    let find = sql!(concat!(
        "SELECT p.body, o.id, o.name, u.id, u.name FROM organisation o JOIN project p ON p.org = o.org
             JOIN regulator_unit u ON u.id = p.unit WHERE ",
        is_overseen!("p"),
        " ORDER BY u.name, o.name, p.sort, p.id"
    ));
    let (mut pauses, mut reports) = (pauses(tx, actor).await?, reports(tx, actor).await?);
    let rows = tx.query(find, &row![&actor.account]).await?;
    let site = |row: &Row| {
        let project: Project = own(row.get(0)?)?;
        let (pauses, reports) = (pauses.remove(&project.id), reports.remove(&project.id));
        Ok(Site {
            firm: (row.get(1)?, row.get(2)?),
            unit: (row.get(3)?, row.get(4)?),
            pauses: pauses.unwrap_or_default(),
            reports: reports.unwrap_or_default(),
            project,
        })
    };
    rows.iter().map(site).collect()
}

async fn pauses(tx: &mut Tx, actor: &Actor) -> Result<HashMap<ProjectId, Vec<PauseRequest>>, StoreError> {
    let find = sql!(concat!(
        "SELECT q.body FROM organisation o JOIN suspension q ON q.org = o.org
             JOIN project p ON p.org = q.org AND p.id = q.project WHERE ",
        is_overseen!("p")
    ));
    let mut found: HashMap<ProjectId, Vec<PauseRequest>> = HashMap::new();
    for row in tx.query(find, &row![&actor.account]).await? {
        let pause: PauseRequest = own(row.get(0)?)?;
        found.entry(pause.project).or_default().push(pause);
    }
    Ok(found)
}

async fn reports(tx: &mut Tx, actor: &Actor) -> Result<HashMap<ProjectId, Vec<(Month, Report)>>, StoreError> {
    let find = sql!(concat!(
        "SELECT l.period, r.body FROM organisation o JOIN report r ON r.org = o.org
             JOIN plan l ON l.org = r.org AND l.id = r.plan JOIN project p ON p.org = r.org AND p.id = r.project
         WHERE l.nature = ?2 AND r.voided IS NULL AND ",
        is_overseen!("p")
    ));
    let mut found: HashMap<ProjectId, Vec<(Month, Report)>> = HashMap::new();
    for row in tx.query(find, &row![&actor.account, Nature::Month]).await? {
        let report: Report = own(row.get(1)?)?;
        found.entry(report.project).or_default().push((row.get(0)?, report));
    }
    Ok(found)
}

/// The tasks in the jurisdiction that were submitted in a week, training left out.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn submitted(tx: &mut Tx, actor: &Actor, week: Week) -> Result<Vec<TaskId>, StoreError> {
    let find = sql!(concat!(
        "SELECT t.id FROM organisation o JOIN task t ON t.org = o.org JOIN project p ON p.org = t.org AND p.id = t.project
         WHERE t.submitted_ms >= ?2 AND t.submitted_ms < ?3 AND t.state <> ?4 AND p.shown = 1 AND ",
        is_overseen!("p")
    ));
    let (from, to) = week.instants();
    let rows = tx.query(find, &row![&actor.account, from, to, TaskState::Discarded]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// A sample as it was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// The seed.
    pub seed: u64,
    /// From how many tasks.
    pub candidates: u64,
    /// The tasks, in the order in which they were drawn.
    pub tasks: Vec<TaskId>,
    /// Who drew it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// The sample of a week of the actor's unit, once it is drawn.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn sample(tx: &mut Tx, org: Org, unit: RegulatorUnitId, week: Week) -> Result<Option<Sample>, StoreError> {
    let find = sql!("SELECT body FROM sample WHERE org = ?1 AND unit = ?2 AND week = ?3");
    let row = tx.query_opt(find, &row![org, &unit, &week.to_string()]).await?;
    row.map(|row| own(row.get(0)?)).transpose()
}

/// The weeks of which a unit has drawn a sample, the latest first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn weeks(tx: &mut Tx, org: Org, unit: RegulatorUnitId) -> Result<Vec<Week>, StoreError> {
    let find = sql!("SELECT week FROM sample WHERE org = ?1 AND unit = ?2 ORDER BY week DESC LIMIT 60");
    let rows = tx.query(find, &row![org, &unit]).await?;
    let week = |row: &Row| row.get::<String>(0)?.parse().map_err(|_| StoreError::Bug("a week is none".into()));
    rows.iter().map(week).collect()
}

/// A sampled task, with what is looked at first.
#[derive(Clone, Debug)]
pub struct SampledRow {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: TaskState,
    /// Its project, with the name.
    pub project: (ProjectId, String),
    /// The firm.
    pub org: Org,
    /// Its name.
    pub firm: String,
    /// How many faults it found.
    pub faults: u64,
    /// How many of these are resolved.
    pub resolved: u64,
    /// What was found in it, if somebody has looked.
    pub outcome: Option<CheckOutcome>,
}

/// A task of a sample, while it lies in the jurisdiction.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn sampled(tx: &mut Tx, actor: &Actor, task: TaskId) -> Result<Option<SampledRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT o.org, o.id, o.name, t.name, t.state, p.id, p.name,
             (SELECT count(*) FROM fault f WHERE f.org = t.org AND f.task = t.id AND f.state <> ?3),
             (SELECT count(*) FROM fault f WHERE f.org = t.org AND f.task = t.id AND f.state = ?4),
             (SELECT c.outcome FROM site_check c WHERE c.org = t.org AND c.task = t.id ORDER BY c.at_ms DESC LIMIT 1)
         FROM organisation o JOIN task t ON t.org = o.org AND t.id = ?2
             JOIN project p ON p.org = t.org AND p.id = t.project WHERE ",
        is_overseen!("p")
    ));
    let values = row![&actor.account, &task, FaultState::Withdrawn, FaultState::Resolved];
    let Some(row) = tx.query_opt(find, &values).await? else { return Ok(None) };
    Ok(Some(SampledRow {
        task,
        org: row.org(0)?,
        firm: row.get(2)?,
        name: row.get(3)?,
        state: row.get(4)?,
        project: (row.get(5)?, row.get(6)?),
        faults: row.get(7)?,
        resolved: row.get(8)?,
        outcome: row.get(9)?,
    }))
}

/// A recorded check with its id and the names beside it.
#[derive(Clone, Debug)]
pub struct CheckRow {
    /// The id: that of the form that recorded it.
    pub id: Uuid,
    /// The check.
    pub check: Check,
    /// The project's name.
    pub project_name: String,
    /// The firm's name.
    pub firm: String,
    /// The code of the report that was compared, if one was.
    pub report: Option<String>,
    /// The name of the task that was looked at, if one was.
    pub task: Option<String>,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum CheckSort {
    /// When it was recorded.
    #[default]
    Time,
    /// The project's name.
    Project,
}

/// Which checks the list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that came to this.
    pub outcome: Option<CheckOutcome>,
    /// Only those of this project.
    pub project: Option<ProjectId>,
    /// The words, the order, the page.
    pub wanted: Wanted<CheckSort>,
}

/// The columns of a check.
macro_rules! columns {
    () => {
        "c.id, c.body, j.name, o.name, (SELECT r.code FROM report r WHERE r.org = c.org AND r.id = c.report),
             (SELECT t.name FROM task t WHERE t.org = c.org AND t.id = c.task)"
    };
}

/// The rows of the list. Its own parameters: ?10 the outcome, ?11 the project.
macro_rules! rows {
    () => {
        concat!(
            "FROM organisation o JOIN site_check c ON c.org = o.org
                 JOIN project j ON j.org = c.org AND j.id = c.project WHERE ",
            sees_sites!("o", "j"),
            " AND (CAST(?10 AS TEXT) IS NULL OR c.outcome = ?10) AND (CAST(?11 AS BYTEA) IS NULL OR c.project = ?11)"
        )
    };
}

fn read(row: &Row) -> Result<CheckRow, StoreError> {
    let (project_name, firm, report, task) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
    Ok(CheckRow { id: row.get(0)?, check: own(row.get(1)?)?, project_name, firm, report, task })
}

/// A page of the checks that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn checks(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<CheckRow>, StoreError> {
    let order = match filter.wanted.sort {
        CheckSort::Time => order!(columns!(), rows!(), "j.find", "c.at_ms": Number, "c.id": Id),
        CheckSort::Project => order!(columns!(), rows!(), "j.find", "j.sort": Text, "c.id": Id),
    };
    let seen = visible(actor, Action::ReadPlan, org);
    page::page(tx, &seen, (&order, &filter.wanted), &row![filter.outcome, filter.project.as_ref()], read).await
}

/// How many came to what, whatever outcome the list is narrowed to.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<CheckOutcome, i64>, StoreError> {
    let seen = visible(actor, Action::ReadPlan, org);
    let own = row![None::<CheckOutcome>, filter.project.as_ref()];
    page::counts(tx, &seen, (tally!("c.outcome", rows!(), "j.find"), &filter.wanted), &own).await
}

/// A check of a firm; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn check(tx: &mut Tx, org: Org, id: RequestId) -> Result<Option<CheckRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT ",
        columns!(),
        " FROM site_check c JOIN project j ON j.org = c.org AND j.id = c.project JOIN organisation o ON o.org = c.org
         WHERE c.org = ?1 AND c.id = ?2"
    ));
    tx.query_opt(find, &row![org, &id]).await?.map(|row| read(&row)).transpose()
}
