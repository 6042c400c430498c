//! Reads about plans.

use super::{
    page::{self, Page, Wanted, order, tally},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, Value, own},
};
use firebee_domain::{
    account::{Action, Actor},
    catalogue::Nature,
    contract::ContractKind,
    id::{PlanId, PlanItemId, ProjectId, TaskId},
    plan::{Plan, PlanItem, PlanItemState, PlanName, PlanSlot, Progress, Tally, progress},
    suspension::PauseRequest,
    time::{Month, Timestamp},
};
use std::collections::HashMap;
use strum::EnumString;

/// A plan with its stored name and the tasks that hold its items.
#[derive(Clone, Debug)]
pub struct PlanRow {
    /// The plan.
    pub plan: Plan,
    /// Its name, as it stands in every task.
    pub name: String,
    /// The task that holds an item now.
    pub tasks: HashMap<PlanItemId, TaskId>,
}

impl PlanRow {
    /// What its row shows.
    pub fn progress(&self) -> Progress {
        progress(&self.plan)
    }
}

/// One plan. The caller has asked for permission. `None` also for a plan whose project is gone.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn plan(tx: &mut Tx, org: Org, id: PlanId) -> Result<Option<PlanRow>, StoreError> {
    let find = sql!(
        "SELECT p.id, p.project, p.nature, p.period, p.name, p.catalogue, p.created_ms, j.body, p.facilities
         FROM plan p JOIN project j ON j.org = p.org AND j.id = p.project WHERE p.org = ?1 AND p.id = ?2"
    );
    let Some(row) = tx.query_opt(find, &row![org, &id]).await? else { return Ok(None) };
    let mut plan = read(&row)?;
    items(tx, org, &mut plan).await?;
    Ok(Some(plan))
}

/// The plans of a project, the latest period first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_project(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<PlanRow>, StoreError> {
    let find = sql!(
        "SELECT p.id, p.project, p.nature, p.period, p.name, p.catalogue, p.created_ms, j.body, p.facilities
         FROM plan p JOIN project j ON j.org = p.org AND j.id = p.project
         WHERE p.org = ?1 AND p.project = ?2 ORDER BY p.period DESC, p.created_ms DESC"
    );
    let mut plans = tx.query(find, &row![org, &project]).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    for plan in &mut plans {
        items(tx, org, plan).await?;
    }
    Ok(plans)
}

/// The plans that an actor may issue and that have something left to issue, with the project's name; the oldest
/// period first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_issue(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<(PlanId, String, String, i64)>, StoreError> {
    let find = sql!(concat!(
        "SELECT p.id, p.name, j.name, count(i.id) FROM plan p
             JOIN project j ON j.org = p.org AND j.id = p.project JOIN plan_item i ON i.org = p.org AND i.plan = p.id
         WHERE p.org = ?2 AND i.state = ?4 AND i.ignored_reason IS NULL AND ",
        sees!("j", "NULL", "?3"),
        " GROUP BY p.id, p.name, j.name, p.period ORDER BY p.period, j.name"
    ));
    let seen = visible(actor, Action::IssuePlan, org);
    let rows = tx.query(find, &[&seen.values()[..], &row![PlanItemState::NotIssued]].concat()).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).collect()
}

/// A plan, as far as it tells which months are planned.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// Its project.
    pub project: ProjectId,
    /// Which plan of the project it is.
    pub slot: PlanSlot,
    /// Whether anything of it is issued.
    pub issued: bool,
}

/// Every plan that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn made(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<Made>, StoreError> {
    let find = sql!(concat!(
        "SELECT p.project, p.nature, p.period,
             EXISTS (SELECT 1 FROM plan_item i WHERE i.org = p.org AND i.plan = p.id AND i.state <> ?4)
         FROM plan p JOIN project j ON j.org = p.org AND j.id = p.project WHERE p.org = ?2 AND ",
        sees!("j", "NULL", "?3")
    ));
    let seen = visible(actor, Action::ReadPlan, org);
    let rows = tx.query(find, &[&seen.values()[..], &row![PlanItemState::NotIssued]].concat()).await?;
    let read = |row: &Row| {
        let slot = PlanSlot { nature: row.get(1)?, period: row.get(2)? };
        Ok(Made { project: row.get(0)?, slot, issued: row.get(3)? })
    };
    rows.iter().map(read).collect()
}

