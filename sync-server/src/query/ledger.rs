//! Reads the plans of many projects at once, as far as the ledger and the making of coming plans tell of them.

use super::visible::{sees, visible};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Row, StoreError, Tx, Ty},
};
use firebee_domain::{
    account::{Action, Actor},
    catalogue::Nature,
    id::{PlanId, ProjectId, ReportId},
    plan::{PlanItemState, PlanSlot, Share},
    project::{PlanWork, Reported, Work},
    suspension::PauseRequest,
    time::Month,
};
use std::collections::{BTreeSet, HashMap};

/// A plan with how far it is, and its report.
#[derive(Clone, Copy, Debug)]
pub struct Worked {
    /// The plan.
    pub id: PlanId,
    /// How far it is.
    pub plan: PlanWork,
    /// Its report that is not void.
    pub report: Option<ReportId>,
}

/// The columns of [`fold`]. Its arguments: what comes before, a source with the plan `l`, and the condition.
macro_rules! worked {
    ($rows:expr, $from:expr, $where:expr) => {
        concat!(
            $rows,
            "SELECT l.project, l.id, l.nature, l.period, i.state, count(i.id), r.id, r.deadline, r.filed FROM ",
            $from,
            " LEFT JOIN plan_item i ON i.org = l.org AND i.plan = l.id AND i.ignored_reason IS NULL
              LEFT JOIN report r ON r.org = l.org AND r.plan = l.id AND r.voided IS NULL ",
            $where,
            " GROUP BY l.project, l.id, l.nature, l.period, i.state, r.id, r.deadline, r.filed"
        )
    };
}

static OF_PROJECTS: Batch<4> = Batch::new(
    worked!(
        "WITH p(org, project, first, last) AS ({rows}) ",
        "p JOIN plan l ON l.org = p.org AND l.project = p.project AND l.period >= p.first AND l.period <= p.last",
        ""
    ),
    [Ty::Int, Ty::Blob, Ty::Text, Ty::Text],
);

/// The plans of some projects whose periods begin from the first to the last month; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_projects(
    tx: &mut Tx,
    org: Org,
    projects: &[ProjectId],
    (first, last): (Month, Month),
) -> Result<HashMap<ProjectId, Vec<Worked>>, StoreError> {
    let (first, last) = (first.to_string(), last.to_string());
    let rows = tx.many(&OF_PROJECTS, projects.iter().map(|id| row![org, id, &first, &last])).await?;
    fold(&rows)
}

/// The plans of one period of every project whose plans an actor may read. Of the plans of a year those of every year, because an
/// inspection has one in any of its years.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_period(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    slot: PlanSlot,
) -> Result<HashMap<ProjectId, Vec<Worked>>, StoreError> {
    let find = sql!(worked!(
        "",
        "plan l JOIN project j ON j.org = l.org AND j.id = l.project",
        concat!(
            "WHERE l.org = ?2 AND l.nature = ?4 AND (l.period = ?5 OR CAST(?6 AS BIGINT) = 1) AND ",
            sees!("j", "NULL", "?3")
        )
    ));
    let (seen, period) = (visible(actor, Action::ReadPlan, org), slot.period.to_string());
    let rows = tx
        .query(find, &[&seen.values()[..], &row![slot.nature, &period, slot.nature == Nature::Year]].concat())
        .await?;
    fold(&rows)
}

/// One row tells how many items of a plan are in one state.
fn fold(rows: &[Row]) -> Result<HashMap<ProjectId, Vec<Worked>>, StoreError> {
    let mut of = HashMap::<ProjectId, Vec<Worked>>::new();
    for row in rows {
        let (project, id) = (row.get(0)?, row.get(1)?);
        let plans = of.entry(project).or_default();
        let at = plans.iter().position(|plan| plan.id == id).unwrap_or(plans.len());
        if at == plans.len() {
            plans.push(read(row, id)?);
        }
        let (Some(state), Some(worked)) = (row.get::<Option<PlanItemState>>(4)?, plans.get_mut(at)) else { continue };
        let work = &mut worked.plan.work;
        *match state {
            PlanItemState::NotIssued => &mut work.to_issue,
            PlanItemState::Issued => &mut work.issued,
            PlanItemState::Executing => &mut work.executing,
            PlanItemState::Submitted => &mut work.submitted,
            PlanItemState::Approved => &mut work.approved,
        } = row.get(5)?;
    }
    Ok(of)
}

fn read(row: &Row, id: PlanId) -> Result<Worked, StoreError> {
    let report: Option<ReportId> = row.get(6)?;
    let reported = match report {
        Some(_) => Some(Reported { deadline: row.get(7)?, filed: row.get(8)? }),
        None => None,
    };
    let slot = PlanSlot { nature: row.get(2)?, period: row.get(3)? };
    Ok(Worked { id, plan: PlanWork { slot, work: Work::default(), report: reported }, report })
}

