//! The next month: what the report left open is followed, and resolved.

use super::dispatch::carry_out;
use crate::demo::{
    console::Console,
    fail::StoryError,
    lead,
    schedule::{DAY_MS, HOUR_MS},
    stage::{Cast, Stage},
    text::Text,
};
use firebee_client::work::dispatch::FinishDispatch;
use firebee_domain::{
    dispatch::Outcome,
    id::{ReportId, TaskId},
    time::{Month, china_midnight},
};

/// The month after the story's. The owner agrees to what was talked over, so the lead sends who found it; the fault
/// is resolved, and the filed report counts it so.
///
/// # Errors
/// A phone or the server refuses what it must not refuse.
pub async fn follow(stage: &mut Stage<'_>, cast: &Cast, task: TaskId, report: ReportId) -> Result<(), StoryError> {
    let teller = stage.teller;
    next_month(stage);
    stage.settle(cast).await?;
    let fault = lead::send(&cast.lead, task, teller, &mut stage.report.faults)?;
    stage.settle(cast).await?;
    let console = Console::sign_in(stage.server.address, &stage.firm.lead).await?;
    issue(&console).await?;
    stage.settle(cast).await?;
    let phone = cast.operator(0)?;
    let sent = phone.client.dispatches().list().map_err(StoryError::at("look at the dispatches"))?;
    let sent = sent.iter().find(|view| view.dispatch.fault == fault && !view.dispatch.state.is_closed());
    let sent = sent.ok_or_else(|| StoryError::new("follow a fault", "nobody was sent"))?;
    let details = teller.say(Text::DemoDetailsResolved);
    let finish =
        FinishDispatch { dispatch: sent.dispatch.id, outcome: Outcome::Resolved, details, attachments: Vec::new() };
    carry_out(phone, &finish)?;
    stage.settle(cast).await?;
    let resolved = console.read(&format!("/faults?report={report}&counter=resolved")).await?;
    if !resolved.contains(&format!("/faults/{fault}")) {
        return Err(StoryError::new("follow a fault", "its report does not count it as resolved"));
    }
    stage.report.faults.followed += 1;
    let month = Month::of(stage.world.now().china_day()).map(|month| month.to_string()).unwrap_or_default();
    let said = [("month", month.into()), ("name", (&cast.lead.holder).into()), ("other", (&phone.holder).into())];
    teller.tell(Text::DemoFollowed, &said);
    Ok(())
}

/// behind the approval a dispatch waits until somebody issues it.
async fn issue(console: &Console) -> Result<(), StoryError> {
    let waits = console.read("/dispatches?state=to_issue").await?;
    let first =
        waits.split("href=\"/dispatches/").find(|rest| rest.starts_with(|first: char| first.is_ascii_hexdigit()));
    let id = first.and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let page = format!("/dispatches/{id}");
    console.submit(&page, &format!("{page}/issue"), &[]).await.map(drop)
}

/// It is the third day of the month after the plan's, at nine, if it is not later already.
fn next_month(stage: &Stage<'_>) {
    let next = Month::of(stage.schedule.begin.china_day()).map(Month::next);
    let morning = next.map(|month| china_midnight(month.first_day()).plus_ms(2 * DAY_MS + 9 * HOUR_MS));
    stage.world.pass(morning.map_or(0, |morning| morning.ms_since(stage.world.now()).max(0)));
}
