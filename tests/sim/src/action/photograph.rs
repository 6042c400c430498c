//! An operator takes a photo.

use super::{
    done, one_of, pick,
    record::{some_view, worked_on},
};
use crate::{tape::draw, world::World};
use firebee_client::{
    Client,
    work::evidence::{PhotoSource, TakePhoto, TakePhotoError},
};
use firebee_domain::{
    evidence::PhotoRole,
    id::{FactId, PlanItemId, TaskId},
};
use firebee_tests::picture;

/// A selfie, or a photo of an item.
pub fn photograph(world: &mut World) {
    let Some((number, client)) = pick(world, |_, client| !worked_on(client).is_empty()) else { return };
    let Some(view) = some_view(&client) else { return };
    let item = if draw("selfie", 2) == 1 {
        None
    } else {
        one_of("item", view.task.items.iter().map(|item| item.item).collect())
    };
    let result = take(world, number, &client, view.task.id, item);
    done(world, number, "takes a photo", &result);
}

/// Takes the next picture.
pub fn take(
    world: &mut World,
    phone: usize,
    client: &Client,
    task: TaskId,
    item: Option<PlanItemId>,
) -> Result<FactId, TakePhotoError> {
    world.pictures += 1;
    let role = if item.is_some() { PhotoRole::Evidence } else { PhotoRole::Selfie };
    let source = PhotoSource::Bytes(picture::jpeg(world.pictures, 1_500));
    let result = client.evidence().take_photo(&TakePhoto { task, role, item, ordinal: item.map(|_| 1), source });
    if let Ok(fact) = &result {
        world.book().promise(phone, *fact.0.as_bytes());
    }
    result
}