/// The pause requests of every project whose plans an actor may read, by project.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn pauses(tx: &mut Tx, org: Org, actor: &Actor) -> Result<HashMap<ProjectId, Vec<PauseRequest>>, StoreError> {
    let mut of = HashMap::<ProjectId, Vec<PauseRequest>>::new();
    for pause in super::plan::paused(tx, org, actor).await? {
        of.entry(pause.project).or_default().push(pause);
    }
    Ok(of)
}

/// A plan of a coming period: which facilities still have something to issue.
#[derive(Clone, Debug, Default)]
pub struct Coming {
    /// Its facilities with items that are neither issued nor left out.
    pub left: BTreeSet<String>,
}

/// The plans of one period that are there, of every project that an actor may plan.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn coming(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    slot: PlanSlot,
) -> Result<HashMap<ProjectId, Coming>, StoreError> {
    let find = sql!(concat!(
        "SELECT DISTINCT l.project, i.facility FROM plan l JOIN project j ON j.org = l.org AND j.id = l.project
             LEFT JOIN plan_item i ON i.org = l.org AND i.plan = l.id AND i.state = ?6 AND i.ignored_reason IS NULL
         WHERE l.org = ?2 AND l.nature = ?4 AND l.period = ?5 AND ",
        sees!("j", "NULL", "?3")
    ));
    let (seen, period) = (visible(actor, Action::CreatePlan, org), slot.period.to_string());
    let values = row![slot.nature, &period, PlanItemState::NotIssued];
    let mut of = HashMap::<ProjectId, Coming>::new();
    for row in tx.query(find, &[&seen.values()[..], &values].concat()).await? {
        of.entry(row.get(0)?).or_default().left.extend(row.get::<Option<String>>(1)?);
    }
    Ok(of)
}

/// The last plan of a nature before a period of which something is issued: `q` is a plan of the same project.
macro_rules! last_issued {
    ($nature:literal, $before:literal) => {
        concat!(
            "l.period = (SELECT max(q.period) FROM plan q WHERE q.org = l.org AND q.project = l.project AND q.nature = ",
            $nature,
            " AND q.period < ",
            $before,
            " AND EXISTS (SELECT 1 FROM plan_item x WHERE x.org = q.org AND x.plan = q.id AND x.executor IS NOT NULL))"
        )
    };
}

/// Who had which facility in the last plan of the nature before a period, of every project that an actor may plan.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn last_shares(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    (nature, before): (Nature, Month),
) -> Result<HashMap<ProjectId, Vec<Share>>, StoreError> {
    let find = sql!(concat!(
        "SELECT l.project, i.facility, i.executor, count(i.id) FROM plan l
             JOIN project j ON j.org = l.org AND j.id = l.project
             JOIN plan_item i ON i.org = l.org AND i.plan = l.id AND i.executor IS NOT NULL
         WHERE l.org = ?2 AND l.nature = ?4 AND ",
        last_issued!("?4", "?5"),
        " AND ",
        sees!("j", "NULL", "?3"),
        " GROUP BY l.project, i.facility, i.executor"
    ));
    let (seen, before) = (visible(actor, Action::CreatePlan, org), before.to_string());
    let mut of = HashMap::<ProjectId, Vec<Share>>::new();
    for row in tx.query(find, &[&seen.values()[..], &row![nature, &before]].concat()).await? {
        let share = Share { facility: row.get(1)?, executor: row.get(2)?, items: row.get(3)? };
        of.entry(row.get(0)?).or_default().push(share);
    }
    Ok(of)
}

/// Who had which facility of one project in the last plan of the nature before a period; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn shares_of(
    tx: &mut Tx,
    org: Org,
    project: ProjectId,
    (nature, before): (Nature, Month),
) -> Result<Vec<Share>, StoreError> {
    let find = sql!(concat!(
        "SELECT i.facility, i.executor, count(i.id) FROM plan l
             JOIN plan_item i ON i.org = l.org AND i.plan = l.id AND i.executor IS NOT NULL
         WHERE l.org = ?1 AND l.project = ?2 AND l.nature = ?3 AND ",
        last_issued!("?3", "?4"),
        " GROUP BY i.facility, i.executor"
    ));
    let before = before.to_string();
    let rows = tx.query(find, &row![org, &project, nature, &before]).await?;
    rows.iter().map(|row| Ok(Share { facility: row.get(0)?, executor: row.get(1)?, items: row.get(2)? })).collect()
}
