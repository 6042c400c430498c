//! Loads a plan under its lock, and writes its items back.

use crate::{
    org::Org,
    query::{self, plan::PlanRow},
    row, sql,
    store::{Batch, StoreError, Tx, Ty},
};
use firebee_domain::{
    id::{PlanId, PlanItemId},
    plan::Plan,
};

static ITEMS: Batch<7> = Batch::new(
    "WITH p(org, id, state, executor, ignored, planned_for, place) AS ({rows})
     UPDATE plan_item SET state = p.state, executor = p.executor, ignored_reason = p.ignored,
         planned_for = p.planned_for, place = p.place FROM p
     WHERE plan_item.org = p.org AND plan_item.id = p.id",
    [Ty::Int, Ty::Blob, Ty::Text, Ty::Blob, Ty::Text, Ty::Text, Ty::Text],
);

/// Locks a plan and its items until the commit, and loads the plan. A task that starts meanwhile waits, and then finds
/// the items as this transaction has left them.
pub(super) async fn hold(tx: &mut Tx, org: Org, id: PlanId) -> Result<Option<PlanRow>, StoreError> {
    tx.execute(sql!("UPDATE plan SET name = name WHERE org = ?1 AND id = ?2"), &row![org, &id]).await?;
    tx.execute(sql!("UPDATE plan_item SET state = state WHERE org = ?1 AND plan = ?2"), &row![org, &id]).await?;
    query::plan::plan(tx, org, id).await
}

/// Writes the named items of a plan.
pub(super) async fn items(tx: &mut Tx, org: Org, plan: &Plan, named: &[PlanItemId]) -> Result<(), StoreError> {
    let changed = plan.items.iter().filter(|item| named.contains(&item.id));
    let dated: Vec<_> = changed.map(|item| (item, item.planned_for.map(|day| day.to_string()))).collect();
    let rows = dated.iter().map(|(item, day)| {
        let (executor, ignored, place) = (item.executor.as_ref(), item.ignored.as_ref(), item.position.as_ref());
        row![org, &item.id, item.state, executor, ignored, day.as_ref(), place]
    });
    tx.many(&ITEMS, rows).await.map(drop)
}
