//! An operator begins a task.

use super::{done, one_of, pick};
use crate::{tape::draw, world::World};
use firebee_client::{
    Client,
    work::task::{StartTask, StartTaskError},
};
use firebee_domain::id::{PlanId, PlanItemId, TaskId};

/// Begins a task with some of what is issued.
pub fn begin(world: &mut World) {
    let Some((number, client)) = pick(world, |_, client| !free(client).is_empty()) else { return };
    let result = start(&client, 1 + draw("items", 3));
    let Some(result) = result else { return };
    if let Ok(task) = &result {
        world.book().promise(number, *task.0.as_bytes());
    }
    done(world, number, "begins a task", &result);
}

/// Begins a task with so many items; `None` when nothing is free.
pub fn start(client: &Client, count: u64) -> Option<Result<TaskId, StartTaskError>> {
    let (plan, items) = one_of("plan", free(client))?;
    let items = items.into_iter().take(usize::try_from(count).unwrap_or(1)).collect();
    Some(client.tasks().start(&StartTask { plan, items, location_allowed: true }))
}

/// What is issued on a phone and in no task, by plan.
fn free(client: &Client) -> Vec<(PlanId, Vec<PlanItemId>)> {
    let plans = client.projects().issued(None).unwrap_or_default();
    let free = plans.into_iter().map(|plan| {
        let items = plan.items.iter().filter(|item| item.task.is_none()).map(|item| item.item);
        (plan.plan, items.collect::<Vec<_>>())
    });
    free.filter(|(_, items)| !items.is_empty()).collect()
}
