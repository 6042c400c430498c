//! A phone is lost in the middle of its work, and another one is put back from its backup.

use super::practice::pass;
use crate::demo::{
    answers::Wanted,
    audit::{self, Journals},
    fail::StoryError,
    lead,
    phone::Phone,
    proxy::Link,
    stage::{Cast, Stage},
    step::{self, draft, values},
    text::Text,
};
use firebee_client::{
    journal::StoreHealth,
    screen::Instance,
    work::task::{DiscardTask, StartSupplementary},
};
use firebee_domain::{evidence::PhotoRole, id::TaskId};
use std::{
    fs, io,
    path::Path,
    time::{Duration, Instant},
};

/// After this long without an end, something is wrong with more than the link.
const PATIENCE: Duration = Duration::from_secs(120);

/// the manager frees the account of a lost phone; what it had recorded arrives late, counts after somebody adopted it,
/// and the next phone goes on with it. Then the journal of another phone is put back from a backup: a new store takes over without a
/// password. Returns what stood in journals that are no more.
///
/// # Errors
/// A phone or the server refuses what it must not refuse, or takes what it must refuse.
pub async fn lost(stage: &mut Stage<'_>, cast: &mut Cast) -> Result<Journals, StoryError> {
    let task = salvaged(stage, cast).await?;
    let next = cast.operators.get(1).ok_or_else(|| StoryError::new("go on", "no phone"))?;
    tokio::task::block_in_place(|| {
        pass(next);
        step::witness(next, stage.teller, task, stage.phones.path())?;
        step::hand_in(next, stage.teller, task)
    })?;
    stage.report.tasks.submitted += 1;
    stage.settle(cast).await?;
    lead::approve(&cast.lead, &[task], stage.teller)?;
    stage.report.tasks.approved += 1;
    stage.settle(cast).await?;
    succeeded(stage, cast).await
}

/// The other operator's phone is lost with what it has not sent, and found again.
async fn salvaged(stage: &mut Stage<'_>, cast: &mut Cast) -> Result<TaskId, StoryError> {
    let teller = stage.teller;
    let item = step::alike().ok_or_else(|| StoryError::new("choose items", "the catalogue has none"))?;
    stage.link.set(Link::Cut);
    let old = cast.operators.pop().ok_or_else(|| StoryError::new("lose a phone", "there is none"))?;
    let start = StartSupplementary {
        project: stage.firm.first_project()?,
        items: vec![item.id.clone()],
        location_allowed: true,
    };
    let task = tokio::task::block_in_place(|| {
        pass(&old);
        let task = old.client.tasks().start_supplementary(&start).map_err(StoryError::at("start a task"))?;
        step::isolate(&old, teller, task)?;
        let view = old.client.tasks().get(task).map_err(StoryError::at("open a task"))?;
        let held = view.task.items.first().ok_or_else(|| StoryError::new("open a task", "it has no item"))?;
        let instance = Instance { item: held.item, ordinal: 1 };
        let good = draft(values(item, Wanted::Good, teller)?);
        old.client.tasks().record(task, instance, &good).map_err(StoryError::at("record a result"))?;
        step::picture(&old, task, PhotoRole::Evidence, Some((held.item, 1)))?;
        Ok::<_, StoryError>(task)
    })?;
    let (facts, blobs) = old.unsent()?;
    let said = [("name", (&old.holder).into()), ("facts", facts.into()), ("blobs", blobs.into())];
    teller.tell(Text::DemoPhoneLost, &said);
    stage.firm.free(stage.server.app(), 1, &teller.say(Text::DemoLostReason)).await?;
    stage.link.set(Link::Good);
    let next = stage.phone("next", Text::DemoOperatorOther, Text::DemoDeviceNext)?;
    stage.world.meet(cast.phones().chain([&old, &next]).map(|phone| &*phone.clock));
    next.sign_in(stage.login(1)?).await.map_err(StoryError::at("sign in on the next phone"))?;
    cast.operators.push(next);

    // The lost phone is found. What it sends comes late.
    arrive(&old).await?;
    let fenced = old.client.screens().sync().map_err(StoryError::at("look at the lost phone"))?.lost.is_some();
    if !fenced {
        return Err(StoryError::new("look at the lost phone", "it still holds the account"));
    }
    stage.report.devices.fenced += 1;
    stage.report.devices.salvaged_blobs += usize::try_from(blobs).unwrap_or(usize::MAX);
    let adopted = stage.firm.adopt(stage.server.app(), &teller.say(Text::DemoAdoptReason)).await?;
    stage.report.devices.salvaged_facts += adopted;
    teller.tell(Text::DemoSalvaged, &[("facts", adopted.into()), ("blobs", blobs.into())]);
    cast.found.push(old);
    stage.settle(cast).await?;
    Ok(task)
}

