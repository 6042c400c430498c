//! Locks feeds before anything else. The lock of an account's feed is the row of its session. A transaction that
//! changes tasks publishes at its end, and then needs the feeds of everybody who follows those tasks. If it locked the
//! tasks first and the feeds later, it and a push could wait for each other.
//!
//! Invariant: a transaction that changes tasks locks feeds by account, then blobs, then tasks, faults, projects and
//! plan items.
//!
//! A push can change the times of earlier facts of its store: an anchor in it narrows them, and so does a commitment that
//! turns out to cover them. The server learns which tasks hold these facts only after it has read the lines, which is too
//! late to lock a feed. So a push begins by locking more feeds than it may need: those of everybody who follows any task
//! that its account works on or leads. Approved tasks are left out, because an approved task keeps its times. The rows of
//! the tasks themselves are locked last. Each belongs to one executor, whose feed is locked by then, so nobody waits for
//! them.
//!
//! What decides on a task may approve it, and so may a decision that waits until other facts of the task come. An approval
//! is told to all who work on the project: the histories of its facilities change. So both lock the feeds of all of them.
//!
//! A command on a plan locks the feeds of all who work on its project, then the items.

use crate::{
    org::Org,
    row, sql,
    store::{Batch, StoreError, Tx, Ty},
};
use firebee_domain::{
    id::{AccountId, PlanId, ProjectId, TaskId},
    task::TaskState,
};
use firebee_protocol::document::kind;
use std::collections::BTreeSet;

static OF_TASKS: Batch<2> = Batch::new(
    "WITH w(org, id) AS ({rows})
     SELECT t.executor, p.lead FROM w JOIN task t ON t.org = w.org AND t.id = w.id
         JOIN project p ON p.org = t.org AND p.id = t.project",
    [Ty::Int, Ty::Blob],
);
/// Whom the dispatches of tasks were sent to.
static OF_DISPATCHES: Batch<2> = Batch::new(
    "WITH w(org, id) AS ({rows}) SELECT d.team_lead FROM w JOIN dispatch d ON d.org = w.org AND d.task = w.id",
    [Ty::Int, Ty::Blob],
);
/// Who had tasks before and reads who has them now.
static OF_HANDED: Batch<3> = Batch::new(
    "WITH w(org, kind, id) AS ({rows})
     SELECT f.account FROM w JOIN feed f ON f.org = w.org AND f.kind = w.kind AND f.id = w.id AND f.deleted = 0",
    [Ty::Int, Ty::Text, Ty::Text],
);
/// The facts that wait for others of these tasks.
static WAITING: Batch<2> = Batch::new(
    "WITH w(org, id) AS ({rows})
     SELECT p.project, p.account FROM w JOIN parked p ON p.org = w.org AND p.task = w.id WHERE p.decision IS NULL",
    [Ty::Int, Ty::Blob],
);
/// The projects of tasks.
static PROJECTS: Batch<2> = Batch::new(
    "WITH w(org, id) AS ({rows}) SELECT t.project FROM w JOIN task t ON t.org = w.org AND t.id = w.id",
    [Ty::Int, Ty::Blob],
);
static OF_PROJECTS: Batch<2> = Batch::new(
    "WITH w(org, id) AS ({rows}) SELECT p.lead FROM w JOIN project p ON p.org = w.org AND p.id = w.id",
    [Ty::Int, Ty::Blob],
);

/// Whoever follows the tasks and projects: executors and who was it before them, leads, and the team leads of dispatches.
pub(crate) async fn followers(
    tx: &mut Tx,
    org: Org,
    tasks: &BTreeSet<TaskId>,
    projects: &BTreeSet<ProjectId>,
) -> Result<BTreeSet<AccountId>, StoreError> {
    let mut found = BTreeSet::new();
    for row in tx.many(&OF_TASKS, tasks.iter().map(|id| row![org, id])).await? {
        found.extend([row.get::<AccountId>(0)?, row.get(1)?]);
    }
    for row in tx.many(&OF_DISPATCHES, tasks.iter().map(|id| row![org, id])).await? {
        found.insert(row.get(0)?);
    }
    let texts: Vec<String> = tasks.iter().map(TaskId::to_string).collect();
    for row in tx.many(&OF_HANDED, texts.iter().map(|id| row![org, kind::HANDED, id])).await? {
        found.insert(row.get(0)?);
    }
    for row in tx.many(&OF_PROJECTS, projects.iter().map(|id| row![org, id])).await? {
        found.insert(row.get(0)?);
    }
    Ok(found)
}

