//! The dispatches: whoever was sent goes, and what is not resolved is handled anew.

use crate::demo::{
    fail::StoryError,
    lead,
    phone::Phone,
    schedule::MINUTE_MS,
    stage::{Cast, Stage},
    text::Text,
    work::STAND_IN,
};
use firebee_client::{ports::Clock as _, work::dispatch::FinishDispatch};
use firebee_domain::{dispatch::Outcome, fault::FaultState, id::TaskId};
use std::path::Path;

/// The approvals have issued the dispatches. Each team lead receives, starts and finishes what is on the phone, every
/// second one without success. The lead then chooses another way for what is still there.
///
/// # Errors
/// A phone refuses what it must not refuse.
pub async fn dispatch(stage: &mut Stage<'_>, cast: &Cast, tasks: &[TaskId]) -> Result<(), StoryError> {
    let teller = stage.teller;
    stage.settle(cast).await?;
    let photo = stage.phones.path().join("after.jpg");
    std::fs::write(&photo, STAND_IN).map_err(StoryError::at("take a photo"))?;
    let (mut resolved, mut unresolved) = (0, 0);
    for phone in cast.phones() {
        let sent = phone.client.dispatches().list().map_err(StoryError::at("look at the dispatches"))?;
        for view in sent.iter().filter(|view| !view.dispatch.state.is_closed()) {
            let outcome = if resolved > unresolved { Outcome::Unresolved } else { Outcome::Resolved };
            let (count, details) = match outcome {
                Outcome::Resolved => (&mut resolved, teller.say(Text::DemoDetailsResolved)),
                Outcome::Unresolved => (&mut unresolved, teller.say(Text::DemoDetailsUnresolved)),
            };
            *count += 1;
            let dispatch = view.dispatch.id;
            carry_out(phone, &FinishDispatch { dispatch, outcome, details, attachments: vec![path(&photo)] })?;
        }
    }
    stage.report.dispatches.issued = resolved + unresolved;
    stage.report.dispatches.resolved = resolved;
    stage.report.dispatches.unresolved = unresolved;
    let said = [("resolved", resolved.into()), ("unresolved", unresolved.into())];
    teller.tell(Text::DemoDispatched, &said);
    stage.settle(cast).await?;
    let refused = lead::give_up(&cast.lead, tasks, teller, &mut stage.report.faults)?;
    let said = [("name", (&cast.lead.holder).into()), ("faults", refused.into())];
    teller.tell(Text::DemoHandledAnew, &said);
    stage.settle(cast).await?;
    for task in tasks {
        let faults = lead::look(&cast.lead, *task)?.faults;
        let gone = faults.iter().filter(|fault| fault.state == FaultState::Resolved).count();
        stage.report.faults.resolved += gone;
    }
    Ok(())
}

fn path(photo: &Path) -> String {
    photo.to_string_lossy().into_owned()
}

/// Receives a dispatch, starts it and finishes it.
///
/// # Errors
/// The phone refuses.
pub fn carry_out(phone: &Phone, finish: &FinishDispatch) -> Result<(), StoryError> {
    let dispatches = phone.client.dispatches();
    let pass = || phone.clock.pass_until(phone.clock.now().wall_ms.plus_ms(MINUTE_MS));
    pass();
    dispatches.receive(finish.dispatch).map_err(StoryError::at("receive a dispatch"))?;
    pass();
    dispatches.start(finish.dispatch).map_err(StoryError::at("start a dispatch"))?;
    pass();
    dispatches.finish(finish).map_err(StoryError::at("finish a dispatch"))
}
