//! Locks and loads what a transaction is going to change: one query a table, whatever the number of rows.

use super::{ItemEntry, Ledger, Site, TaskEntry};
use crate::{
    org::Org,
    row,
    store::{Batch, Packed, StoreError, Tx, Ty, number, own},
};
use firebee_domain::{
    dispatch::Dispatch,
    fault::Fault,
    id::{AccountId, DispatchId, FaultId, PlanId, PlanItemId, ProjectId, TaskId},
    plan::Hold,
    project::Project,
    time::Cutoff,
};
use firebee_protocol::document::{DispatchDocument, FaultDocument, TaskDocument, kind};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

static TASK_ROWS: Batch<2> = Batch::new(
    "SELECT id, day, number FROM task WHERE (org, id) IN ({rows}) ORDER BY id {locked}",
    [Ty::Int, Ty::Blob],
);
static TASK_DOCUMENTS: Batch<3> = Batch::new(
    "WITH p(org, kind, id) AS ({rows})
     SELECT d.id, d.rev, d.body FROM p JOIN document d ON d.org = p.org AND d.kind = p.kind AND d.id = p.id",
    [Ty::Int, Ty::Text, Ty::Text],
);
static FAULT_ROWS: Batch<2> =
    Batch::new("SELECT id FROM fault WHERE (org, task) IN ({rows}) ORDER BY id {locked}", [Ty::Int, Ty::Blob]);
static DISPATCH_ROWS: Batch<2> =
    Batch::new("SELECT id FROM dispatch WHERE (org, task) IN ({rows}) ORDER BY id {locked}", [Ty::Int, Ty::Blob]);
static BODIES: Batch<3> = Batch::new(
    "WITH p(org, kind, id) AS ({rows})
     SELECT d.body, d.rev FROM p JOIN document d ON d.org = p.org AND d.kind = p.kind AND d.id = p.id",
    [Ty::Int, Ty::Text, Ty::Text],
);
static SITES: Batch<2> = Batch::new(
    "SELECT id, lead, body, (SELECT o.body FROM organisation o WHERE o.org = project.org)
     FROM project WHERE (org, id) IN ({rows})",
    [Ty::Int, Ty::Blob],
);
/// Starts of one project wait for each other here, because a start takes the next number of its project and day.
static SITES_LOCKED: Batch<2> = Batch::new(
    "SELECT id, lead, body, (SELECT o.body FROM organisation o WHERE o.org = project.org)
     FROM project WHERE (org, id) IN ({rows}) ORDER BY id {locked}",
    [Ty::Int, Ty::Blob],
);
static ITEMS: Batch<2> = Batch::new(
    "SELECT id, state, executor, task FROM plan_item {beside} WHERE org = {1} AND id = {2}",
    [Ty::Int, Ty::Blob],
);
static ITEMS_LOCKED: Batch<2> = Batch::new(
    "SELECT id, state, executor, task FROM plan_item {beside} WHERE org = {1} AND id = {2} {locked}",
    [Ty::Int, Ty::Blob],
);
static ASSIGNMENTS: Batch<3> = Batch::new(
    "WITH p(org, plan, executor) AS ({rows})
     SELECT a.plan, a.executor, a.id, a.rev
     FROM p JOIN assignment a ON a.org = p.org AND a.plan = p.plan AND a.executor = p.executor",
    [Ty::Int, Ty::Blob, Ty::Blob],
);

/// What the record of an organisation says about how it works.
#[derive(Deserialize)]
struct Settings {
    #[serde(default)]
    cutoff: Cutoff,
}

/// Locks and loads tasks with their faults and dispatches. A task of another firm counts as unknown.
pub(crate) async fn load(
    tx: &mut Tx,
    ledger: &mut Ledger,
    named: impl Iterator<Item = TaskId>,
) -> Result<(), StoreError> {
    let wanted: BTreeSet<TaskId> = named.filter(|task| !ledger.tasks.contains_key(task)).collect();
    let org = ledger.org;
    let mut held: BTreeMap<TaskId, (String, i64)> = BTreeMap::new();
    for row in tx.many(&TASK_ROWS, wanted.iter().map(|task| row![org, task])).await? {
        held.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
    }
    let locked: BTreeSet<TaskId> = held.keys().copied().collect();
    let mut faults = faults(tx, org, &locked).await?;
    let mut dispatches = dispatches(tx, org, &locked).await?;
    let texts: Vec<String> = held.keys().map(ToString::to_string).collect();
    for row in tx.many(&TASK_DOCUMENTS, texts.iter().map(|id| row![org, kind::TASK, id])).await? {
        let document: TaskDocument = own(&row.get::<Packed>(2)?.0)?;
        let id = document.task.id;
        let Some((day, counted)) = held.remove(&id) else { continue };
        let faults = faults.remove(&id).unwrap_or_default();
        let dispatches_before = dispatches.remove(&id).unwrap_or_default();
        let state_before = Some(document.task.state);
        let (holder_before, taken_up_before) = (document.task.executor, document.task.is_taken_up());
        let entry = TaskEntry {
            document,
            rev: number(row.get(1)?)?,
            day,
            number: counted,
            changed: false,
            faults_before: faults.clone(),
            faults,
            dispatches: dispatches_before.iter().map(|(held, _)| held.clone()).collect(),
            dispatches_before,
            state_before,
            holder_before,
            taken_up_before,
        };
        ledger.tasks.insert(id, entry);
    }
    Ok(())
}