/// Sends until nothing is left; a phone that lost its account ends each round with that refusal.
async fn arrive(phone: &Phone) -> Result<(), StoryError> {
    let began = Instant::now();
    loop {
        let ended = phone.client.sync().now().await;
        if phone.unsent()? == (0, 0) {
            return Ok(());
        }
        if began.elapsed() > PATIENCE {
            let reason = ended.err().map_or_else(|| "something stays unsent".to_owned(), |error| error.to_string());
            return Err(StoryError::new("send what the lost phone has", reason));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// the journal of the first operator's phone is put back from a backup. The phone finds that out, a new store takes
/// over, and nobody types a password. Returns what stood in the journal before.
async fn succeeded(stage: &mut Stage<'_>, cast: &mut Cast) -> Result<Journals, StoryError> {
    let project = stage.firm.first_project()?;
    let item = step::alike().ok_or_else(|| StoryError::new("choose items", "the catalogue has none"))?;
    let phone = cast.operators.first().ok_or_else(|| StoryError::new("restore a phone", "there is none"))?;
    let (folder, backup) = (phone.folder().to_owned(), stage.phones.path().join("backup.db"));
    phone.client.suspend().await.map_err(StoryError::at("close a phone"))?;
    fs::copy(folder.join(JOURNAL), &backup).map_err(StoryError::at("make a backup"))?;
    phone.client.resume().await;
    // What follows is recorded and sent after the backup was made.
    tokio::task::block_in_place(|| {
        pass(phone);
        let tasks = phone.client.tasks();
        let start = StartSupplementary { project, items: vec![item.id.clone()], location_allowed: true };
        let task = tasks.start_supplementary(&start).map_err(StoryError::at("start a task"))?;
        let discard = DiscardTask { task, reason: stage.teller.say(Text::DemoDiscardReason) };
        tasks.discard(&discard).map(drop).map_err(StoryError::at("discard a task"))
    })?;
    stage.settle(cast).await?;
    let phone = cast.operators.remove(0);
    phone.client.suspend().await.map_err(StoryError::at("close a phone"))?;
    let before = audit::journals(std::slice::from_ref(&folder))?;
    let link = stage.link.address();
    let phone = phone.restart(&stage.world, link, |folder| put_back(folder, &backup))?;
    let renewed = phone.client.session().renew().map_err(StoryError::at("renew a store"))?;
    if !renewed {
        return Err(StoryError::new("renew a store", "the phone did not find out"));
    }
    let phone = phone.restart(&stage.world, link, |_| Ok(()))?;
    stage.teller.tell(Text::DemoSucceeded, &[("device", (&phone.device).into())]);
    cast.operators.insert(0, phone);
    stage.settle(cast).await?;
    let sound = cast.operators.iter().all(|phone| phone.client.health() == StoreHealth::Sound);
    if !sound {
        return Err(StoryError::new("renew a store", "a store is not sound"));
    }
    stage.report.devices.succeeded += 1;
    Ok(before)
}

fn put_back(folder: &Path, backup: &Path) -> io::Result<()> {
    for name in [JOURNAL, "journal.db-wal", "journal.db-shm"] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::copy(backup, folder.join(JOURNAL)).map(drop)
}

/// The file of a phone's journal.
const JOURNAL: &str = "journal.db";
