//! The verdict of a track, once every piece of it is here.

use crate::{both, fixture::*};
use firebee_domain::{
    evidence::{PhotoRole, TrackSegment},
    geofence::{Coverage, CoverageVerdict},
    id::{BootId, ContentId, TaskId},
    result::Verdict,
    time::Anchor,
    track::{Fix, Provider, Segment},
};
use firebee_protocol::{
    fact::{BlobRef, BlobRole, Body, DeviceNote, Mime, Subject},
    track::encode,
};
use firebee_server::{
    coverage::{judge_coverage, unjudged},
    evidence::refresh_task_evidence,
    sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    device::{Device, Work},
    firm::{Firm, MORNING},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

both!(
    a_track_is_compared_with_the_fence_when_its_last_piece_is_verified,
    /// what times say decides a verdict, so better times decide it again.
    r_128_a_verdict_is_taken_again_when_a_later_anchor_moves_the_times_it_stands_on,
    a_piece_of_a_boot_without_an_answer_counts_by_an_anchor_of_that_boot,
);

/// A fix every second inside the fence, from the device's clock on for `seconds`; the device's clock follows.
fn walk(device: &mut Device, firm: &Firm, work: &mut Work, seconds: i64) -> Vec<u8> {
    let first = device.now.0 - (MORNING.0 + 3_600_000);
    let fix = |n: i64| Fix {
        boot_ms: first + n * 1_000,
        lat_e6: 31_230_000 + i32::try_from(n).unwrap(),
        lon_e6: 121_470_000,
        accuracy_m: 5,
        provider: Provider::Gnss,
        mock: false,
    };
    let segment = Segment { boot_id: device.boot, fixes: (0..seconds).map(fix).collect(), holes: Vec::new() };
    let bytes = encode(&segment).unwrap();
    let blob = ContentId(Sha256::digest(&bytes).into());
    device.now = device.now.plus_ms(seconds * 1_000);
    let body = Body::TrackSegment(TrackSegment {
        blob,
        boot_id: device.boot,
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

/// Marks every piece of the task as verified, and says whether its track can be judged now.
async fn verify(firm: &Firm, task: TaskId) -> bool {
    let org = firm.org;
    let verify = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE blob SET state = 'verified', media = 'track' WHERE mime = 'track'"), &[]).await?;
        refresh_task_evidence(tx, org, task).await
    };
    firm.store.write("verify", verify).await.unwrap_or_else(|error: StoreError| panic!("{error}"))
}

/// Judges the track of a task, each piece of which is one of `pieces`.
async fn judge(firm: &Firm, task: TaskId, pieces: &[Vec<u8>]) -> Option<Coverage> {
    let read = |blob: ContentId| {
        let found = pieces.iter().find(|bytes| ContentId(Sha256::digest(bytes).into()) == blob).cloned();
        async move { found }
    };
    judge_coverage(&firm.store, firm.org, task, read).await.unwrap()
}

async fn a_track_is_compared_with_the_fence_when_its_last_piece_is_verified(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let item = firm.items_of(0)[0].clone();
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let bytes = walk(&mut device, &firm, &mut work, 300);
    device.result(&firm, &mut work, &item, Verdict::Conform);
    device.photo(&firm, &mut work, PhotoRole::Selfie, None);
    device.describe(&firm, &mut work);
    device.submit(&firm, &mut work);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let (task, pieces) = (work.task, [bytes]);
    assert_eq!(judge(&firm, task, &pieces).await, None, "the bytes are not verified");
    assert!(verify(&firm, task).await, "the photos need not be here for the track to be judged");
    let verdict = judge(&firm, task, &pieces).await.unwrap();
    assert_eq!(verdict.verdict, CoverageVerdict::Covered);
    assert!(verdict.inside_ms > 295_000 && verdict.outside_ms == 0, "{verdict:?}");
    assert_eq!(document(&firm, task).await.coverage, Some(verdict));
    assert_eq!(judge(&firm, task, &pieces).await, None, "once a round");
}

async fn r_128_a_verdict_is_taken_again_when_a_later_anchor_moves_the_times_it_stands_on(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.anchor = None;
    let item = firm.items_of(0)[0].clone();
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let pieces = [walk(&mut device, &firm, &mut work, 300)];
    device.result(&firm, &mut work, &item, Verdict::Conform);
    device.photo(&firm, &mut work, PhotoRole::Selfie, None);
    device.describe(&firm, &mut work);
    device.submit(&firm, &mut work);
    device.push_from(&firm, 1).await;
    assert!(verify(&firm, work.task).await);
    let loose = judge(&firm, work.task, &pieces).await;
    assert!(loose.is_some(), "claim and receipt bound the times");
    let boot_ms = device.now.0 - (MORNING.0 + 3_600_000);
    let anchor = Anchor { server_ms: device.now, boot_ms, boot_id: device.boot, rtt_ms: 100 };
    let note = Body::DeviceNote(DeviceNote::Anchor { anchor, stamp: None });
    let (_, line) = device.line(None, &Subject::default(), &[], &note);
    device.log.push(line);
    device.push_from(&firm, device.head()).await;
    assert_eq!(document(&firm, work.task).await.coverage, None, "the times have moved");
    let org = firm.org;
    let waiting = unjudged(&firm.store, org, TaskId(Uuid::nil()), 10).await.unwrap();
    assert_eq!(waiting, [work.task], "a server that starts finds it");
    let verdict = judge(&firm, work.task, &pieces).await.unwrap();
    assert_eq!(verdict.verdict, CoverageVerdict::Covered);
    assert!(verdict.inside_ms > 295_000, "{verdict:?}");
}

async fn a_piece_of_a_boot_without_an_answer_counts_by_an_anchor_of_that_boot(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let item = firm.items_of(0)[0].clone();
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    // The phone restarts twice: the walk is alone in its boot, and the boot is known by its anchor.
    let boots = [BootId(Uuid::from_u128(0xb0)), BootId(Uuid::from_u128(0xb1))];
    let restart = |device: &mut Device, boot_id| {
        let boot_ms = device.now.0 - (MORNING.0 + 3_600_000);
        device.boot = boot_id;
        device.anchor = Some(Anchor { server_ms: device.now, boot_ms, boot_id, rtt_ms: 100 });
    };
    restart(&mut device, boots[0]);
    let pieces = [walk(&mut device, &firm, &mut work, 300)];
    restart(&mut device, boots[1]);
    device.result(&firm, &mut work, &item, Verdict::Conform);
    device.photo(&firm, &mut work, PhotoRole::Selfie, None);
    device.describe(&firm, &mut work);
    device.submit(&firm, &mut work);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    assert!(verify(&firm, work.task).await);
    let verdict = judge(&firm, work.task, &pieces).await.unwrap();
    assert_eq!(verdict.verdict, CoverageVerdict::Covered, "{verdict:?}");
    assert!(verdict.inside_ms > 295_000, "the piece lies in a boot that has no answer: {verdict:?}");
}
