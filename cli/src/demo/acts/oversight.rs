//! The fire service: it decides what the firm asks for, draws its sample of the week, and was on site.

use crate::demo::{console::Console, fail::StoryError, schedule::WEEK_MS, stage::Stage, text::Text};
use firebee_domain::oversight::Week;
use firebee_server::office::{authority::found, firm::oversee};
use serde_json::json;

/// The officer signs in with it.
const LOGIN: &str = "bao";

/// A month off is asked for and decided by the brigade in charge; a week later it draws its sample of the
/// story's week, and records what it found on site.
///
/// # Errors
/// The server refuses what it must not refuse.
pub async fn oversight(stage: &mut Stage<'_>) -> Result<(), StoryError> {
    let teller = stage.teller;
    let password = fire_service(stage).await?;
    let brigade = teller.say(Text::DemoJurisdiction);
    let pauses = format!("/projects/{}/pauses", stage.firm.first_project()?);
    let manager = Console::sign_in(stage.server.address, &stage.firm.manager).await?;
    let shown = manager.read(&pauses).await?;
    let offered = shown.split("<option value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let month = offered.filter(|value| !value.is_empty()).last().unwrap_or_default().to_owned();
    let reason = teller.say(Text::DemoPauseReason);
    let asked = manager.submit(&pauses, &pauses, &[("month", &month), ("reason", &reason)]).await?;
    let request = asked.split_once("?done=").map_or("", |(_, request)| request);
    let pause = format!("{pauses}/{request}");
    let officer = Console::enter(stage.server.address, (LOGIN, &password)).await?;
    officer.submit(&pause, &pause, &[("decision", "approved"), ("reason", "")]).await?;
    stage.report.oversight.approvals += 1;
    teller.tell(Text::DemoPauseApproved, &[("month", month.into()), ("unit", (&brigade).into())]);

    let week = Week::of(stage.world.now().china_day());
    stage.world.pass(WEEK_MS);
    let officer = Console::enter(stage.server.address, (LOGIN, &password)).await?;
    let sample = format!("/samples/{week}");
    officer.submit(&sample, &sample, &[]).await?;
    let drawn = officer.read(&sample).await?;
    stage.report.oversight.samples = drawn.matches("checks/new?task=").count();
    let check = drawn.split("href=\"").find(|rest| rest.contains("checks/new?task="));
    let check = check.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
    teller.tell(
        Text::DemoSampled,
        &[
            ("unit", (&brigade).into()),
            ("week", week.to_string().into()),
            ("tasks", stage.report.oversight.samples.into()),
        ],
    );
    let day = stage.world.now().china_day().to_string();
    let found = teller.say(Text::DemoCheckFindings);
    let action = check.split('?').next().unwrap_or_default();
    officer.submit(&check, action, &[("day", &day), ("outcome", "agrees"), ("findings", &found)]).await?;
    teller.tell(Text::DemoChecked, &[("unit", brigade.into()), ("found", found.into())]);
    Ok(())
}

/// Founds the units of the province and puts the firm under its corps. Gives the password of the brigade's officer.
async fn fire_service(stage: &Stage<'_>) -> Result<String, StoryError> {
    let teller = stage.teller;
    let office = &stage.server.app().office;
    let [corps, detachment, brigade] =
        [Text::DemoCorps, Text::DemoDetachment, Text::DemoJurisdiction].map(|text| teller.say(text));
    let file = json!({
        "units": [
            { "name": corps, "level": "corps" },
            { "name": detachment, "level": "detachment", "above": corps },
            { "name": brigade, "level": "brigade", "above": detachment },
        ],
        "people": [{ "name": teller.say(Text::DemoOfficer), "phone": "13900000051", "login": LOGIN, "unit": brigade }],
    });
    let step = "found the fire service";
    let file = serde_json::from_value(file).map_err(StoryError::at(step))?;
    let made = found(office, file, (None, true)).await.map_err(StoryError::at(step))?;
    oversee(office, &teller.say(Text::DemoFirm), &corps).await.map_err(StoryError::at(step))?;
    let officer = made.into_iter().next().ok_or_else(|| StoryError::new(step, "nobody has an account"))?;
    Ok(officer.password)
}
