//! Single steps of an operator that several acts share.

use super::{
    answers::{Wanted, answers},
    fail::StoryError,
    phone::Phone,
    teller::Teller,
    text::Text,
    work::STAND_IN,
};
use firebee_client::work::{
    evidence::{PhotoSource, TakePhoto},
    task::{ConfirmRestore, DescribeTask, Draft, IsolateSystem, SignWitness, SubmitTask},
};
use firebee_domain::{
    catalogue::{FieldKind, FieldValue, Item, PhotoRule, Usage},
    evidence::PhotoRole,
    id::{FactId, PlanItemId, TaskId},
};
use firebee_protocol::catalogue::Pack;
use std::path::Path;

/// An item whose instances are picked and not measured, so that one answer fits many.
pub fn alike() -> Option<&'static Item> {
    items().find(|item| {
        let picked = |kind: &FieldKind| matches!(kind, FieldKind::Choice(_));
        let bad = answers(&Pack::embedded().catalogue, item, Wanted::Bad, "");
        item.record.fields.iter().all(|field| picked(&field.kind)) && bad.is_some()
    })
}

/// An item at each of whose instances one number is measured, with the key of its question.
pub fn measured() -> Option<(&'static Item, &'static str)> {
    items().find_map(|item| {
        let [field] = item.record.fields.as_slice() else { return None };
        let judged = field.number().is_some_and(|number| number.limit.max.is_some());
        (field.is_measured() && judged).then_some((item, field.key.as_str()))
    })
}

/// Items for maintenance without variants that need no photo when they conform.
fn items() -> impl Iterator<Item = &'static Item> {
    let systems = Pack::embedded().catalogue.systems_for(Usage::Maintenance);
    let facilities = systems.flat_map(|system| &system.categories).flat_map(|category| &category.facilities);
    let items = facilities.flat_map(|facility| &facility.items);
    items.filter(|item| item.record.variants.is_empty() && item.photo != PhotoRule::Always)
}

/// The values of a good or bad answer.
///
/// # Errors
/// No values give it.
pub fn values(item: &Item, wanted: Wanted, teller: &Teller) -> Result<Vec<FieldValue>, StoryError> {
    let filled = answers(&Pack::embedded().catalogue, item, wanted, &teller.say(Text::DemoWords));
    filled.map(|filled| filled.values).ok_or_else(|| StoryError::new("fill a form", item.id.clone()))
}

/// A draft with these values.
pub fn draft(values: Vec<FieldValue>) -> Draft {
    Draft { values, ..Draft::default() }
}

/// Takes a picture; one of the project's own stands in.
///
/// # Errors
/// The phone refuses it.
pub fn picture(
    phone: &Phone,
    task: TaskId,
    role: PhotoRole,
    of: Option<(PlanItemId, u32)>,
) -> Result<FactId, StoryError> {
    let photo = TakePhoto {
        task,
        role,
        item: of.map(|(item, _)| item),
        ordinal: of.map(|(_, ordinal)| ordinal),
        source: PhotoSource::Bytes(STAND_IN.to_vec()),
    };
    phone.client.evidence().take_photo(&photo).map_err(StoryError::at("take a photo"))
}

/// the control room is told before anything is tested.
///
/// # Errors
/// The phone refuses it.
pub fn isolate(phone: &Phone, teller: &Teller, task: TaskId) -> Result<(), StoryError> {
    let screen = phone.client.screens().task(task).map_err(StoryError::at("show a task"))?;
    for row in screen.restore {
        let isolate = IsolateSystem { task, system: row.system, told: teller.say(Text::DemoControlRoom) };
        phone.client.tasks().isolate(&isolate).map_err(StoryError::at("isolate a system"))?;
    }
    Ok(())
}

/// the owner's witness signs with a finger; a picture of the project's own stands in.
///
/// # Errors
/// The phone refuses it.
pub fn witness(phone: &Phone, teller: &Teller, task: TaskId, folder: &Path) -> Result<(), StoryError> {
    let signature = folder.join("signature.jpg");
    std::fs::write(&signature, STAND_IN).map_err(StoryError::at("take a signature"))?;
    let (name, role) = (teller.say(Text::DemoWitness), teller.say(Text::DemoWitnessRole));
    let signed = SignWitness { task, name, role, signature };
    phone.client.tasks().witness(&signed).map_err(StoryError::at("take a signature"))
}

/// Completes a task and hands it in: controller, selfie, every system back in automatic.
///
/// # Errors
/// The phone refuses a step.
pub fn hand_in(phone: &Phone, teller: &Teller, task: TaskId) -> Result<(), StoryError> {
    let tasks = phone.client.tasks();
    let described = DescribeTask {
        task,
        controller_brand: Some(teller.say(Text::DemoController)),
        helpers: Vec::new(),
        instruments: Vec::new(),
    };
    tasks.describe(&described).map_err(StoryError::at("describe a task"))?;
    picture(phone, task, PhotoRole::Selfie, None)?;
    let screen = phone.client.screens().task(task).map_err(StoryError::at("show a task"))?;
    for row in screen.restore {
        let photo = picture(phone, task, PhotoRole::Restored, None)?;
        let restore = ConfirmRestore { task, system: row.system, by: teller.say(Text::DemoControlRoom), photo };
        tasks.restore(&restore).map_err(StoryError::at("restore a system"))?;
    }
    tasks.submit(SubmitTask { task }).map(drop).map_err(StoryError::at("submit a task"))
}
