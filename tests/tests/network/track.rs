//! What a phone says of its track before the server does.

use crate::scene::Scene;
use firebee_client::{
    screen::TrackSums,
    work::{
        evidence::{PhotoSource, TakePhoto},
        task::{DescribeTask, SubmitTask},
        track::StartTrack,
    },
};
use firebee_domain::{
    evidence::PhotoRole,
    geofence::{CoverageVerdict, Thresholds},
    track::{Fix, Provider},
};
use firebee_protocol::text::{Chip, Language};
use firebee_server::office::account::tell_track;
use firebee_tests::{picture, recorded::untestable, served::Served};

/// The setting of the server: receivers here are better than 5 m.
const EXACT: Thresholds =
    Thresholds { recorded_percent_min: 50, inside_percent_min: 80, gap_ms_max: 60_000, accuracy_m_max: 4 };

/// Walks inside the fence for five minutes, to within 5 m, and answers meanwhile.
fn work(scene: &Scene) {
    scene.client.tracks().start(StartTrack { task: scene.task, replayed: false }).unwrap();
    let began_ms = firebee_client::ports::Clock::now(&*scene.clock).boot_ms;
    for second in 0..300 {
        let fix = Fix {
            boot_ms: began_ms + i64::from(second) * 1_000,
            lat_e6: 31_230_000 + second,
            lon_e6: 121_470_000,
            accuracy_m: 5,
            provider: Provider::Gnss,
            mock: false,
        };
        scene.client.tracks().append(&[fix]).unwrap();
        pass(scene, 1_000);
    }
    for item in &scene.items {
        scene.client.tasks().record_result(&untestable(scene.task, *item)).unwrap();
    }
}

/// Both clocks go on.
fn pass(scene: &Scene, ms: i64) {
    scene.clock.advance_ms(ms);
    scene.served.app.clock.advance_ms(ms);
}

fn preview(scene: &Scene) -> TrackSums {
    scene.client.screens().track().unwrap().unwrap().sums.unwrap()
}

fn submit(scene: &Scene) {
    let task = scene.task;
    scene.client.tracks().stop().unwrap();
    for role in [PhotoRole::Selfie, PhotoRole::Panel] {
        let source = PhotoSource::Bytes(picture::jpeg(1, 20_000));
        let photo = TakePhoto { task, role, item: None, ordinal: None, source };
        scene.client.evidence().take_photo(&photo).unwrap();
    }
    let (helpers, instruments) = (Vec::new(), Vec::new());
    scene.client.tasks().describe(&DescribeTask { task, controller_brand: None, helpers, instruments }).unwrap();
    scene.client.tasks().submit(SubmitTask { task }).unwrap();
}

/// the verdict that a phone previews is the one that its server will make, whatever the server's settings are. A
/// phone that was not told them yet previews by the usual ones and says that the server decides.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_096_the_phone_previews_by_the_thresholds_of_its_server() {
    let scene = Scene::on(Served::start_set(|config| config.track = EXACT).await).await;
    work(&scene);
    let usual = preview(&scene);
    let chip = |verdict| Chip::track(Language::Zh, verdict);
    assert_eq!(usual.verdict, chip(CoverageVerdict::Covered));
    assert_eq!(usual.note.as_deref(), Some("暂按通用标准估算，以服务器的判定为准。"));
    let office = &scene.served.app.office;
    assert_eq!(tell_track(office).await.unwrap(), 3, "the accounts of the firm");
    assert_eq!(tell_track(office).await.unwrap(), 0, "told once");
    scene.settles().await;
    let told = preview(&scene);
    assert_eq!((told.verdict.clone(), told.note), (chip(CoverageVerdict::NotRecorded), None));
    submit(&scene);
    scene.settles().await;
    let judged = wait_for_the_verdict(&scene).await;
    assert_eq!((chip(judged.verdict), judged.thresholds), (told.verdict, EXACT));
}

/// The server judges after it has answered.
async fn wait_for_the_verdict(scene: &Scene) -> firebee_domain::geofence::Coverage {
    loop {
        match scene.document().await.coverage {
            Some(coverage) => return coverage,
            None => tokio::task::yield_now().await,
        }
    }
}
