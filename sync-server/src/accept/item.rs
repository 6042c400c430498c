//! Plan items follow their task: an item belongs to the live task whose start was accepted first.

use super::board::Board;
use crate::{
    row,
    store::{Batch, StoreError, Tx, Ty},
};
use firebee_domain::{
    id::{AccountId, PlanItemId, TaskId},
    plan::PlanItemState,
    task::TaskState,
};

static ITEMS: Batch<4> = Batch::new(
    "WITH p(id, state, executor, task) AS ({rows})
     UPDATE plan_item SET state = p.state, executor = p.executor, task = p.task FROM p WHERE plan_item.id = p.id",
    [Ty::Blob, Ty::Text, Ty::Blob, Ty::Blob],
);

/// Gives a free item to a task; whether the task holds it now.
pub(super) fn take(board: &mut Board, item: PlanItemId, task: TaskId, executor: AccountId) -> bool {
    let Some(entry) = board.items.get_mut(&item) else { return false };
    if entry.task.is_none() && entry.locked {
        entry.task = Some(task);
        // Also when it was taken back meanwhile: the executor could not know, and what was done is done.
        entry.executor = Some(executor);
        entry.state = PlanItemState::Executing;
        entry.changed = true;
    }
    entry.task == Some(task)
}

/// Moves the items that a task holds to where the task stands now.
pub(super) fn follow(board: &mut Board, task: TaskId) {
    let Some(held) = board.tasks.get(&task).and_then(|entry| entry.task.as_ref()) else { return };
    let state = match held.state {
        TaskState::Executing | TaskState::Rejected => PlanItemState::Executing,
        TaskState::PendingReview => PlanItemState::Submitted,
        TaskState::Approved => PlanItemState::Approved,
        TaskState::Discarded => PlanItemState::Issued,
    };
    let gone = !held.is_live();
    for item in &held.items {
        let Some(entry) = board.items.get_mut(&item.item).filter(|entry| entry.task == Some(task)) else { continue };
        entry.changed |= entry.state != state || gone;
        entry.state = state;
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