/// Locks and loads the faults of tasks whose rows are locked already. The faults of a task are in the order of their
/// ids.
async fn faults(tx: &mut Tx, org: Org, tasks: &BTreeSet<TaskId>) -> Result<BTreeMap<TaskId, Vec<Fault>>, StoreError> {
    let rows = tx.many(&FAULT_ROWS, tasks.iter().map(|task| row![org, task])).await?;
    let ids = rows.iter().map(|row| Ok(row.get::<FaultId>(0)?.to_string()));
    let ids = ids.collect::<Result<Vec<String>, StoreError>>()?;
    let mut faults: BTreeMap<TaskId, Vec<Fault>> = BTreeMap::new();
    for row in tx.many(&BODIES, ids.iter().map(|id| row![org, kind::FAULT, id])).await? {
        let document: FaultDocument = own(&row.get::<Packed>(0)?.0)?;
        faults.entry(document.fault.task).or_default().push(document.fault);
    }
    for faults in faults.values_mut() {
        faults.sort_by_key(|fault| fault.id);
    }
    Ok(faults)
}

/// As [`faults`], the dispatches of tasks, each with the revision of its document.
async fn dispatches(
    tx: &mut Tx,
    org: Org,
    tasks: &BTreeSet<TaskId>,
) -> Result<BTreeMap<TaskId, Vec<(Dispatch, u64)>>, StoreError> {
    let rows = tx.many(&DISPATCH_ROWS, tasks.iter().map(|task| row![org, task])).await?;
    let ids = rows.iter().map(|row| Ok(row.get::<DispatchId>(0)?.to_string()));
    let ids = ids.collect::<Result<Vec<String>, StoreError>>()?;
    let mut dispatches: BTreeMap<TaskId, Vec<(Dispatch, u64)>> = BTreeMap::new();
    for row in tx.many(&BODIES, ids.iter().map(|id| row![org, kind::DISPATCH, id])).await? {
        let document: DispatchDocument = own(&row.get::<Packed>(0)?.0)?;
        dispatches.entry(document.dispatch.task).or_default().push((document.dispatch, number(row.get(1)?)?));
    }
    for dispatches in dispatches.values_mut() {
        dispatches.sort_by_key(|(held, _)| held.id);
    }
    Ok(dispatches)
}

/// Loads the named projects and the projects of the loaded tasks. `locked` is for callers that give the next number of
/// a day.
pub(crate) async fn sites(
    tx: &mut Tx,
    ledger: &mut Ledger,
    named: impl Iterator<Item = ProjectId>,
    locked: bool,
) -> Result<(), StoreError> {
    let of_tasks = ledger.tasks.values().map(|entry| entry.document.task.project);
    let wanted: BTreeSet<ProjectId> = named.chain(of_tasks).filter(|id| !ledger.sites.contains_key(id)).collect();
    let batch = if locked { &SITES_LOCKED } else { &SITES };
    let org = ledger.org;
    for row in tx.many(batch, wanted.iter().map(|id| row![org, id])).await? {
        let project: Project = own(row.get(2)?)?;
        let practice = project.practice();
        let lead = row.get(1)?;
        let cutoff = own::<Settings>(row.get(3)?)?.cutoff;
        let (termination, witness_since, design) = (project.termination, project.witness_since, project.design_values);
        let site = Site { lead, practice, termination, witness_since, design, cutoff };
        ledger.sites.insert(project.id, site);
    }
    Ok(())
}

/// Loads the present assignments of the named executors and of the executors of the loaded tasks.
pub(crate) async fn assignments(
    tx: &mut Tx,
    ledger: &mut Ledger,
    named: impl Iterator<Item = (PlanId, AccountId)>,
) -> Result<(), StoreError> {
    let tasks = ledger.tasks.values().map(|entry| &entry.document.task);
    let of_tasks = tasks.filter_map(|task| Some((task.plan?, task.executor)));
    let wanted: BTreeSet<(PlanId, AccountId)> =
        named.chain(of_tasks).filter(|key| !ledger.assignments.contains_key(key)).collect();
    let org = ledger.org;
    for row in tx.many(&ASSIGNMENTS, wanted.iter().map(|(plan, who)| row![org, plan, who])).await? {
        let key = (row.get(0)?, row.get(1)?);
        ledger.assignments.insert(key, (row.get(2)?, number(row.get(3)?)?));
    }
    Ok(())
}

/// Loads plan items: locks those in `lock`, and reads those in `read`. An item in `read` that no task holds is locked
/// too.
pub(crate) async fn items(
    tx: &mut Tx,
    ledger: &mut Ledger,
    mut read: BTreeSet<PlanItemId>,
    mut lock: BTreeSet<PlanItemId>,
) -> Result<(), StoreError> {
    read.retain(|id| !ledger.items.contains_key(id) && !lock.contains(id));
    lock.retain(|id| ledger.items.get(id).is_none_or(|entry| !entry.locked));
    item_rows(tx, ledger, &read, false).await?;
    lock.extend(read.into_iter().filter(|id| ledger.items.get(id).is_some_and(|entry| entry.hold.task.is_none())));
    item_rows(tx, ledger, &lock, true).await
}

async fn item_rows(
    tx: &mut Tx,
    ledger: &mut Ledger,
    wanted: &BTreeSet<PlanItemId>,
    locked: bool,
) -> Result<(), StoreError> {
    let batch = if locked { &ITEMS_LOCKED } else { &ITEMS };
    let org = ledger.org;
    for row in tx.many(batch, wanted.iter().map(|id| row![org, id])).await? {
        let hold = Hold { state: row.get(1)?, executor: row.get(2)?, task: row.get(3)? };
        ledger.items.insert(row.get(0)?, ItemEntry { hold, locked, changed: false });
    }
    Ok(())
}
