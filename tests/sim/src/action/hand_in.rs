//! An operator does all that a task still lacks, and submits it.

use super::{
    begin, done, photograph, pick,
    record::{some_view, worked_on},
};
use crate::world::World;
use firebee_client::work::task::{DescribeTask, SubmitTask};
use firebee_domain::evidence::PhotoRole;
use firebee_tests::recorded::untestable;

/// Answers every item that has no answer, takes the selfie, describes, submits; begins a task first where there is none.
pub fn hand_in(world: &mut World) {
    let Some((number, client)) = pick(world, |phone, _| phone.owner < 3) else { return };
    if worked_on(&client).is_empty() {
        let Some(Ok(_)) = begin::start(&client, 1) else { return };
    }
    let Some(view) = some_view(&client) else { return };
    let task = view.task.id;
    for item in &view.task.items {
        if view.task.results.iter().all(|held| held.key.item != item.item) {
            let result = client.tasks().record_result(&untestable(task, item.item));
            done(world, number, "records a result", &result);
        }
    }
    if view.task.photos.is_empty() {
        let result = photograph::take(world, number, &client, task, None);
        done(world, number, "takes the selfie", &result);
        let item = view.task.items.first().map(|item| item.item);
        let result = photograph::take(world, number, &client, task, item);
        done(world, number, "takes a photo", &result);
    }
    // a selfie alone does not show the site.
    if !view.task.photos.is_empty() && view.task.current_photos().all(|photo| photo.taken.role == PhotoRole::Selfie) {
        let item = view.task.items.first().map(|item| item.item);
        let result = photograph::take(world, number, &client, task, item);
        done(world, number, "takes a photo", &result);
    }
    if view.task.description.is_none() {
        let (controller_brand, helpers, instruments) = (None, Vec::new(), Vec::new());
        let result = client.tasks().describe(&DescribeTask { task, controller_brand, helpers, instruments });
        done(world, number, "describes the task", &result);
    }
    let result = client.tasks().submit(SubmitTask { task });
    done(world, number, "submits the task", &result);
}