/// Whoever follows a task that the account works on or leads, as long as the task is not approved, team leads too; and whoever works on a
/// project that the account leads, because an approval writes what all of them pull of its facilities.
pub(crate) async fn companions(tx: &mut Tx, org: Org, account: AccountId) -> Result<BTreeSet<AccountId>, StoreError> {
    let find = sql!(
        "SELECT t.executor, p.lead
         FROM (SELECT DISTINCT executor, project FROM task WHERE org = ?1 AND executor = ?2 AND state <> ?3) t
         JOIN project p ON p.org = ?1 AND p.id = t.project
         UNION
         SELECT t.executor, p.lead FROM project p JOIN task t ON t.org = p.org AND t.project = p.id AND t.state <> ?3
         WHERE p.org = ?1 AND p.lead = ?2
         UNION
         SELECT a.executor, p.lead FROM project p JOIN assignment a ON a.org = p.org AND a.project = p.id
         WHERE p.org = ?1 AND p.lead = ?2
         UNION
         SELECT d.team_lead, t.executor FROM task t JOIN dispatch d ON d.org = t.org AND d.task = t.id
         WHERE t.org = ?1 AND t.executor = ?2 AND t.state <> ?3
         UNION
         SELECT d.team_lead, p.lead FROM project p JOIN dispatch d ON d.org = p.org AND d.project = p.id
         WHERE p.org = ?1 AND p.lead = ?2"
    );
    let mut found = BTreeSet::new();
    for row in tx.query(find, &row![org, &account, TaskState::Approved]).await? {
        found.extend([row.get::<AccountId>(0)?, row.get(1)?]);
    }
    Ok(found)
}

/// Everybody to whom facts about these tasks publish, if they decide on a task, change a fault or have waited for others: the
/// followers, the authors of what waits, and all who work on the projects.
pub(crate) async fn around(
    tx: &mut Tx,
    org: Org,
    tasks: &BTreeSet<TaskId>,
    projects: &BTreeSet<ProjectId>,
) -> Result<BTreeSet<AccountId>, StoreError> {
    let mut found = followers(tx, org, tasks, projects).await?;
    let mut of: BTreeSet<ProjectId> = projects.clone();
    for row in tx.many(&WAITING, tasks.iter().map(|id| row![org, id])).await? {
        found.insert(row.get(1)?);
    }
    for row in tx.many(&PROJECTS, tasks.iter().map(|id| row![org, id])).await? {
        of.insert(row.get(0)?);
    }
    for project in of {
        found.extend(of_project(tx, org, project).await?);
    }
    Ok(found)
}

/// Everybody to whom a push publishes beside the [`followers`] and [`companions`]: those [`around`] the tasks that it decides
/// on, and those around the tasks of which a fact waits for another one. Of the tasks of its account it may change each, of
/// others those that it names.
pub(crate) async fn unsettled(
    tx: &mut Tx,
    org: Org,
    account: AccountId,
    (decided, named): (BTreeSet<TaskId>, &BTreeSet<TaskId>),
) -> Result<BTreeSet<AccountId>, StoreError> {
    let own = sql!(
        "SELECT q.task FROM task t JOIN parked q ON q.org = t.org AND q.task = t.id AND q.decision IS NULL
         WHERE t.org = ?1 AND t.executor = ?2 AND t.state <> ?3
         UNION
         SELECT q.task FROM project p JOIN parked q ON q.org = p.org AND q.project = p.id AND q.decision IS NULL
         WHERE p.org = ?1 AND p.lead = ?2 AND q.task IS NOT NULL"
    );
    let (mut tasks, mut projects) = (decided, BTreeSet::new());
    for row in tx.query(own, &row![org, &account, TaskState::Approved]).await? {
        tasks.insert(row.get(0)?);
    }
    let mut authors = BTreeSet::<AccountId>::new();
    for row in tx.many(&WAITING, named.iter().map(|id| row![org, id])).await? {
        projects.extend(row.get::<Option<ProjectId>>(0)?);
        authors.insert(row.get(1)?);
    }
    if tasks.is_empty() && projects.is_empty() {
        return Ok(authors);
    }
    authors.extend(around(tx, org, &tasks, &projects).await?);
    Ok(authors)
}

