//! Reads about plans.

use super::visible::{sees, visible};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    catalogue::Nature,
    contract::ContractKind,
    id::{PlanId, PlanItemId, ProjectId, TaskId},
    plan::{Plan, PlanItem, PlanItemState, PlanName, PlanSlot, Progress, progress},
    suspension::PauseRequest,
    time::Month,
};
use std::collections::HashMap;

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

/// The pause requests of a project.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn pauses(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<PauseRequest>, StoreError> {
    let find = sql!("SELECT body FROM suspension WHERE org = ?1 AND project = ?2");
    tx.query(find, &row![org, &project]).await?.iter().map(|row| own(row.get(0)?)).collect()
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
