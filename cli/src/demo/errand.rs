//! A test outside the plan: what somebody notices, or the owner asks for.

use super::{
    answers::Wanted,
    fail::StoryError,
    on_site::{self, pass},
    phone::Phone,
    record::record,
    teller::Teller,
};
use firebee_client::work::task::StartSupplementary;
use firebee_domain::id::{PlanItemId, ProjectId, TaskId};

/// What is tested when nothing of it matters to the story: an escape route, and the extinguisher beside it.
pub const ROUND: [&str; 2] = ["eg-exit.a", "ext-powder.a"];

/// Begins a test of these items of the catalogue. Gives its items in their order.
///
/// # Errors
/// The phone refuses.
pub fn begin(
    phone: &Phone,
    project: ProjectId,
    items: &[&str],
    teller: &Teller,
) -> Result<(TaskId, Vec<PlanItemId>), StoryError> {
    pass(phone);
    let wanted = items.iter().map(|id| (*id).to_owned()).collect();
    let start = StartSupplementary { project, items: wanted, location_allowed: true };
    let task = phone.client.tasks().start_supplementary(&start).map_err(StoryError::at("start a test"))?;
    let view = phone.client.tasks().get(task).map_err(StoryError::at("open a task"))?;
    let item = |id: &&str| view.task.items.iter().find(|held| held.item_id == **id).map(|held| held.item);
    let begun = items.iter().map(item).collect::<Option<Vec<_>>>();
    on_site::arrive(phone, task, teller, &mut |role| on_site::photograph(phone, task, role, None))?;
    Ok((task, begun.ok_or_else(|| StoryError::new("start a test", "an item is missing"))?))
}

/// A whole test from its start to the hand-in, all in good order.
///
/// # Errors
/// The phone refuses.
pub fn whole(phone: &Phone, project: ProjectId, teller: &Teller) -> Result<TaskId, StoryError> {
    let (task, items) = begin(phone, project, &ROUND, teller)?;
    for (number, item) in items.into_iter().enumerate() {
        pass(phone);
        record(phone, teller, task, item, number, Wanted::Good)?;
    }
    on_site::hand_in(phone, task)?;
    Ok(task)
}