/// Locks the feeds of these accounts, in the order of their ids. A transaction calls it once, before anything else, with
/// everybody to whom it may publish.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn lock(tx: &mut Tx, org: Org, accounts: &BTreeSet<AccountId>) -> Result<(), StoreError> {
    let lock = sql!("UPDATE session SET epoch = epoch WHERE org = ?1 AND account = ?2");
    for account in accounts {
        tx.execute(lock, &row![org, account]).await?;
        tx.hold_feed(org, *account);
    }
    Ok(())
}

/// Locks the feeds of all who work on a project: its lead, everybody with an assignment in it, and who gets one now. A
/// command of the office that publishes to them locks them first.
pub(crate) async fn lock_project(
    tx: &mut Tx,
    org: Org,
    project: ProjectId,
    joining: Option<AccountId>,
) -> Result<(), StoreError> {
    let mut accounts = of_project(tx, org, project).await?;
    accounts.extend(joining);
    lock(tx, org, &accounts).await
}

/// All who work on a project: its lead, everybody with an assignment or an open task in it, the team leads of its
/// dispatches, and who still has its document and loses it with the next change.
pub(crate) async fn of_project(tx: &mut Tx, org: Org, project: ProjectId) -> Result<BTreeSet<AccountId>, StoreError> {
    let find = sql!(
        "SELECT lead FROM project WHERE org = ?1 AND id = ?2
         UNION SELECT executor FROM assignment WHERE org = ?1 AND project = ?2
         UNION SELECT team_lead FROM dispatch WHERE org = ?1 AND project = ?2
         UNION SELECT executor FROM task WHERE org = ?1 AND project = ?2 AND state NOT IN (?3, ?4)
         UNION SELECT account FROM feed WHERE org = ?1 AND kind = ?5 AND id = ?6 AND deleted = 0"
    );
    let (approved, discarded, id) = (TaskState::Approved, TaskState::Discarded, project.to_string());
    let rows = tx.query(find, &row![org, &project, approved, discarded, kind::PROJECT, &id]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// All who work on the project of a task: an act that approves it, or changes one of its faults, publishes to all of them.
pub(crate) async fn of_task(tx: &mut Tx, org: Org, task: TaskId) -> Result<BTreeSet<AccountId>, StoreError> {
    let find = sql!("SELECT project FROM task WHERE org = ?1 AND id = ?2");
    match tx.query_opt(find, &row![org, &task]).await? {
        Some(row) => of_project(tx, org, row.get(0)?).await,
        None => Ok(BTreeSet::new()),
    }
}

/// All who work on the project of a plan, for a command that locks several plans.
pub(crate) async fn of_plan(tx: &mut Tx, org: Org, plan: PlanId) -> Result<BTreeSet<AccountId>, StoreError> {
    let find = sql!("SELECT project FROM plan WHERE org = ?1 AND id = ?2");
    match tx.query_opt(find, &row![org, &plan]).await? {
        Some(row) => of_project(tx, org, row.get(0)?).await,
        None => Ok(BTreeSet::new()),
    }
}

/// As [`lock_project`], for the project of a plan.
pub(crate) async fn lock_plan(
    tx: &mut Tx,
    org: Org,
    plan: PlanId,
    joining: Option<AccountId>,
) -> Result<(), StoreError> {
    let find = sql!("SELECT project FROM plan WHERE org = ?1 AND id = ?2");
    match tx.query_opt(find, &row![org, &plan]).await? {
        Some(row) => lock_project(tx, org, row.get(0)?, joining).await,
        None => Ok(()),
    }
}
