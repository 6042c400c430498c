//! Outside the plan: an operator tests what catches the eye.

use crate::demo::{
    answers::{Wanted, answers},
    errand,
    fail::StoryError,
    firm::DETECTOR,
    lead, on_site,
    phone::Phone,
    stage::{Cast, Stage},
    teller::Teller,
    text::Text,
};
use firebee_client::{screen::Instance, work::task::Draft};
use firebee_domain::{
    catalogue::FieldValue,
    evidence::PhotoRole,
    fault::Way,
    id::{PlanItemId, TaskId},
    result::FaultText,
};
use firebee_protocol::catalogue::Pack;

/// The detector that gives no alarm.
pub const DEAD: i32 = 58;

/// An operator tests a detector that no plan holds this month. The lead talks with the owner about what was found, and
/// approves.
///
/// # Errors
/// A phone refuses what it must not refuse.
pub async fn outside(stage: &mut Stage<'_>, cast: &Cast) -> Result<(), StoryError> {
    let teller = stage.teller;
    let phone = cast.operator(0)?;
    let (task, items) = errand::begin(phone, stage.firm.first_project()?, &[DETECTOR], teller)?;
    let item = items.first().copied().ok_or_else(|| StoryError::new("test a detector", "it has no item"))?;
    fail(phone, teller, task, Instance { item, ordinal: DEAD })?;
    restore_and_hand_in(phone, teller, task)?;
    let said = [("name", (&phone.holder).into()), ("number", DEAD.unsigned_abs().into())];
    teller.tell(Text::DemoOutside, &said);
    stage.settle(cast).await?;
    let lead = &cast.lead;
    lead::handle_all(lead, task, Way::Negotiating, &mut stage.report.faults)?;
    lead::approve(lead, &[task], teller)?;
    stage.count_whole_task();
    stage.settle(cast).await?;
    teller.tell(Text::DemoOutsideApproved, &[("name", (&lead.holder).into())]);
    Ok(())
}

/// Enters values that fail, without a verdict: the form judges them itself. With what is wrong, and a photo.
///
/// # Errors
/// The phone refuses.
pub fn fail(phone: &Phone, teller: &Teller, task: TaskId, at: Instance) -> Result<(), StoryError> {
    on_site::pass(phone);
    let fault = FaultText { part: None, defect: None, text: teller.say(Text::DemoDetectorSilent) };
    let draft =
        Draft { values: values(phone, teller, task, at.item, Wanted::Bad)?, fault: Some(fault), ..Draft::default() };
    phone.client.tasks().record(task, at, &draft).map_err(StoryError::at("record a detector"))?;
    on_site::photograph(phone, task, PhotoRole::Evidence, Some(at))
}

/// Values that fit the form of an item.
///
/// # Errors
/// The phone cannot show the form.
pub fn values(
    phone: &Phone,
    teller: &Teller,
    task: TaskId,
    item: PlanItemId,
    wanted: Wanted,
) -> Result<Vec<FieldValue>, StoryError> {
    let form = phone.client.tasks().form(task, item).map_err(StoryError::at("show a form"))?;
    let filled = answers(&Pack::embedded().catalogue, &form.item, wanted, &teller.say(Text::DemoWords));
    filled.map(|filled| filled.values).ok_or_else(|| StoryError::new("fill a form", form.item.id.clone()))
}

/// The end of a task that isolated the fire alarm.
///
/// # Errors
/// The phone refuses.
pub fn restore_and_hand_in(phone: &Phone, teller: &Teller, task: TaskId) -> Result<(), StoryError> {
    on_site::restore(phone, task, teller, &mut |role| on_site::photograph(phone, task, role, None))?;
    on_site::hand_in(phone, task)
}
