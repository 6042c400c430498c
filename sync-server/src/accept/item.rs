//! Plan items follow their task: an item belongs to the live task whose start was accepted first.

use super::board::Board;
use crate::{
    row,
    store::{Batch, StoreError, Tx, Ty},
};
use firebee_domain::{
    id::{AccountId, PlanItemId, TaskId},
    plan::{PlanItemEvent, advance},
    task::TaskState,
};

static ITEMS: Batch<4> = Batch::new(
    "UPDATE plan_item SET state = {2}, executor = {3}, task = {4} {from} WHERE plan_item.id = {1}",
    [Ty::Blob, Ty::Text, Ty::Blob, Ty::Blob],
);

/// Gives a free item to a task; whether the task holds it now.
pub(super) fn take(board: &mut Board, item: PlanItemId, task: TaskId, executor: AccountId) -> bool {
    let Some(entry) = board.items.get_mut(&item) else { return false };
    if entry.task.is_none() && entry.locked {
        let Ok(state) = entry.state.taken() else { return false };
        entry.task = Some(task);
        entry.executor = Some(executor);
        entry.state = state;
        entry.changed = true;
    }
    entry.task == Some(task)
}

/// Lets the items that a task holds follow the change of its state.
pub(super) fn follow(board: &mut Board, task: TaskId, before: TaskState) {
    let Some(held) = board.tasks.get(&task).map(|entry| &entry.task) else { return };
    let Some(event) = PlanItemEvent::of_task(before, held.state) else { return };
    let gone = !held.is_live();
    let mut items: Vec<_> = board.items.values_mut().filter(|entry| entry.task == Some(task)).collect();
    if let Err(error) = advance(items.iter_mut().map(|entry| &mut entry.state), event) {
        // The task's own machine has decided; items that do not stand where it left them are a mistake of ours.
        tracing::error!(code = %error.code(), %task, "plan items could not follow their task");
        return;
    }
    for entry in items {
        entry.changed = true;
        if gone {
            entry.task = None;
        }
    }
}

/// Writes what changed.
pub(super) async fn write(tx: &mut Tx, board: &Board) -> Result<(), StoreError> {
    let changed = board.items.iter().filter(|(_, entry)| entry.changed);
    let rows = changed.map(|(id, entry)| {
        let (executor, task) = (entry.executor.as_ref().map(|id| &id.0), entry.task.as_ref().map(|id| &id.0));
        row![&id.0, entry.state.code(), executor, task]
    });
    tx.many(&ITEMS, rows).await.map(drop)
}
