//! One answer, and a rejected task that is mended.

use super::{
    answers::{Wanted, answers},
    fail::StoryError,
    inputs::Given,
    phone::Phone,
    schedule::MINUTE_MS,
    teller::Teller,
    text::Text,
    work::STAND_IN,
};
use firebee_client::{
    ports::Clock as _,
    work::{
        evidence::{PhotoSource, TakePhoto, TakePhotoError},
        task::{RecordResult, SubmitTask},
    },
};
use firebee_domain::{
    evidence::PhotoRole,
    id::{PlanItemId, TaskId},
    result::{FaultText, Verdict},
};
use firebee_protocol::{catalogue::Pack, text::Language};

/// Records one answer; a person follows what the values propose.
///
/// # Errors
/// The phone refuses it.
pub fn record(
    phone: &Phone,
    teller: &Teller,
    task: TaskId,
    item: PlanItemId,
    number: usize,
    wanted: Wanted,
) -> Result<(), StoryError> {
    let tasks = phone.client.tasks();
    let form = tasks.form(task, item).map_err(StoryError::at("show a form"))?;
    let words = teller.say(Text::DemoWords);
    let filled = answers(&Pack::embedded().catalogue, &form.item, wanted, &words)
        .ok_or_else(|| StoryError::new("fill a form", form.item.id.clone()))?;
    let proposed = tasks
        .propose(task, item, filled.variant.as_deref(), &filled.values, None)
        .map_err(StoryError::at("judge a form"))?;
    let verdict = proposed.verdict.unwrap_or(Verdict::Conform);
    let facility = match teller.language() {
        Language::Zh => form.facility_name,
        Language::En => form.facility_name_en,
    };
    let fault = (verdict == Verdict::Nonconform).then(|| FaultText {
        part: Some(facility.clone()),
        defect: Some(teller.say(Text::DemoFaultDefect)),
        text: teller.say_with(Text::DemoFaultText, &[("facility", (&facility).into())]),
    });
    let result = RecordResult {
        task,
        item,
        ordinal: 1,
        position: Some(teller.say_with(Text::DemoPosition, &[("floor", (number % 18 + 1).into())])),
        variant: filled.variant,
        values: filled.values,
        verdict,
        override_reason: None,
        untestable_reason: None,
        untestable_code: None,
        fault,
        photos: Vec::new(),
        instrument: None,
    };
    tasks.record_result(&result).map(drop).map_err(StoryError::at("record a result"))
}

/// A rejected task is mended: its first result that does not conform is measured again, photographed, and the next
/// round handed in. Gives the round.
///
/// # Errors
/// The phone refuses a step that it must not refuse.
pub fn mend(phone: &Phone, task: TaskId, photos: &[Given], teller: &Teller) -> Result<u32, StoryError> {
    phone.clock.pass_until(phone.clock.now().wall_ms.plus_ms(30 * MINUTE_MS));
    let view = phone.client.tasks().get(task).map_err(StoryError::at("open a rejected task"))?;
    let failed = view.task.current_results().find(|held| held.recorded.verdict == Verdict::Nonconform);
    let failed = failed.ok_or_else(|| StoryError::new("mend a task", "nothing is wrong in it"))?;
    let number = view.task.items.iter().position(|item| item.item == failed.key.item).unwrap_or(0);
    record(phone, teller, task, failed.key.item, number, Wanted::Good)?;
    let sources = photos.iter().rev().map(|photo| PhotoSource::File(photo.path.clone()));
    for source in sources.chain([PhotoSource::Bytes(STAND_IN.to_vec())]) {
        let (role, item) = (PhotoRole::Evidence, Some(failed.key.item));
        match phone.client.evidence().take_photo(&TakePhoto { task, role, item, ordinal: None, source }) {
            Ok(_) => break,
            Err(TakePhotoError::Intake(_)) => {}
            Err(error) => return Err(StoryError::at("take a photo")(error)),
        }
    }
    let submitted = phone.client.tasks().submit(SubmitTask { task }).map_err(StoryError::at("submit again"))?;
    Ok(submitted.round)
}
