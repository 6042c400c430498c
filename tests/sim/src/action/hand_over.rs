//! A task goes to somebody else.

use super::one_of;
use crate::{
    oracle::db,
    tape::draw,
    trace,
    world::{World, office::LOGINS},
};
use firebee_domain::id::{AccountId, TaskId};

/// The lead hands one of the tasks that the server knows to an operator.
pub async fn hand_over(world: &mut World) {
    let (Some(app), Some(database)) = (world.host.app(), world.host.database()) else { return };
    let documents = db::open(&database).and_then(|db| db::documents(&db, "task")).unwrap_or_default();
    let Some((id, document)) = one_of("task", documents) else { return };
    let text = |name: &str| document.get("task").and_then(|task| task.get(name)).and_then(|value| value.as_str());
    let Some(from) = text("executor").and_then(|id| id.parse::<AccountId>().ok()) else { return };
    let Ok(task) = id.parse::<TaskId>() else { return };
    let to = LOGINS.into_iter().nth(usize::try_from(draw("to", 3)).unwrap_or(0)).unwrap_or("ma");
    let taken = world.office.hand_over(&app, task, from, to).await;
    trace::say(&format!("the lead hands a task over to {to}: {taken}"));
}
