//! What every task on site begins and ends with, whatever it tests.

use super::{fail::StoryError, phone::Phone, schedule::MINUTE_MS, teller::Teller, text::Text, work::STAND_IN};
use firebee_client::{
    ports::Clock as _,
    screen::{Instance, TaskScreen},
    work::{
        evidence::{PhotoSource, TakePhoto},
        task::{ConfirmRestore, DescribeTask, IsolateSystem, SubmitTask},
    },
};
use firebee_domain::{evidence::PhotoRole, id::TaskId};

/// How a picture of a role comes to be.
pub type Camera<'a> = &'a mut dyn FnMut(PhotoRole) -> Result<(), StoryError>;

/// Who is there and which controller, with the selfie and the photo of the panel; then the control room is told (R-118,
///
///
/// # Errors
/// The phone refuses.
pub fn arrive(phone: &Phone, task: TaskId, teller: &Teller, camera: Camera<'_>) -> Result<(), StoryError> {
    let describe = DescribeTask {
        task,
        controller_brand: Some(teller.say(Text::DemoController)),
        helpers: Vec::new(),
        instruments: vec![teller.say(Text::DemoInstrumentNumber)],
    };
    phone.client.tasks().describe(&describe).map_err(StoryError::at("describe a task"))?;
    camera(PhotoRole::Selfie)?;
    camera(PhotoRole::Panel)?;
    for row in screen(phone, task)?.restore {
        let isolate = IsolateSystem { task, system: row.system, told: teller.say(Text::DemoControlRoom) };
        phone.client.tasks().isolate(&isolate).map_err(StoryError::at("isolate a system"))?;
    }
    Ok(())
}

/// Every system is back in automatic, with a photo of its panel.
///
/// # Errors
/// The phone refuses.
pub fn restore(phone: &Phone, task: TaskId, teller: &Teller, camera: Camera<'_>) -> Result<(), StoryError> {
    for row in screen(phone, task)?.restore {
        camera(PhotoRole::Restored)?;
        let view = phone.client.tasks().get(task).map_err(StoryError::at("open a task"))?;
        let shown = view.task.current_photos().filter(|photo| photo.taken.role == PhotoRole::Restored).last();
        let photo = shown.ok_or_else(|| StoryError::new("restore a system", "no photo of its panel"))?.fact;
        let restore = ConfirmRestore { task, system: row.system, by: teller.say(Text::DemoControlRoom), photo };
        phone.client.tasks().restore(&restore).map_err(StoryError::at("restore a system"))?;
    }
    Ok(())
}

/// Hands the task in, which needs no link.
///
/// # Errors
/// The phone refuses.
pub fn hand_in(phone: &Phone, task: TaskId) -> Result<(), StoryError> {
    pass(phone);
    phone.client.tasks().submit(SubmitTask { task }).map(drop).map_err(StoryError::at("submit a task"))
}

/// Takes a photo of an instance or of the task. It is a picture of the project's own.
///
/// # Errors
/// The phone refuses.
pub fn photograph(phone: &Phone, task: TaskId, role: PhotoRole, of: Option<Instance>) -> Result<(), StoryError> {
    let (item, ordinal) = of.map(|of| (of.item, of.ordinal.unsigned_abs())).unzip();
    let view = phone.client.tasks().get(task).map_err(StoryError::at("open a task"))?;
    let source = PhotoSource::Bytes(picture(task, view.task.photos.len()));
    let photo = TakePhoto { task, role, item, ordinal, source };
    phone.client.evidence().take_photo(&photo).map(drop).map_err(StoryError::at("take a photo"))
}

/// The picture with a comment in it, because no two photos of a camera are the same.
fn picture(task: TaskId, number: usize) -> Vec<u8> {
    const START: &[u8] = &[0xff, 0xd8];
    let comment = format!("{task} {number}");
    let length = u16::try_from(comment.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
    let rest = STAND_IN.strip_prefix(START).unwrap_or(STAND_IN);
    [START, &[0xff, 0xfe], &length, comment.as_bytes(), rest].concat()
}

/// A minute passes on the phone.
pub fn pass(phone: &Phone) {
    phone.clock.pass_until(phone.clock.now().wall_ms.plus_ms(MINUTE_MS));
}

fn screen(phone: &Phone, task: TaskId) -> Result<TaskScreen, StoryError> {
    phone.client.screens().task(task).map_err(StoryError::at("show a task"))
}
