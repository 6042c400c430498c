//! The verdict of a track, once every piece of it is here.

use crate::{both, fixture::*};
use firebee_domain::{
    evidence::{PhotoRole, TrackSegment},
    geofence::{Coverage, CoverageVerdict, Thresholds},
    id::{BootId, ContentId, TaskId},
    result::Verdict,
    task::TaskHandedOver,
    time::Anchor,
    track::{Fix, Provider, Segment},
};
use firebee_protocol::{
    fact::{BlobRef, BlobRole, Body, Mime, Seen, Subject},
    track::encode,
};
use firebee_server::{
    coverage::judge_coverage,
    evidence::refresh_task_evidence,
    row, sql,
    store::{StoreError, Tx, pack},
};
use firebee_tests::{
    device::{Device, Work},
    firm::{Firm, MORNING},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

both!(
    a_track_is_compared_with_the_fence_when_its_last_piece_is_verified,
    r_096_pieces_of_a_boot_without_answers_count_and_the_thresholds_are_the_firms,
    r_096_the_verdict_is_taken_again_when_its_times_become_known_better,
    /// a walk of an earlier boot, sealed for a task that was with somebody else when it was walked.
    r_368_what_was_walked_before_the_task_was_got_says_nothing_of_it,
);

/// A fix every second inside the fence, from the device's clock on for `seconds`; the device's clock follows.
pub fn walk(device: &mut Device, firm: &Firm, work: &mut Work, seconds: i64) -> Vec<u8> {
    let boot = device.boot;
    walk_then(device, firm, work, seconds, boot)
}

/// As [`walk`]; the piece is sealed in another boot.
fn walk_then(device: &mut Device, firm: &Firm, work: &mut Work, seconds: i64, sealed_in: BootId) -> Vec<u8> {
    let first = device.now.0 - (MORNING.0 + 3_600_000);
    let fix = |n: i64| Fix {
        boot_ms: first + n * 1_000,
        lat_e6: 31_230_000 + i32::try_from(n).unwrap(),
        lon_e6: 121_470_000,
        accuracy_m: 5,
        provider: Provider::Gnss,
        mock: false,
    };
    let walked = std::mem::replace(&mut device.boot, sealed_in);
    let segment = Segment { boot_id: walked, fixes: (0..seconds).map(fix).collect(), holes: Vec::new() };
    let bytes = encode(&segment).unwrap();
    let blob = ContentId(Sha256::digest(&bytes).into());
    device.now = device.now.plus_ms(seconds * 1_000);
    let body = Body::TrackSegment(TrackSegment {
        blob,
        boot_id: walked,
        first_boot_ms: first,
        last_boot_ms: first + (seconds - 1) * 1_000,
        fixes: u32::try_from(seconds).unwrap(),
        holes: 0,
        replayed: false,
    });
    let named = BlobRef { id: blob, len: bytes.len() as u64, mime: Mime::Track, role: BlobRole::Track };
    let id = device.record(firm.project, &work.subject, &[named], &body);
    work.manifest.segments.push(id);
    bytes
}

/// Every piece of the track is here now.
async fn verify(firm: &Firm, task: TaskId) {
    let org = firm.org;
    let verify = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE blob SET state = 'verified', media = 'track' WHERE mime = 'track'"), &[]).await?;
        refresh_task_evidence(tx, org, task).await
    };
    firm.store.write("verify", verify).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

async fn judge(firm: &Firm, task: TaskId, bytes: &[u8], thresholds: &Thresholds) -> Option<Coverage> {
    let read = |_: ContentId| {
        let bytes = bytes.to_vec();
        async move { Some(bytes) }
    };
    judge_coverage(&firm.store, (firm.org, task), thresholds, read).await.unwrap()
}

/// The phone was restarted before the walk and after it: in the boot of the walk nothing was answered.
async fn r_096_pieces_of_a_boot_without_answers_count_and_the_thresholds_are_the_firms(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let (first, walked, last) = (device.boot, BootId(Uuid::from_u128(77)), BootId(Uuid::from_u128(78)));
    assert!(first != walked);
    device.boot = walked;
    device.anchor = Some(Anchor {
        server_ms: device.now,
        boot_ms: device.now.0 - (MORNING.0 + 3_600_000),
        boot_id: walked,
        rtt_ms: 100,
    });
    device.note_anchor(device.anchor.unwrap());
    let bytes = walk_then(&mut device, &firm, &mut work, 300, last);
    device.anchor = device.anchor.map(|anchor| Anchor { boot_id: last, ..anchor });
    device.finish(&firm, &mut work, &firm.items_of(0)[..1]);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    verify(&firm, work.task).await;
    let strict = Thresholds { inside_percent_min: 99, accuracy_m_max: 4, ..Thresholds::default() };
    let vague = judge(&firm, work.task, &bytes, &strict).await.unwrap();
    assert_eq!((vague.verdict, vague.thresholds), (CoverageVerdict::NotRecorded, strict), "5 m is worse than 4");
    forget_verdict(&firm, work.task).await;
    let verdict = judge(&firm, work.task, &bytes, &Thresholds::default()).await.unwrap();
    assert_eq!(verdict.verdict, CoverageVerdict::Covered, "{verdict:?}");
    assert!(verdict.inside_ms > 290_000, "{verdict:?}");
}

async fn r_368_what_was_walked_before_the_task_was_got_says_nothing_of_it(firm: Firm) {
    let (from, to) = (firm.operators[0], firm.operators[1]);
    let mut old = Device::claim(&firm, from, 1).await;
    let mut new = Device::claim(&firm, to, 2).await;
    let items = firm.items_of(0)[..1].to_vec();
    let mut work = old.start_task(&firm, &items, firm.assignments[0]);
    old.result(&firm, &mut work, &items[0], Verdict::Conform);
    old.now = old.now.plus_ms(300_000);
    let handed = TaskHandedOver { from, to, reason: "end of shift".into() };
    old.record(firm.project, &work.subject, &[], &handed.into());
    assert_eq!(old.push_from(&firm, 1).await.results, []);
    let page = new.pull(&firm.store, None, Some(200)).await.unwrap();
    let rev = page.changes.iter().find(|change| change.kind == "task").unwrap().rev;
    let seen = Some(Seen { doc: work.task.to_string(), rev });
    let mut on = Work { subject: Subject { seen, ..work.subject.clone() }, ..work.clone() };
    // Walked while the other one had the task; sealed for it after a restart of the phone.
    new.note_anchor(new.anchor.unwrap());
    let restarted = BootId(Uuid::from_u128(78));
    let bytes = walk_then(&mut new, &firm, &mut on, 300, restarted);
    new.anchor = new.anchor.map(|anchor| Anchor { boot_id: restarted, ..anchor });
    new.now = new.now.plus_ms(10_000);
    new.photo(&firm, &mut on, PhotoRole::Selfie, None);
    new.site(&firm, &mut on);
    new.describe(&firm, &mut on);
    new.submit(&firm, &mut on);
    assert_eq!(new.push_from(&firm, 1).await.results, []);
    verify(&firm, on.task).await;
    let verdict = judge(&firm, on.task, &bytes, &Thresholds::default()).await.unwrap();
    assert_eq!(verdict.verdict, CoverageVerdict::NotRecorded, "{verdict:?}");
    assert!(
        verdict.inside_ms < 10_000,
        "of five minutes at most what the bounds of the hand-over leave open: {verdict:?}"
    );
}

/// As if the settings had changed and the verdict were to be taken again.
async fn forget_verdict(firm: &Firm, task: TaskId) {
    let (org, id) = (firm.org, task.to_string());
    let mut document = document(firm, task).await;
    document.coverage = None;
    let body = serde_json::to_string(&document).unwrap();
    let write = async move |tx: &mut Tx| {
        let update = sql!("UPDATE document SET body = ?3 WHERE org = ?1 AND kind = 'task' AND id = ?2");
        tx.execute(update, &row![org, &id, &pack(body.as_bytes())?]).await
    };
    firm.store.write("forget", write).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

/// The phone had not met the server in the boot of its work; when it does, every fact of the boot is placed anew.
async fn r_096_the_verdict_is_taken_again_when_its_times_become_known_better(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let anchor = device.anchor.take();
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let bytes = walk(&mut device, &firm, &mut work, 300);
    device.finish(&firm, &mut work, &firm.items_of(0)[..1]);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    verify(&firm, work.task).await;
    judge(&firm, work.task, &bytes, &Thresholds::default()).await.unwrap();
    let loose = document(&firm, work.task).await;
    assert!(loose.coverage.is_some());
    device.anchor = anchor;
    device.note_anchor(device.anchor.unwrap());
    let through = device.head();
    assert_eq!(device.push_from(&firm, through).await.results, []);
    let tight = document(&firm, work.task).await;
    assert!(tight.task.results[0].at != loose.task.results[0].at, "the time is known better");
    assert_eq!(tight.coverage, None, "the verdict stood on the old times");
    let again = judge(&firm, work.task, &bytes, &Thresholds::default()).await.unwrap();
    assert_eq!(again.verdict, CoverageVerdict::Covered);
}

async fn a_track_is_compared_with_the_fence_when_its_last_piece_is_verified(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let bytes = walk(&mut device, &firm, &mut work, 300);
    device.finish(&firm, &mut work, &firm.items_of(0)[..1]);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let (org, task) = (firm.org, work.task);
    let read = |_: ContentId| {
        let bytes = bytes.clone();
        async move { Some(bytes) }
    };
    let early = judge_coverage(&firm.store, (org, task), &Thresholds::default(), read).await.unwrap();
    assert_eq!(early, None, "the bytes are not verified");
    let verify = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE blob SET state = 'verified', media = 'track' WHERE mime = 'track'"), &[]).await?;
        refresh_task_evidence(tx, org, task).await
    };
    let due = firm.store.write("verify", verify).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert!(due, "the photos need not be here for the track to be judged");
    let verdict = judge_coverage(&firm.store, (org, task), &Thresholds::default(), read).await.unwrap().unwrap();
    assert_eq!(verdict.verdict, CoverageVerdict::Covered);
    assert!(verdict.inside_ms > 295_000 && verdict.outside_ms == 0, "{verdict:?}");
    assert_eq!(document(&firm, task).await.coverage, Some(verdict));
    assert_eq!(
        judge_coverage(&firm.store, (org, task), &Thresholds::default(), read).await.unwrap(),
        None,
        "once a round"
    );
}
