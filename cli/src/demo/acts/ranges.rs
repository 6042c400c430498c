//! Six hundred detectors in a few entries.

use super::outside::{DEAD, fail, restore_and_hand_in, values};
use crate::demo::{
    answers::Wanted,
    fail::StoryError,
    lead, on_site,
    stage::{Cast, Stage},
    text::Text,
};
use firebee_client::{
    screen::Instance,
    work::{
        TaskView,
        task::{Draft, RestConform, StartTask},
    },
};
use firebee_domain::{
    fault::Way,
    id::{PlanItemId, TaskId},
};
use firebee_protocol::text::Arg;

/// How many detectors the building has.
const DETECTORS: u32 = 600;

/// The planned test of all detectors. The phone shows what was found at one of them before, which fails again by
/// itself; one entry says of all others that they conform. Gives the task as the lead sees it in the end.
///
/// # Errors
/// A phone refuses what it must not refuse, or the server does not have an answer for each detector.
pub async fn ranges(stage: &mut Stage<'_>, cast: &Cast) -> Result<(TaskId, TaskView), StoryError> {
    let teller = stage.teller;
    let phone = cast.operator(0)?;
    phone.client.set_language(teller.language());
    let (task, item) = start(stage, cast)?;
    let at = Instance { item, ordinal: DEAD };
    let shown = phone.client.screens().item(task, at).map_err(StoryError::at("show a detector"))?;
    let before = shown.previous.ok_or_else(|| StoryError::new("show a detector", "nothing was found before"))?;
    let number = Arg::from(DEAD.unsigned_abs());
    let said = [("name", (&phone.holder).into()), ("number", number), ("verdict", before.verdict.word.into())];
    teller.tell(Text::DemoRangesBefore, &said);
    fail(phone, teller, task, at)?;
    on_site::pass(phone);
    let draft = Draft { values: values(phone, teller, task, item, Wanted::Good)?, ..Draft::default() };
    let rest = RestConform { task, item, through: Some(DETECTORS), draft };
    phone.client.tasks().rest_conform(&rest).map_err(StoryError::at("record all other detectors"))?;
    restore_and_hand_in(phone, teller, task)?;
    stage.settle(cast).await?;

    let lead = &cast.lead;
    let view = lead::look(lead, task)?;
    let (answers, entries) = (view.task.answers().count(), view.task.results.len());
    if answers != DETECTORS as usize {
        return Err(StoryError::new("look at the detectors", format!("{answers} have an answer")));
    }
    let said = [("count", answers.into()), ("entries", entries.into()), ("number", DEAD.unsigned_abs().into())];
    teller.tell(Text::DemoRanges, &said);
    lead::handle_all(lead, task, Way::Negotiating, &mut stage.report.faults)?;
    lead::approve(lead, &[task], teller)?;
    stage.count_whole_task();
    stage.settle(cast).await?;
    teller.tell(Text::DemoRangesApproved, &[("name", (&lead.holder).into())]);
    Ok((task, lead::look(lead, task)?))
}

/// The item of the detectors was issued with the plan; its task begins now.
fn start(stage: &Stage<'_>, cast: &Cast) -> Result<(TaskId, PlanItemId), StoryError> {
    let phone = cast.operator(0)?;
    let (plan, item) = stage.detectors;
    on_site::pass(phone);
    let start = StartTask { plan, items: vec![item], location_allowed: true };
    let task = phone.client.tasks().start(&start).map_err(StoryError::at("start the detectors"))?;
    on_site::arrive(phone, task, stage.teller, &mut |role| on_site::photograph(phone, task, role, None))?;
    Ok((task, item))
}