/// The pause requests of every project whose plans an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn paused(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<PauseRequest>, StoreError> {
    let find = sql!(concat!(
        "SELECT q.body FROM suspension q JOIN project j ON j.org = q.org AND j.id = q.project WHERE q.org = ?2 AND ",
        sees!("j", "NULL", "?3")
    ));
    let seen = visible(actor, Action::ReadPlan, org);
    tx.query(find, &seen.values()).await?.iter().map(|row| own(row.get(0)?)).collect()
}

/// Which plans a project has.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn slots(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<PlanSlot>, StoreError> {
    let find = sql!("SELECT nature, period FROM plan WHERE org = ?1 AND project = ?2");
    let rows = tx.query(find, &row![org, &project]).await?;
    rows.iter().map(|row| Ok(PlanSlot { nature: row.get(0)?, period: row.get(1)? })).collect()
}

/// The plan of a project of this nature and period, if it has one.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_slot(
    tx: &mut Tx,
    org: Org,
    project: ProjectId,
    (nature, period): (Nature, Month),
) -> Result<Option<PlanId>, StoreError> {
    let find = sql!("SELECT id FROM plan WHERE org = ?1 AND project = ?2 AND nature = ?3 AND period = ?4");
    let row = tx.query_opt(find, &row![org, &project, nature, &period.to_string()]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// The pause requests of a project.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn pauses(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<PauseRequest>, StoreError> {
    let find = sql!("SELECT body FROM suspension WHERE org = ?1 AND project = ?2");
    tx.query(find, &row![org, &project]).await?.iter().map(|row| own(row.get(0)?)).collect()
}

/// A plan in a list.
#[derive(Clone, Debug)]
pub struct ListedPlan {
    /// The plan.
    pub id: PlanId,
    /// Its name.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Month, quarter or year.
    pub nature: Nature,
    /// The month it is for.
    pub period: Month,
    /// When it was made.
    pub created: Timestamp,
    /// How far it is.
    pub progress: Progress,
}

/// The orders of a list of plans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum PlanSort {
    /// The month it is for.
    #[default]
    Period,
    /// Its name.
    Name,
    /// The name of its project.
    Project,
    /// When it was made.
    Created,
}

/// Which plans a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only of this project.
    pub project: Option<ProjectId>,
    /// Only of this nature.
    pub nature: Option<Nature>,
    /// Only for this month.
    pub month: Option<Month>,
    /// The words, the order, the page.
    pub wanted: Wanted<PlanSort>,
}

/// The rows of the list. Its own parameters: ?10 to ?12 are what a [`Filter`] narrows.
macro_rules! rows {
    () => {
        concat!(
            "FROM plan p JOIN project j ON j.org = p.org AND j.id = p.project
                 JOIN contract k ON k.org = j.org AND k.id = j.contract
                 JOIN owner w ON w.org = k.org AND w.id = k.owner
             WHERE p.org = ?2 AND ",
            sees!("j", "NULL", "?3"),
            " AND (CAST(?10 AS BYTEA) IS NULL OR p.project = ?10)
              AND (CAST(?11 AS TEXT) IS NULL OR p.nature = ?11) AND (CAST(?12 AS TEXT) IS NULL OR p.period = ?12)"
        )
    };
}

/// What is searched.
macro_rules! find {
    () => {
        "(p.find || ' ' || j.find || ' ' || w.find)"
    };
}

/// One order of the list. ?13 and ?14 are the states of its items that are counted.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "p.id, p.name, p.project, j.name, p.nature, p.period, p.created_ms,
             (SELECT COUNT(*) FROM plan_item i WHERE i.org = p.org AND i.plan = p.id AND i.state <> ?13),
             (SELECT COUNT(*) FROM plan_item i WHERE i.org = p.org AND i.plan = p.id AND i.state = ?14),
             (SELECT COUNT(*) FROM plan_item i WHERE i.org = p.org AND i.plan = p.id AND i.state = ?13
                  AND i.ignored_reason IS NULL),
             (SELECT COUNT(*) FROM plan_item i WHERE i.org = p.org AND i.plan = p.id
                  AND i.ignored_reason IS NOT NULL)",
            rows!(),
            find!(),
            $key: $kind,
            "p.id": Id
        )
    };
}

