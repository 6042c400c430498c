//! The verdict of a track, whatever happens to the process and to the disk meanwhile.

use crate::{
    both,
    evidence::{Field, Photo, document, id_of},
};
use firebee_domain::{
    evidence::{PhotoRole, TrackSegment},
    geofence::CoverageVerdict,
    id::TaskId,
    result::Verdict,
    track::{Fix, Provider, Segment},
};
use firebee_protocol::{
    fact::{BlobRef, BlobRole, Body, Mime},
    track::encode,
};
use firebee_server::{
    blobs::BlobKey,
    evidence::blob::{Whole, verify},
    row, sql,
    store::Tx,
};
use firebee_tests::{firm::MORNING, house::House};

both!(
    a_track_that_was_not_judged_before_the_process_ended_is_judged_at_the_next_start,
    a_track_that_could_not_be_read_once_is_judged_with_the_next_one,
    a_piece_that_was_declared_lost_is_not_waited_for,
);

/// A fix every second inside the fence for five minutes; its bytes are not sent.
fn walk(house: &House, field: &mut Field) -> Vec<u8> {
    let device = &mut field.device;
    let first = device.now.0 - (MORNING.0 + 3_600_000);
    let fix = |n: i64| Fix {
        boot_ms: first + n * 1_000,
        lat_e6: 31_230_000,
        lon_e6: 121_470_000,
        accuracy_m: 5,
        provider: Provider::Gnss,
        mock: false,
    };
    let segment = Segment { boot_id: device.boot, fixes: (0..300).map(fix).collect(), holes: Vec::new() };
    let bytes = encode(&segment).unwrap();
    device.now = device.now.plus_ms(300_000);
    let sealed = TrackSegment {
        blob: id_of(&bytes),
        boot_id: device.boot,
        first_boot_ms: first,
        last_boot_ms: first + 299_000,
        fixes: 300,
        holes: 0,
        replayed: false,
    };
    let named = BlobRef { id: sealed.blob, len: bytes.len() as u64, mime: Mime::Track, role: BlobRole::Track };
    let fact = device.record(house.firm.project, &field.work.subject, &[named], &Body::TrackSegment(sealed));
    field.work.manifest.segments.push(fact);
    bytes
}

/// A submitted task whose track is announced.
async fn submitted(house: &House) -> (Field, TaskId, Vec<u8>) {
    let mut field = Field::start(house).await;
    let bytes = walk(house, &mut field);
    for issued in house.firm.items_of(0) {
        field.device.result(&house.firm, &mut field.work, issued, Verdict::Conform);
    }
    field.device.describe(&house.firm, &mut field.work);
    for role in [PhotoRole::Selfie, PhotoRole::Panel] {
        field.take(house, role, &Photo::new(1, 2_000)).await;
    }
    field.device.submit(&house.firm, &mut field.work);
    field.push(house).await;
    let task = field.work.task;
    (field, task, bytes)
}

async fn verdict(house: &House, task: TaskId) -> Option<CoverageVerdict> {
    document(house, task).await.coverage.map(|coverage| coverage.verdict)
}

async fn a_track_that_was_not_judged_before_the_process_ended_is_judged_at_the_next_start(mut house: House) {
    let (_, task, bytes) = submitted(&house).await;
    // The process ends after the commit that verified the last piece, before anybody has looked at it.
    let key = BlobKey { org: house.firm.org, id: id_of(&bytes) };
    let path = house.app.blobs.path(key);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, &bytes).unwrap();
    verify(
        &house.app.store,
        key,
        Whole { len: bytes.len() as u64, media: Some(firebee_protocol::fact::Mime::Track), exif: None, crc32: 0 },
        house.clock.now(),
    )
    .await
    .unwrap();
    assert_eq!(verdict(&house, task).await, None);
    house.restart().await;
    house.app.tracks.judge_left().await;
    assert_eq!(verdict(&house, task).await, Some(CoverageVerdict::Covered));
    assert_eq!(house.number(sql!("SELECT count(*) FROM task WHERE judged = 0")).await, 0, "and is not looked at again");
}

async fn a_track_that_could_not_be_read_once_is_judged_with_the_next_one(house: House) {
    let (_, task, bytes) = submitted(&house).await;
    let key = BlobKey { org: house.firm.org, id: id_of(&bytes) };
    verify(
        &house.app.store,
        key,
        Whole { len: bytes.len() as u64, media: Some(firebee_protocol::fact::Mime::Track), exif: None, crc32: 0 },
        house.clock.now(),
    )
    .await
    .unwrap();
    house.app.tracks.judge_all(vec![(house.firm.org, task)]).await;
    assert_eq!(verdict(&house, task).await, None, "the disk gives nothing");
    let path = house.app.blobs.path(key);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, &bytes).unwrap();
    house.app.tracks.judge_all(Vec::new()).await;
    assert_eq!(verdict(&house, task).await, Some(CoverageVerdict::Covered));
}

async fn a_piece_that_was_declared_lost_is_not_waited_for(house: House) {
    let (_, task, bytes) = submitted(&house).await;
    let blob = id_of(&bytes);
    let lost =
        async move |tx: &mut Tx| tx.execute(sql!("UPDATE blob SET state = 'lost' WHERE id = ?1"), &row![&blob.0]).await;
    house.execute(lost).await;
    let org = house.firm.org;
    let recount =
        async move |tx: &mut Tx| firebee_server::evidence::refresh_task_evidence(tx, org, task).await.map(u64::from);
    assert_eq!(house.execute(recount).await, 1, "nothing more will come");
    house.app.tracks.judge_all(vec![(org, task)]).await;
    assert_eq!(verdict(&house, task).await, Some(CoverageVerdict::NotRecorded));
}
