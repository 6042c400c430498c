//! An operator throws a task away.

use super::{
    done, pick,
    record::{some_view, worked_on},
};
use crate::world::World;
use firebee_client::work::task::DiscardTask;

/// Discards one of the tasks that are worked on.
pub fn discard(world: &mut World) {
    let Some((number, client)) = pick(world, |_, client| !worked_on(client).is_empty()) else { return };
    let Some(view) = some_view(&client) else { return };
    let result = client.tasks().discard(&DiscardTask { task: view.task.id, reason: "begun by mistake".into() });
    done(world, number, "discards a task", &result);
}