/// A page of the plans that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn plans(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<ListedPlan>, StoreError> {
    let order = match filter.wanted.sort {
        PlanSort::Period => by!("p.period": Text),
        PlanSort::Name => by!("p.sort": Text),
        PlanSort::Project => by!("j.sort": Text),
        PlanSort::Created => by!("p.created_ms": Number),
    };
    let period = filter.month.map(|month| month.to_string());
    let items = row![PlanItemState::NotIssued, PlanItemState::Approved];
    let own = [&filter.own(period.as_ref())[..], &items].concat();
    page::page(tx, &visible(actor, Action::ReadPlan, org), (&order, &filter.wanted), &own, listed).await
}

/// How many plans an actor may read of each nature, of those that the rest of the filter admits.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn natures(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<Nature, i64>, StoreError> {
    let filter = Filter { nature: None, ..filter.clone() };
    let period = filter.month.map(|month| month.to_string());
    let find = tally!("p.nature", rows!(), find!());
    let seen = visible(actor, Action::ReadPlan, org);
    page::counts(tx, &seen, (find, &filter.wanted), &filter.own(period.as_ref())).await
}

impl Filter {
    fn own<'p>(&'p self, period: Option<&'p String>) -> [Value<'p>; 3] {
        row![self.project.as_ref(), self.nature, period]
    }
}

fn listed(row: &Row) -> Result<ListedPlan, StoreError> {
    let (issued, completed, to_issue, ignored) = (row.get(7)?, row.get(8)?, row.get(9)?, row.get(10)?);
    Ok(ListedPlan {
        id: row.get(0)?,
        name: row.get(1)?,
        project: row.get(2)?,
        project_name: row.get(3)?,
        nature: row.get(4)?,
        period: row.get(5)?,
        created: row.get(6)?,
        progress: Progress::of(Tally { issued, completed, to_issue, ignored }),
    })
}

fn read(row: &Row) -> Result<PlanRow, StoreError> {
    let (nature, period) = (row.get(2)?, row.get(3)?);
    let project: firebee_domain::project::Project = own(row.get(7)?)?;
    let plan = Plan {
        id: row.get(0)?,
        project: row.get(1)?,
        nature,
        period,
        name: name_of(nature, period, project.kind),
        catalogue: row.get(5)?,
        facilities: own(row.get(8)?)?,
        created: row.get(6)?,
        items: Vec::new(),
    };
    Ok(PlanRow { plan, name: row.get(4)?, tasks: HashMap::new() })
}

/// The parts of a plan's name that period and nature tell. Pages show the stored text instead.
const fn name_of(nature: Nature, period: Month, kind: ContractKind) -> PlanName {
    let (quarter, month) = match nature {
        Nature::Month => (None, Some(period.month)),
        Nature::Quarter => (Some((period.month - 1) / 3 + 1), None),
        Nature::Year => (None, None),
    };
    PlanName { year: period.year, quarter, month, nature, kind }
}

async fn items(tx: &mut Tx, org: Org, plan: &mut PlanRow) -> Result<(), StoreError> {
    let find = sql!(
        "SELECT id, item_id, facility, system, state, executor, task, ignored_reason, planned_for, place
         FROM plan_item WHERE org = ?1 AND plan = ?2 ORDER BY position"
    );
    for row in tx.query(find, &row![org, &plan.plan.id]).await? {
        let id = row.get(0)?;
        if let Some(task) = row.get(6)? {
            plan.tasks.insert(id, task);
        }
        plan.plan.items.push(PlanItem {
            id,
            item_id: row.get(1)?,
            facility: row.get(2)?,
            system: row.get(3)?,
            state: row.get(4)?,
            executor: row.get(5)?,
            ignored: row.get(7)?,
            planned_for: row.get(8)?,
            position: row.get(9)?,
        });
    }
    Ok(())
}
