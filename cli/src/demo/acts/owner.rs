//! The owner: a contact reads the report and asks for a repair, which the firm takes up.

use crate::demo::{console::Console, fail::StoryError, stage::Stage, text::Text};
use firebee_domain::id::ReportId;
use firebee_server::{
    password,
    query::look::{self, Looked},
    store::{StoreError, Tx},
};

/// The facility of the repair, and the item that the lead puts it under.
const FACILITY: &str = "power-genset";
const ITEM: &str = "power-genset.a";
/// The contact signs in with it.
const PHONE: &str = "13900000041";

/// The manager makes an account for the owner's contact. The contact reads the report, which the firm sees (R-046,
/// R-280), and asks for a repair; the lead takes it up as a fault, and the contact sees that.
///
/// # Errors
/// The server refuses what it must not refuse.
pub async fn owner(stage: &mut Stage<'_>, report: ReportId) -> Result<(), StoryError> {
    let teller = stage.teller;
    let contact = invited(stage).await?;
    let read = contact.read(&format!("/reports/{report}")).await?;
    if !read.contains(&teller.say(Text::DemoProject)) {
        return Err(StoryError::new("read a report as its owner", "it does not name the building"));
    }
    stage.report.owners.views = looks(stage, report).await?;
    let (name, lead) = (teller.say(Text::DemoContact), teller.say(Text::DemoLead));
    teller.tell(Text::DemoOwnerRead, &[("name", (&name).into()), ("views", stage.report.owners.views.into())]);

    let facility = format!("{}/{FACILITY}", stage.firm.first_project()?);
    let (place, words) = (teller.say(Text::DemoRepairPlace), teller.say(Text::DemoRepairWords));
    let typed =
        [("facility", facility.as_str()), ("place", place.as_str()), ("words", words.as_str()), ("handler", "firm")];
    let asked = contact.submit("/repairs/new", "/repairs", &typed).await?;
    let repair = asked.split('?').next().unwrap_or_default();
    stage.report.owners.repairs += 1;
    teller.tell(Text::DemoRepairAsked, &[("name", name.into()), ("words", (&words).into())]);

    let console = Console::sign_in(stage.server.address, &stage.firm.lead).await?;
    let fault = console.submit(repair, &format!("{repair}/take-up"), &[("item", ITEM)]).await?;
    let fault = fault.split('?').next().unwrap_or_default();
    if !console.read(fault).await?.contains(&words) {
        return Err(StoryError::new("take up a repair", "the fault does not say what was asked"));
    }
    contact.read(repair).await?;
    teller.tell(Text::DemoRepairTaken, &[("name", lead.into())]);
    Ok(())
}

/// The contact, signed in with a password of its own: that which the manager is shown is good for one sign-in.
async fn invited(stage: &Stage<'_>) -> Result<Console, StoryError> {
    let teller = stage.teller;
    let manager = Console::sign_in(stage.server.address, &stage.firm.manager).await?;
    let owners = manager.read("/owners").await?;
    let owner = owners.split("href=\"/owners/").find(|rest| rest.starts_with(|first: char| first.is_ascii_hexdigit()));
    let owner = owner.and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let name = teller.say(Text::DemoContact);
    let typed = [("name", name.as_str()), ("phone", PHONE), ("login", "")];
    let shown = manager.told(&format!("/contacts/new?owner={owner}"), "/contacts", &typed).await?;
    let first = shown.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
    let contact = Console::enter(stage.server.address, (PHONE, first)).await?;
    let own = password::random().map_err(StoryError::at("make a password"))?;
    let typed = [("old", first), ("new", own.as_str()), ("again", own.as_str())];
    contact.submit("/password", "/password", &typed).await?;
    Console::enter(stage.server.address, (PHONE, &own)).await
}

/// How many contacts have looked at the report, as the firm sees it.
async fn looks(stage: &Stage<'_>, report: ReportId) -> Result<usize, StoryError> {
    let org = stage.firm.org;
    let read = async move |tx: &mut Tx| look::of(tx, org, Looked::Report(report)).await;
    let read = stage.server.app().store.read("read_looks", read).await;
    Ok(read.map_err(|error: StoreError| StoryError::at("read the looks")(error))?.len())
}
