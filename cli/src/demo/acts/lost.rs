//! A lost phone: what is on it arrives late and counts when a person adopts it. And a phone whose journal was restored.

use super::sign_in::refused;
use crate::{
    demo::{
        console::Console,
        errand,
        fail::StoryError,
        files, lead,
        phone::Phone,
        stage::{Cast, Stage},
        text::Text,
    },
    proxy::Link,
};
use firebee_client::work::review::DecideUndecided;
use firebee_domain::{id::TaskId, parked::Choice};

/// The operator whose phone it is.
const OPERATOR: usize = 1;

/// A manager takes the account from a lost phone. It is found, sends what it has, and the lead adopts it
/// . Then the new phone gets an old backup, and a new store takes over from the one in it.
///
/// # Errors
/// A phone or the server refuses what it must not refuse, or takes what it must refuse.
pub async fn lost(stage: &mut Stage<'_>, cast: &mut Cast) -> Result<(), StoryError> {
    let (task, lost) = replace(stage, cast).await?;
    let (facts, blobs) = lost.unsent()?;
    stage.world.meet(cast.phones().chain([&lost]).map(|phone| &*phone.clock));
    lost.send_late().await?;
    stage.report.devices.fenced += 1;
    stage.report.devices.salvaged_facts += facts;
    stage.report.devices.salvaged_blobs += blobs;
    stage.teller.tell(Text::DemoLostFound, &[("facts", facts.into()), ("blobs", blobs.into())]);
    cast.retired.push(lost);
    adopt(stage, cast, task).await?;
    restore(stage, cast).await
}

/// Without signal a test is handed in, and the phone is lost with it. The new phone is refused until a manager takes the
/// account from the lost one, on the console. Gives the test and the lost phone.
async fn replace(stage: &mut Stage<'_>, cast: &mut Cast) -> Result<(TaskId, Phone), StoryError> {
    let (teller, project) = (stage.teller, stage.firm.first_project()?);
    let old = cast.operator(OPERATOR)?;
    stage.link.set(Link::Cut);
    let task = errand::whole(old, project, teller)?;
    let (facts, blobs) = old.unsent()?;
    let said = [("name", (&old.holder).into()), ("facts", facts.into()), ("blobs", blobs.into())];
    teller.tell(Text::DemoLost, &said);
    stage.reconnect();
    stage.world.meet(cast.phones().map(|phone| &*phone.clock));
    let new = stage.phone("new", Text::DemoOperatorOther, Text::DemoDeviceNew)?;
    let login = stage.login(OPERATOR)?.clone();
    let reason = refused(stage, &new, &login).await?;
    teller.tell(Text::DemoLostRefused, &[("reason", reason.into())]);

    let console = Console::sign_in(stage.server.address, &stage.firm.manager).await?;
    let (action, reason) =
        (format!("/staff/{}/phone", stage.firm.operator(OPERATOR)?), teller.say(Text::DemoLostReason));
    console.submit("/staff", &action, &[("reason", reason.as_str())]).await?;
    new.sign_in(&login).await.map_err(StoryError::at("sign in on the new phone"))?;
    let manager = teller.say(Text::DemoManager);
    let (name, device) = (&new.holder, &new.device);
    let said =
        [("manager", manager.into()), ("reason", reason.into()), ("name", name.into()), ("device", device.into())];
    teller.tell(Text::DemoLostReleased, &said);
    let old = cast.take(OPERATOR)?;
    cast.put(OPERATOR, new);
    stage.settle(cast).await?;
    Ok((task, old))
}

/// The lead reads on the phone what came late, and adopts it.
async fn adopt(stage: &mut Stage<'_>, cast: &Cast, task: TaskId) -> Result<(), StoryError> {
    let (teller, lead) = (stage.teller, &cast.lead);
    stage.settle(cast).await?;
    let waits = lead.client.screens().undecided().map_err(StoryError::at("read what waits"))?;
    let facts = waits.groups.iter().flat_map(|group| &group.rows).map(|row| row.fact).collect();
    let adopted = DecideUndecided { facts, decision: Choice::Adopted, reason: teller.say(Text::DemoAdoptReason) };
    lead.client.review().decide_undecided(&adopted).map_err(StoryError::at("adopt what came late"))?;
    stage.settle(cast).await?;
    lead::approve(lead, &[task], teller)?;
    stage.count_whole_task();
    stage.settle(cast).await?;
    teller.tell(Text::DemoAdopted, &[("name", (&lead.holder).into())]);
    Ok(())
}

/// The new phone is reset and gets a backup of before its last test, which the server has. It notices, a new store takes
/// over, and the documents bring back what the backup lacks.
async fn restore(stage: &mut Stage<'_>, cast: &mut Cast) -> Result<(), StoryError> {
    let (teller, project) = (stage.teller, stage.firm.first_project()?);
    let phone = cast.operator(OPERATOR)?;
    let backup = stage.phones.path().join("backup");
    phone.client.suspend().await.map_err(StoryError::at("back a phone up"))?;
    files::copy(phone.folder(), &backup).map_err(StoryError::at("back a phone up"))?;
    phone.client.resume().await;
    let task = errand::whole(phone, project, teller)?;
    stage.settle(cast).await?;
    lead::approve(&cast.lead, &[task], teller)?;
    stage.count_whole_task();
    stage.settle(cast).await?;

    let link = stage.link.address();
    let reset = cast.take(OPERATOR)?;
    let again = reset
        .restarted(&stage.world, link, |folder| {
            std::fs::remove_dir_all(folder)?;
            files::copy(&backup, folder)
        })
        .await?;
    again.renew().await?;
    let again = again.restarted(&stage.world, link, |_| Ok(())).await?;
    cast.put(OPERATOR, again);
    stage.settle(cast).await?;
    let phone = cast.operator(OPERATOR)?;
    let held = phone.client.tasks().get(task).map_err(StoryError::at("find the last test"))?;
    if held.rev.is_none() {
        return Err(StoryError::new("find the last test", "the server did not bring it back"));
    }
    stage.report.devices.succeeded += 1;
    teller.tell(Text::DemoRestored, &[("name", (&phone.holder).into())]);
    Ok(())
}
