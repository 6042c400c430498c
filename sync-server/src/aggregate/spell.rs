//! How tasks, faults and dispatches are sorted and found in lists: by their names, and by the facilities that were
//! tested.

use firebee_domain::{id::PlanItemId, spelling::Spelled, task::Task};
use firebee_protocol::catalogue::spelled_at;

/// The spelling of a task.
pub(super) fn task(task: &Task) -> Spelled {
    spelled_at([task.name.as_str()], task.items.iter().map(|item| item.item_id.as_str()))
}

/// The spelling of something that was found at an item of a task, by the item's name.
pub(super) fn found(task: &Task, item: PlanItemId, name: &str) -> Spelled {
    let held = task.items.iter().find(|held| held.item == item);
    at(name, held.map_or("", |held| &held.item_id))
}

/// The spelling of something at an item of the catalogue, by the item's name.
pub(super) fn at(name: &str, item_id: &str) -> Spelled {
    spelled_at([name], [item_id])
}
