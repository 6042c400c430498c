//! The room on a phone: what is safe on the server makes place, and a full disk stops the camera in words.

use crate::stage::Stage;
use firebee_client::{ClientConfig, screen::Purpose, work::evidence::TakePhoto};
use firebee_domain::{
    code::Code,
    evidence::{PhotoRole, PhotoSize},
    id::TaskId,
    review::Decision,
};
use firebee_protocol::text::{Language, problem_text};
use std::{fs, path::Path};

const DAY_MS: i64 = 86_400_000;

/// Whether original, preview and thumbnail of the task's selfie are on the disk of the phone that took it.
fn here(stage: &Stage, task: TaskId) -> [bool; 3] {
    let screen = stage.operator.screens().task(task).unwrap();
    let selfie = screen.selfie.unwrap();
    [selfie.original, selfie.preview, selfie.thumbnail].map(|path| path.is_some_and(|path| Path::new(&path).exists()))
}

/// 14 days after the server promised that it is safe, an original makes place; previews follow when the task is
/// decided, thumbnails stay. The counts are as before, and whoever looks gets the original back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_412_originals_make_place_after_14_days_and_previews_when_the_task_is_decided() {
    let mut stage = Stage::new().await;
    let task = stage.handed_in(0, 2).await;
    let late = stage.start(1);
    stage.photograph(late, PhotoRole::Selfie, None);
    let used = |stage: &Stage, what: &str| {
        let rows = stage.operator.screens().sync().unwrap().storage;
        rows.iter().find(|row| row.what == what).map_or(0, |row| row.bytes)
    };
    let own = stage.operator.tasks().get(task).unwrap().task.photos[0].clone();
    let first = stage.operator.fetch_photo(task, own.fact, PhotoSize::Original).await.unwrap();
    let bytes = fs::read(first).unwrap();
    assert_eq!(here(&stage, task), [true; 3]);

    stage.pass(13 * DAY_MS);
    stage.operator.sync().now().await.unwrap();
    assert_eq!(here(&stage, task), [true; 3], "13 days are not 14");
    let before = used(&stage, "照片原图");
    stage.pass(DAY_MS + 3_600_000);
    stage.operator.sync().now().await.unwrap();
    assert_eq!(here(&stage, task), [false, true, true]);
    assert_eq!(here(&stage, late), [true; 3], "sent a day ago");
    assert!(used(&stage, "照片原图") < before);
    let seen = stage.operator.progress().overview().unwrap();
    assert_eq!((seen.blobs_unsent, seen.facts.pending, seen.facts.parked), (0, 0, 0), "{seen:?}");
    assert_eq!(stage.operator.progress().task(task).unwrap().photos.verified, 3, "they are counted as before");

    let again = stage.operator.fetch_photo(task, own.fact, PhotoSize::Original).await.unwrap();
    assert!(fs::read(again).unwrap() == bytes, "from the server, byte for byte");

    stage.lead.sync().now().await.unwrap();
    let waits = stage.review(task).seen.unwrap();
    stage.lead.review().decide_seen(&waits, Decision::Approved, "", Vec::new()).unwrap();
    stage.lead.sync().now().await.unwrap();
    stage.operator.sync().now().await.unwrap();
    stage.pass(3_600_000);
    stage.operator.sync().now().await.unwrap();
    assert_eq!(here(&stage, task), [false, false, true]);
}

/// before a photo the phone looks for room. Pictures that can be fetched again go first; without room the camera says
/// so in words, nothing is taken, and records go on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_412_without_room_the_camera_says_so_and_records_go_on() {
    let mut stage = Stage::new().await;
    let task = stage.start(0);
    let purpose = Purpose { role: PhotoRole::Selfie, instance: None };
    assert!(stage.operator.screens().camera(task, purpose).unwrap().take.allowed);
    stage.reopen_operator(|config| ClientConfig { photo_bytes: u64::MAX, ..config });
    let camera = stage.operator.screens().camera(task, purpose).unwrap();
    assert_eq!(camera.take.why_not, Some(problem_text(Code::DiskFull, &[], Language::Zh)));
    let photo = TakePhoto { task, role: PhotoRole::Selfie, item: None, ordinal: None, source: Stage::source(9) };
    let refused = stage.operator.evidence().take_photo(&photo).unwrap_err();
    assert_eq!(refused.code(), Code::DiskFull);
    let result = firebee_tests::recorded::untestable(task, stage.items[0]);
    stage.operator.tasks().record_result(&result).unwrap();
    stage.operator.sync().now().await.unwrap();
    stage.reopen_operator(|config| config);
    stage.operator.evidence().take_photo(&photo).unwrap();
}
