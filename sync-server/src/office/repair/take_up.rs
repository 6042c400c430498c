//! The firm takes a request up: from then on it is a fault, handled as any other.

use super::{locked, write};
use crate::{
    aggregate::{self, Ledger, TaskEntry, day_of, name},
    feed::{lock_project, publish},
    office::{Act, Refused, command::command},
    query::{access::to_repair, catalogue, member},
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::Action,
    catalogue::Catalogue,
    fact::Attribution,
    id::{ContentId, FaultId, ProjectId, RepairId},
    repair::{self, Repair, RepairError, TakenUp, task_of},
    task::Task,
    time::Bound,
};
use firebee_protocol::{
    blob::EvidenceCount,
    document::TaskDocument,
    text::{Language, word},
};
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// What is taken up, and as what.
#[derive(Clone, Debug, Serialize)]
pub struct TakeUp {
    /// The request.
    pub repair: RepairId,
    /// The catalogue item of its facility that the fault is one of.
    pub item: String,
    /// The catalogue that names it.
    #[serde(skip)]
    pub pack: ContentId,
}

/// Takes it up. Gives the fault that it becomes.
///
/// # Errors
/// [`Refused`], also when the request is not there or this actor may not handle faults of its project.
pub async fn take_up(store: &Store, act: Act, wanted: TakeUp) -> Result<FaultId, Refused<RepairError>> {
    command(store, act, "take_up_repair", wanted.repair, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &TakeUp) -> Result<FaultId, Refused<RepairError>> {
    let (org, id) = (act.org, wanted.repair);
    to_repair(tx, org, &act.actor, Action::HandleFault, id).await?.ok_or(Refused::NotFound)?;
    let find = sql!("SELECT project FROM repair WHERE org = ?1 AND id = ?2");
    let row = tx.query_opt(find, &row![org, &id]).await?.ok_or(Refused::NotFound)?;
    let project: ProjectId = row.get(0)?;
    lock_project(tx, org, project, None).await?;
    let mut ledger = Ledger::new(org, act.at);
    aggregate::sites(tx, &mut ledger, std::iter::once(project), true).await?;
    let lead = ledger.sites.get(&project).map(|site| site.lead).ok_or(Refused::NotFound)?;
    let mut repair: Repair = locked(tx, act, Action::HandleFault, id).await?;
    let by = Attribution {
        event: act.event(),
        account: act.actor.account,
        project,
        task: task_of(id),
        plan: None,
        at: act.stamp(),
        waited_ms: 0,
    };
    let pack: Arc<Catalogue> = catalogue::pack(tx, wanted.pack).await?;
    let TakenUp { task, fault } =
        repair::take_up(&mut repair, &by, (pack.as_ref(), wanted.pack), (wanted.item.as_str(), lead))?;
    let executor_name = member::names_of(tx, org, &[lead].into()).await?.remove(&lead).unwrap_or_default();
    let fault_id = fault.id;
    let mut entry = begun(tx, act, task, (wanted.pack, executor_name)).await?;
    entry.faults.push(fault);
    ledger.tasks.insert(by.task, entry);
    write(tx, org, &repair).await?;
    let (publications, _) = aggregate::write(tx, &mut ledger).await?;
    publish(tx, org, publications).await?;
    Ok(fault_id)
}

/// The task with its name and its number of the day.
async fn begun(
    tx: &mut Tx,
    act: &Act,
    mut task: Task,
    (catalogue, executor_name): (ContentId, String),
) -> Result<TaskEntry, StoreError> {
    let bound = Bound::at(act.at);
    let day = day_of(bound);
    let last = sql!("SELECT max(number) FROM task WHERE org = ?1 AND project = ?2 AND day = ?3");
    let row = tx.query_opt(last, &row![act.org, &task.project, &day]).await?;
    let number = row.map_or(Ok(None), |row| row.get::<Option<i64>>(0))?.unwrap_or(0) + 1;
    let ground = word::task(Language::Zh, task.kind);
    task.name = name(&ground, bound, number);
    let document = TaskDocument {
        task,
        executor_name,
        plan_name: ground,
        evidence: EvidenceCount::default(),
        coverage: None,
        catalogue,
        assignment_rev: 0,
        assignment: None,
        due: None,
        reviewers: BTreeMap::new(),
    };
    Ok(TaskEntry::begun(document, day, number))
}
