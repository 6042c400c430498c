//! When the lanes run: in the background, each for itself, or once for a caller who waits.

use super::{
    drive,
    inner::{Inner, Lane, Turn},
    progress::{Activity, LaneStatus},
};
use crate::{
    blocking,
    changes::Change,
    core::{HIGH_WATER_EVERY_MS, Network},
    session::Failure,
};
use firebee_domain::code::Code;
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use strum::VariantArray;
use tokio::sync::Notify;

/// How often documents are pulled when nothing else asks for it.
const PULL_EVERY: Duration = Duration::from_secs(60);
/// A lane looks again after this long even without a wake-up, because the platform may have missed one.
const LOOK_EVERY: Duration = Duration::from_secs(900);

/// One lane for ever; the caller aborts it.
pub(super) async fn background(inner: Arc<Inner>, lane: Lane) {
    resume(&inner, lane).await;
    loop {
        let turn = drive::run(&inner, lane).await;
        let wake = match lane {
            Lane::Push => &inner.wake_push,
            Lane::Blobs => &inner.wake_blobs,
            Lane::Pull => &inner.wake_pull,
        };
        let until = match turn {
            Turn::Waits(until_ms) => {
                let wait_ms = until_ms.saturating_sub(inner.now_ms()).max(1);
                (Duration::from_millis(wait_ms.unsigned_abs()), Some(until_ms))
            }
            _ if lane == Lane::Pull => (PULL_EVERY, None),
            _ => (LOOK_EVERY, None),
        };
        tokio::select! {
            () = wake.notified() => {}
            () = tokio::time::sleep(until.0) => match until.1 {
                Some(until_ms) => inner.slept_until(until_ms),
                None if lane == Lane::Pull => inner.want_pull(),
                None => {}
            },
        }
        if inner.take_wish(lane) {
            resume(&inner, lane).await;
        }
    }
}

/// Wakes the push lane after every possible change of the journal, so that no use case has to do so. Runs until the
/// caller aborts it. A needless wake-up costs one look into the journal.
pub(super) async fn wake_when_recorded(inner: Arc<Inner>) {
    let heard = inner.core.changes.listen();
    while let Some(change) = heard.next().await {
        if matches!(change, Change::Task(_) | Change::Track | Change::Documents | Change::Session) {
            inner.wake_push.notify_one();
        }
        // After a claim that met a restored server, photos count anew.
        if matches!(change, Change::Session) {
            inner.wake_blobs.notify_one();
        }
    }
}

/// Copies the journal's last seq every minute until the caller aborts it, so that the copy follows facts after which nothing
/// else happened. It is only a hint: a disk error shows itself when the next fact is recorded.
pub(super) async fn high_water(inner: Arc<Inner>) {
    let mut every = tokio::time::interval(Duration::from_millis(HIGH_WATER_EVERY_MS.into()));
    loop {
        every.tick().await;
        let core = inner.core.clone();
        let _ = blocking::run(move || core.journal.note_high_water()).await;
    }
}

/// Fetches packs until the caller aborts it. No lane waits for it.
pub(super) async fn packs(inner: Arc<Inner>) {
    loop {
        let turn = drive::packs::fetch(&inner).await;
        rest(&inner, turn, &inner.wake_packs).await;
    }
}

/// Fetches what a lead reviews until the caller aborts it. No lane waits for it.
pub(super) async fn thumbnails(inner: Arc<Inner>) {
    loop {
        let turn = drive::thumbnails::fetch_all(&inner).await;
        rest(&inner, turn, &inner.wake_thumbnails).await;
    }
}

/// Waits until there may be something to do again.
async fn rest(inner: &Inner, turn: Turn, wake: &Notify) {
    match turn {
        Turn::Waits(until_ms) => {
            let wait_ms = until_ms.saturating_sub(inner.now_ms()).max(1);
            tokio::select! {
                () = wake.notified() => {}
                () = tokio::time::sleep(Duration::from_millis(wait_ms.unsigned_abs())) => inner.slept_until(until_ms),
            }
        }
        _ => wake.notified().await,
    }
}

/// Ends the lane's waits, and the stops that only a person can end, because a caller wishes another try.
pub(super) async fn resume(inner: &Inner, lane: Lane) {
    match lane {
        Lane::Push => {
            let mut push = inner.push.lock().await;
            if !inner.is_retired() {
                push.readiness_mut().resume();
            }
        }
        Lane::Blobs => {
            let mut blobs = inner.blobs.lock().await;
            blobs.readiness_mut().resume();
            blobs.forget_waits();
        }
        Lane::Pull => inner.pull.lock().await.readiness_mut().resume(),
    }
}

/// One full round.
pub(super) async fn round(inner: &Inner) -> Result<(), Failure> {
    for lane in Lane::VARIANTS {
        resume(inner, *lane).await;
    }
    inner.want_pull();
    let verified = inner.verified.load(Ordering::Acquire);
    let sent = Notify::new();
    // Documents are pulled after the facts were sent, so that they contain these facts. Photos are sent at the same
    // time.
    let facts_and_documents = async {
        drive::run(inner, Lane::Push).await;
        sent.notify_one();
        drive::run(inner, Lane::Pull).await;
    };
    tokio::join!(facts_and_documents, photos(inner, &sent));
    // A note that a lane wrote about the phone goes with this round, and verified photos show in the documents.
    drive::run(inner, Lane::Push).await;
    // When a pull was the first to meet a restored server, photos that it had count anew.
    drive::run(inner, Lane::Blobs).await;
    if inner.verified.load(Ordering::Acquire) != verified {
        inner.want_pull();
    }
    drive::run(inner, Lane::Pull).await;
    inner.packs().forget_waits();
    drive::packs::fetch(inner).await;
    inner.thumbnails().forget_waits();
    drive::thumbnails::fetch_all(inner).await;
    outcome(inner)
}

/// Photos whose facts are acknowledged, until the facts are sent and the photos as well.
async fn photos(inner: &Inner, sent: &Notify) {
    let mut more = true;
    while more {
        drive::run(inner, Lane::Blobs).await;
        tokio::select! {
            () = sent.notified() => more = false,
            () = inner.wake_blobs.notified() => {}
        }
    }
    drive::run(inner, Lane::Blobs).await;
}

fn outcome(inner: &Inner) -> Result<(), Failure> {
    let board = inner.board();
    let lanes = [&board.push, &board.blobs, &board.pull];
    let held = |lane: &&&LaneStatus| matches!(lane.activity, Activity::Waiting | Activity::Stopped);
    match lanes.iter().find(held) {
        Some(lane) => Err(lane.failure.clone().unwrap_or_else(|| Failure::of(Code::NetworkError))),
        None => Ok(()),
    }
}

/// Waits end; stops stay.
pub(super) fn connectivity_changed(inner: &Inner, network: Network) {
    inner.core.set_network(network);
    inner.packs().forget_waits();
    inner.wake_packs.notify_one();
    inner.thumbnails().forget_waits();
    inner.wake_thumbnails.notify_one();
    inner.network_changed();
}

/// What may travel or stay changed: what waited for it, or went, is looked at again.
pub(super) fn pictures_changed(inner: &Inner) {
    inner.thumbnails_looked.store(false, Ordering::Release);
    inner.wake_blobs.notify_one();
    inner.wake_thumbnails.notify_one();
    inner.core.changes.tell(Change::Sync);
}
