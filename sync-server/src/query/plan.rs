//! Reads about plans.

use super::access;
use crate::{
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    catalogue::Nature,
    contract::ContractKind,
    id::{AccountId, ContentId, OrganisationId, PlanId, PlanItemId, ProjectId, TaskId},
    plan::{Plan, PlanItem, PlanItemState, PlanName, PlanSlot, Progress, progress},
    suspension::PauseRequest,
    time::{Month, Timestamp},
};
use std::collections::HashMap;
use uuid::Uuid;

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

/// One plan; permission is asked before. `None` also for a plan whose project is gone.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn plan(tx: &mut Tx, id: PlanId) -> Result<Option<PlanRow>, StoreError> {
    let find = sql!(
        "SELECT p.id, p.project, p.nature, p.period, p.name, p.catalogue, p.created_ms, j.body, p.facilities
         FROM plan p JOIN project j ON j.id = p.project WHERE p.id = ?1"
    );
    let Some(row) = tx.query_opt(find, &row![&id.0]).await? else { return Ok(None) };
    let mut plan = read(&row)?;
    items(tx, &mut plan).await?;
    Ok(Some(plan))
}

/// The plans of a project, the latest period first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_project(tx: &mut Tx, project: ProjectId) -> Result<Vec<PlanRow>, StoreError> {
    let find = sql!(
        "SELECT p.id, p.project, p.nature, p.period, p.name, p.catalogue, p.created_ms, j.body, p.facilities
         FROM plan p JOIN project j ON j.id = p.project WHERE p.project = ?1 ORDER BY p.period DESC, p.created_ms DESC"
    );
    let mut plans = tx.query(find, &row![&project.0]).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    for plan in &mut plans {
        items(tx, plan).await?;
    }
    Ok(plans)
}

/// The plans that an actor may issue and that have something left to issue, with the project's name; the oldest
/// period first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_issue(tx: &mut Tx, actor: &Actor) -> Result<Vec<(PlanId, String, String, i64)>, StoreError> {
    let Some(OrganisationId(organisation)) = actor.organisation else { return Ok(Vec::new()) };
    let find = sql!(
        "SELECT p.id, p.name, j.name, count(i.id) FROM plan p JOIN project j ON j.id = p.project
             JOIN plan_item i ON i.plan = p.id
         WHERE j.organisation = ?1 AND (CAST(?2 AS BIGINT) = 1 OR j.lead = ?3)
             AND i.state = 'not_issued' AND i.ignored_reason IS NULL
         GROUP BY p.id, p.name, j.name, p.period ORDER BY p.period, j.name"
    );
    let all = access::to_all(actor, Action::IssuePlan);
    let rows = tx.query(find, &row![&organisation, all, &actor.account.0]).await?;
    rows.iter().map(|row| Ok((PlanId(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?))).collect()
}

/// Which plans a project has.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn slots(tx: &mut Tx, project: ProjectId) -> Result<Vec<PlanSlot>, StoreError> {
    let find = sql!("SELECT nature, period FROM plan WHERE project = ?1");
    let rows = tx.query(find, &row![&project.0]).await?;
    rows.iter().map(|row| Ok(PlanSlot { nature: nature(row.get(0)?)?, period: month(row.get(1)?)? })).collect()
}

/// The pause requests of a project.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn pauses(tx: &mut Tx, project: ProjectId) -> Result<Vec<PauseRequest>, StoreError> {
    let find = sql!("SELECT body FROM suspension WHERE project = ?1");
    tx.query(find, &row![&project.0]).await?.iter().map(|row| own(row.get(0)?)).collect()
}

fn read(row: &Row) -> Result<PlanRow, StoreError> {
    let (nature, period) = (nature(row.get(2)?)?, month(row.get(3)?)?);
    let project: firebee_domain::project::Project = own(row.get(7)?)?;
    let plan = Plan {
        id: PlanId(row.get(0)?),
        project: ProjectId(row.get(1)?),
        nature,
        period,
        name: name_of(nature, period, project.kind),
        catalogue: ContentId(row.get(5)?),
        facilities: own(row.get(8)?)?,
        created: Timestamp(row.get(6)?),
        items: Vec::new(),
    };
    Ok(PlanRow { plan, name: row.get(4)?, tasks: HashMap::new() })
}

/// The parts of a name as far as period and nature tell; what is shown is the stored text.
const fn name_of(nature: Nature, period: Month, kind: ContractKind) -> PlanName {
    let (quarter, month) = match nature {
        Nature::Month => (None, Some(period.month)),
        Nature::Quarter => (Some((period.month - 1) / 3 + 1), None),
        Nature::Year => (None, None),
    };
    PlanName { year: period.year, quarter, month, nature, kind }
}

async fn items(tx: &mut Tx, plan: &mut PlanRow) -> Result<(), StoreError> {
    let find = sql!(
        "SELECT id, item_id, facility, system, state, executor, task, ignored_reason, planned_for, place
         FROM plan_item WHERE plan = ?1 ORDER BY position"
    );
    for row in tx.query(find, &row![&plan.plan.id.0]).await? {
        let id = PlanItemId(row.get(0)?);
        if let Some(task) = row.get::<Option<Uuid>>(6)? {
            plan.tasks.insert(id, TaskId(task));
        }
        plan.plan.items.push(PlanItem {
            id,
            item_id: row.get(1)?,
            facility: row.get(2)?,
            system: row.get(3)?,
            state: state(row.get(4)?)?,
            executor: row.get::<Option<Uuid>>(5)?.map(AccountId),
            ignored: row.get(7)?,
            planned_for: row.get::<Option<&str>>(8)?.and_then(|day| day.parse().ok()),
            position: row.get(9)?,
        });
    }
    Ok(())
}

fn state(word: &str) -> Result<PlanItemState, StoreError> {
    let found = PlanItemState::ALL.into_iter().find(|state| state.code() == word);
    found.ok_or_else(|| StoreError::Bug("a plan item in an unknown state".into()))
}

fn nature(word: &str) -> Result<Nature, StoreError> {
    word.parse().map_err(|_| StoreError::Bug("a plan of an unknown nature".into()))
}

fn month(text: &str) -> Result<Month, StoreError> {
    text.parse().map_err(|_| StoreError::Bug("a plan's period is no month".into()))
}
