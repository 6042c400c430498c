//! Outside the plan: six hundred instances in a few steps, another operator goes on, the owner's witness signs.

use crate::demo::{
    answers::Wanted,
    fail::StoryError,
    lead,
    phone::Phone,
    schedule::MINUTE_MS,
    stage::{Cast, Stage},
    step::{self, draft, picture, values},
    text::Text,
};
use firebee_client::{
    ports::Clock as _,
    screen::Instance,
    work::{
        TaskView,
        task::{Draft, HandOverTask, Measured, RecordEach, RestConform, StartSupplementary},
    },
};
use firebee_domain::{
    catalogue::{FieldValue, Item},
    evidence::PhotoRole,
    id::{PlanItemId, TaskId},
    result::FaultText,
};

/// How many detectors there are.
const INSTANCES: u32 = 600;
/// At how many places a number is measured.
const MEASURED: i32 = 40;
/// The one that does not work.
const BAD: u32 = 58;

/// The owner asks for a test outside the plan and wants to sign. One operator records six hundred instances
/// another goes on and hands it in. Returns the task as the lead approved it.
///
/// # Errors
/// A phone or the server refuses what it must not refuse.
pub async fn practice(stage: &mut Stage<'_>, cast: &Cast) -> Result<(TaskId, TaskView), StoryError> {
    let teller = stage.teller;
    let (one, other) = stage.both(cast)?;
    stage.firm.ask_witness(stage.server.app()).await?;
    stage.settle(cast).await?;
    let (item, (measured, key)) =
        step::alike().zip(step::measured()).ok_or_else(|| StoryError::new("choose items", "the catalogue has none"))?;
    let task = tokio::task::block_in_place(|| {
        let start = StartSupplementary {
            project: stage.firm.first_project()?,
            items: vec![item.id.clone(), measured.id.clone()],
            location_allowed: true,
        };
        let task = one.client.tasks().start_supplementary(&start).map_err(StoryError::at("start a task"))?;
        step::isolate(one, teller, task)?;
        record(stage, one, task, (item, measured, key))?;
        let to = stage.firm.operator_account(1)?;
        let hand = HandOverTask { task, to, reason: teller.say(Text::DemoHandOverReason) };
        one.client.tasks().hand_over(&hand).map_err(StoryError::at("hand a task over"))?;
        Ok::<_, StoryError>(task)
    })?;
    let said = [("name", (&one.holder).into()), ("instances", INSTANCES.into()), ("measured", MEASURED.into())];
    teller.tell(Text::DemoManyRecorded, &said);
    stage.settle(cast).await?;
    let said = [("name", (&one.holder).into()), ("to", (&other.holder).into())];
    teller.tell(Text::DemoHandedOver, &said);
    let witness = teller.say(Text::DemoWitness);
    tokio::task::block_in_place(|| {
        pass(other);
        step::witness(other, teller, task, stage.phones.path())?;
        step::hand_in(other, teller, task)
    })?;
    stage.report.tasks.submitted += 1;
    teller.tell(Text::DemoWitnessed, &[("name", (&other.holder).into()), ("witness", (&witness).into())]);
    stage.settle(cast).await?;
    lead::handle_faults(&cast.lead, &[task], teller, &mut stage.report.faults)?;
    lead::approve(&cast.lead, &[task], teller)?;
    stage.report.tasks.approved += 1;
    stage.settle(cast).await?;
    let view = lead::look(&cast.lead, task)?;
    stage.report.faults.created += view.faults.len();
    Ok((task, view))
}

/// One bad instance with its photo, the rest in one answer; and a number for each place of the other item in one answer.
fn record(
    stage: &Stage<'_>,
    phone: &Phone,
    task: TaskId,
    (item, measured, key): (&Item, &Item, &str),
) -> Result<(), StoryError> {
    let (teller, tasks) = (stage.teller, phone.client.tasks());
    let view = tasks.get(task).map_err(StoryError::at("open a task"))?;
    let of = |wanted: &Item| -> Result<PlanItemId, StoryError> {
        let held = view.task.items.iter().find(|held| held.item_id == wanted.id);
        held.map(|held| held.item).ok_or_else(|| StoryError::new("open a task", "an item is missing"))
    };
    let (alike, each) = (of(item)?, of(measured)?);
    let fault = FaultText { part: None, defect: None, text: teller.say(Text::DemoDetectorSilent) };
    let bad = Draft { fault: Some(fault), ..draft(values(item, Wanted::Bad, teller)?) };
    let instance = Instance { item: alike, ordinal: i32::try_from(BAD).unwrap_or(1) };
    pass(phone);
    tasks.record(task, instance, &bad).map_err(StoryError::at("record a result"))?;
    picture(phone, task, PhotoRole::Evidence, Some((alike, BAD)))?;
    pass(phone);
    let rest =
        RestConform { task, item: alike, through: Some(INSTANCES), draft: draft(values(item, Wanted::Good, teller)?) };
    tasks.rest_conform(&rest).map_err(StoryError::at("record the rest"))?;
    pass(phone);
    let good = values(measured, Wanted::Good, teller)?;
    let value = good.iter().find(|value| value.key == key).map(|value| value.value.clone()).unwrap_or_default();
    let at = |ordinal| Measured { ordinal, values: vec![FieldValue::new(key, value.clone())] };
    let measured = (1..=MEASURED).map(at).collect();
    let each = RecordEach { task, item: each, measured, draft: Draft::default() };
    tasks.record_each(&each).map(drop).map_err(StoryError::at("record measured values"))
}

/// A minute passes.
pub(super) fn pass(phone: &Phone) {
    phone.clock.pass_until(phone.clock.now().wall_ms.plus_ms(MINUTE_MS));
}
