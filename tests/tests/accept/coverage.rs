//! The verdict of a track, once every piece of it is here.

use crate::{both, fixture::*};
use firebee_domain::{
    evidence::{PhotoRole, TrackSegment},
    geofence::CoverageVerdict,
    id::ContentId,
    result::Verdict,
    track::{Fix, Provider, Segment},
};
use firebee_protocol::{
    fact::{BlobRef, BlobRole, Body, Mime},
    track::encode,
};
use firebee_server::{
    coverage::judge_coverage,
    evidence::refresh_task_evidence,
    sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    device::{Device, Work},
    firm::{Firm, MORNING},
};
use sha2::{Digest, Sha256};

both!(a_track_is_compared_with_the_fence_when_its_last_piece_is_verified);

/// A fix every second inside the fence, from the device's clock on for `seconds`; the device's clock follows.
pub fn walk(device: &mut Device, firm: &Firm, work: &mut Work, seconds: i64) -> Vec<u8> {
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
    let (org, task) = (firm.org, work.task);
    let read = |_: ContentId| {
        let bytes = bytes.clone();
        async move { Some(bytes) }
    };
    let early = judge_coverage(&firm.store, org, task, read).await.unwrap();
    assert_eq!(early, None, "the bytes are not verified");
    let verify = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE blob SET state = 'verified', media = 'track' WHERE mime = 'track'"), &[]).await?;
        refresh_task_evidence(tx, org, task).await
    };
    let due = firm.store.write("verify", verify).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert!(due, "the photos need not be here for the track to be judged");
    let verdict = judge_coverage(&firm.store, org, task, read).await.unwrap().unwrap();
    assert_eq!(verdict.verdict, CoverageVerdict::Covered);
    assert!(verdict.inside_ms > 295_000 && verdict.outside_ms == 0, "{verdict:?}");
    assert_eq!(document(&firm, task).await.coverage, Some(verdict));
    assert_eq!(judge_coverage(&firm.store, org, task, read).await.unwrap(), None, "once a round");
}
