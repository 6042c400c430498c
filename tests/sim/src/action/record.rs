//! An operator answers an item.

use super::{done, one_of, pick};
use crate::world::World;
use firebee_client::{
    Client,
    work::{TaskView, task::TaskFilter},
};
use firebee_domain::{id::TaskId, task::TaskState};
use firebee_tests::recorded::untestable;

/// Answers an item of a task that is worked on, perhaps not for the first time.
pub fn record(world: &mut World) {
    let Some((number, client)) = pick(world, |_, client| !worked_on(client).is_empty()) else { return };
    let Some(view) = some_view(&client) else { return };
    let Some(item) = one_of("item", view.task.items.iter().map(|item| item.item).collect()) else { return };
    let result = client.tasks().record_result(&untestable(view.task.id, item));
    if let Ok(fact) = &result {
        world.book().promise(number, *fact.0.as_bytes());
    }
    done(world, number, "records a result", &result);
}

/// The tasks that may be changed on this phone.
pub fn worked_on(client: &Client) -> Vec<TaskId> {
    let filter = TaskFilter { states: vec![TaskState::Executing, TaskState::Rejected], project: None };
    client.tasks().list(&filter).unwrap_or_default().into_iter().map(|task| task.id).collect()
}

/// One of these tasks, as the phone shows it.
pub fn some_view(client: &Client) -> Option<TaskView> {
    one_of("task", worked_on(client)).and_then(|task| client.tasks().get(task).ok())
}
