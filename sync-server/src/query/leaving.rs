//! Reads what waits with somebody who leaves.

use super::visible::{sees_firm, visible};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor, Role},
    dispatch::{DispatchKind, DispatchState},
    id::{AccountId, DispatchId, PlanId, ProjectId, TaskId},
    plan::PlanItemState,
    task::TaskState,
};

/// Who leaves.
#[derive(Clone, Debug)]
pub struct Leaver {
    /// The account.
    pub account: AccountId,
    /// Its holder's name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// Whether the account is open.
    pub enabled: bool,
}

/// Items of a plan that are issued and not begun.
#[derive(Clone, Debug)]
pub struct IssuedRow {
    /// The plan.
    pub plan: PlanId,
    /// Its name.
    pub name: String,
    /// The project's name.
    pub project: String,
    /// How many items.
    pub items: u64,
}

/// A task that the leaver executes and that is not approved.
#[derive(Clone, Debug)]
pub struct OpenTask {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// The project's name.
    pub project: String,
    /// Its state.
    pub state: TaskState,
}

/// A project that the leaver leads, and how many of its tasks wait for the review.
#[derive(Clone, Debug)]
pub struct LedProject {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// Tasks that wait for the review.
    pub reviews: u64,
}

/// A dispatch whose team lead is the leaver, and that is not finished.
#[derive(Clone, Debug)]
pub struct OpenDispatch {
    /// The dispatch.
    pub dispatch: DispatchId,
    /// The task that found its fault.
    pub task: TaskId,
    /// What for.
    pub kind: DispatchKind,
    /// The name of the item, in Chinese.
    pub name: String,
    /// The project's name.
    pub project: String,
    /// Its state.
    pub state: DispatchState,
}

/// What waits with somebody.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// Who.
    pub leaver: Leaver,
    /// What is issued and not begun.
    pub issued: Vec<IssuedRow>,
    /// What is begun and not approved.
    pub tasks: Vec<OpenTask>,
    /// What the leaver is sent for and has not finished.
    pub dispatches: Vec<OpenDispatch>,
    /// What the leaver leads.
    pub led: Vec<LedProject>,
}

/// What waits with an account, for actors who open and close accounts.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn leaving(tx: &mut Tx, org: Org, actor: &Actor, account: AccountId) -> Result<Option<Leaving>, StoreError> {
    let find = sql!(concat!(
        "SELECT p.name, a.category, a.enabled FROM account a JOIN person p ON p.org = a.org AND p.id = a.person
         WHERE a.org = ?1 AND a.id = ?3 AND ",
        sees_firm!()
    ));
    let seen = visible(actor, Action::ToggleAccount, org);
    let asked = row![&account];
    let Some(row) = tx.query_opt(find, &[&seen.of_firm()[..], &asked].concat()).await? else { return Ok(None) };
    let leaver = Leaver { account, name: row.get(0)?, role: row.get(1)?, enabled: row.get(2)? };
    let issued = sql!(
        "SELECT i.plan, l.name, j.name, COUNT(*) FROM plan_item i JOIN plan l ON l.org = i.org AND l.id = i.plan
             JOIN project j ON j.org = l.org AND j.id = l.project
         WHERE i.org = ?1 AND i.executor = ?2 AND i.state = ?3 GROUP BY i.plan, l.name, j.name ORDER BY l.name, i.plan"
    );
    let read =
        |row: &Row| Ok(IssuedRow { plan: row.get(0)?, name: row.get(1)?, project: row.get(2)?, items: row.get(3)? });
    let issued = tx.query(issued, &row![org, &account, PlanItemState::Issued]).await?;
    let issued = issued.iter().map(read).collect::<Result<_, StoreError>>()?;
    let tasks = sql!(
        "SELECT t.id, t.name, j.name, t.state FROM task t JOIN project j ON j.org = t.org AND j.id = t.project
         WHERE t.org = ?1 AND t.executor = ?2 AND t.state <> ?3 AND t.state <> ?4 ORDER BY t.started_ms, t.id"
    );
    let read =
        |row: &Row| Ok(OpenTask { task: row.get(0)?, name: row.get(1)?, project: row.get(2)?, state: row.get(3)? });
    let tasks = tx.query(tasks, &row![org, &account, TaskState::Approved, TaskState::Discarded]).await?;
    let tasks = tasks.iter().map(read).collect::<Result<_, StoreError>>()?;
    let led = sql!(
        "SELECT j.id, j.name, (SELECT COUNT(*) FROM task t WHERE t.org = j.org AND t.project = j.id AND t.state = ?3)
         FROM project j WHERE j.org = ?1 AND j.lead = ?2 ORDER BY j.name, j.id"
    );
    let read = |row: &Row| Ok(LedProject { project: row.get(0)?, name: row.get(1)?, reviews: row.get(2)? });
    let led = tx.query(led, &row![org, &account, TaskState::PendingReview]).await?;
    let led = led.iter().map(read).collect::<Result<_, StoreError>>()?;
    let dispatches = dispatches(tx, org, account).await?;
    Ok(Some(Leaving { leaver, issued, tasks, dispatches, led }))
}

/// The dispatches that an account is sent for and has not finished. The caller has asked for permission.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn dispatches(tx: &mut Tx, org: Org, account: AccountId) -> Result<Vec<OpenDispatch>, StoreError> {
    let find = sql!(
        "SELECT d.id, d.task, d.kind, d.name, j.name, d.state
         FROM dispatch d JOIN project j ON j.org = d.org AND j.id = d.project
         WHERE d.org = ?1 AND d.team_lead = ?2 AND d.state NOT IN (?3, ?4, ?5) ORDER BY d.made_ms, d.id"
    );
    let (resolved, unresolved) = (DispatchState::Resolved, DispatchState::Unresolved);
    let rows = tx.query(find, &row![org, &account, resolved, unresolved, DispatchState::Cancelled]).await?;
    let read = |row: &Row| {
        Ok(OpenDispatch {
            dispatch: row.get(0)?,
            task: row.get(1)?,
            kind: row.get(2)?,
            name: row.get(3)?,
            project: row.get(4)?,
            state: row.get(5)?,
        })
    };
    rows.iter().map(read).collect()
}
