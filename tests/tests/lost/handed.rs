//! A lead hands a task over while the phone that has it walks through the building.

use crate::scene::{Phone, Scene};
use firebee_client::work::track::StartTrack;
use firebee_domain::{
    code::Code,
    id::TaskId,
    track::{Fix, Provider},
};
use firebee_tests::browse::Browser;

/// The phone walks on for a minute, with a fix every five seconds.
fn walk(scene: &Scene, phone: &Phone) {
    for _ in 0..12 {
        scene.pass(&[phone], 5_000);
        let boot_ms = firebee_client::ports::Clock::now(&*phone.clock).boot_ms;
        let (lat_e6, lon_e6) = (36_617_000, 101_778_000);
        let fix = Fix { boot_ms, lat_e6, lon_e6, accuracy_m: 5, provider: Provider::Gnss, mock: false };
        phone.client.tracks().append(&[fix]).unwrap();
    }
}

async fn hand_over(scene: &Scene, task: TaskId) {
    let li = Browser::of(&scene.office, "li").await;
    let path = format!("/tasks/{task}");
    let chen = scene.office.account("chen").to_string();
    let fields = [("to", chen.as_str()), ("reason", "马工生病")];
    let done = li.submit(&li.get(&path).await, &format!("{path}/hand-over"), &fields).await;
    assert!(done.location().contains("done="), "{}", done.text());
}

/// How many pieces of track the task has of this account.
async fn pieces(scene: &Scene, task: TaskId, of: &str) -> usize {
    let held = scene.task(task).await.unwrap().task;
    let author = scene.office.account(of);
    held.segments.iter().filter(|piece| held.author_of(piece.fact) == author).count()
}

/// what was walked before the hand-over counts for every task that the walk served then, although it is sealed
/// later; what is walked afterwards counts for the task that is left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_368_a_walk_before_the_hand_over_counts_for_the_tasks_that_ran_then() {
    let scene = Scene::open().await;
    let ma = scene.phone("Pixel 6a").await;
    let items = ma.items();
    let first = ma.start(items[0]);
    ma.client.tracks().start(StartTrack { task: first, replayed: false }).unwrap();
    ma.answer(first, items[0]);
    let second = ma.start(items[1]);
    ma.client.tracks().start(StartTrack { task: second, replayed: false }).unwrap();
    ma.answer(second, items[1]);
    ma.sends_all().await;
    walk(&scene, &ma);
    hand_over(&scene, first).await;
    // The phone does not know it yet, and then hears of it.
    walk(&scene, &ma);
    ma.client.sync().now().await.unwrap();
    assert_eq!(ma.client.screens().task(first).unwrap_err().code(), Code::TaskHandedOver);
    walk(&scene, &ma);
    let running = ma.client.tracks().status().unwrap().unwrap();
    assert_eq!(running.task, second);
    walk(&scene, &ma);
    ma.client.tracks().stop().unwrap();
    ma.sends_all().await;
    ma.client.sync().now().await.unwrap();
    assert_eq!(ma.not_counted(), Vec::<String>::new());
    assert_eq!(pieces(&scene, first, "ma").await, 1, "the walk until the phone knew");
    assert!(pieces(&scene, second, "ma").await >= 2, "and all of it for the other task");
}

/// a walk that is sealed before the phone knows of the hand-over counts too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_368_a_walk_that_is_sealed_after_the_hand_over_counts_by_when_it_was_walked() {
    let scene = Scene::open().await;
    let ma = scene.phone("Pixel 6a").await;
    let items = ma.items();
    let task = ma.start(items[0]);
    ma.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
    ma.sends_all().await;
    walk(&scene, &ma);
    hand_over(&scene, task).await;
    scene.pass(&[&ma], 3_600_000);
    ma.client.tracks().stop().unwrap();
    // Begun after the hand-over: kept, and not counted.
    ma.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
    walk(&scene, &ma);
    ma.client.tracks().stop().unwrap();
    ma.sends_all().await;
    assert_eq!(pieces(&scene, task, "ma").await, 2, "the walk, and the silence that began with its last fix");
    ma.client.sync().now().await.unwrap();
    let left = ma.not_counted();
    assert!(!left.is_empty() && left.iter().all(|code| code == "task_handed_over"), "{left:?}");
}

/// a walk that is sealed after the phone restarted began before the hand-over, for all that anybody knows. The track ends
/// and leaves nothing in hand, or goes on for another task, which is told the silence of the restart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_368_a_walk_before_a_restart_counts_and_nothing_of_it_stays_on_the_phone() {
    for goes_on in [false, true] {
        let scene = Scene::open().await;
        let mut ma = scene.phone("Pixel 6a").await;
        let items = ma.items();
        let first = ma.start(items[0]);
        ma.client.tracks().start(StartTrack { task: first, replayed: false }).unwrap();
        let second = goes_on.then(|| ma.start(items[1]));
        if let Some(task) = second {
            ma.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
            ma.answer(task, items[1]);
        }
        ma.sends_all().await;
        walk(&scene, &ma);
        hand_over(&scene, first).await;
        scene.pass(&[&ma], 3_600_000);
        ma.clock.restart();
        ma.restart(|_| ());
        ma.client.sync().now().await.unwrap();
        scene.pass(&[&ma], 600_000);
        let now = firebee_client::ports::Clock::now(&*ma.clock);
        let (lat_e6, lon_e6) = (36_617_000, 101_778_000);
        let fix = Fix { boot_ms: now.boot_ms, lat_e6, lon_e6, accuracy_m: 5, provider: Provider::Gnss, mock: false };
        ma.client.tracks().append(&[fix]).unwrap();
        let running = ma.client.tracks().status().unwrap();
        assert_eq!(running.map(|track| track.task), second);
        if goes_on {
            ma.client.tracks().stop().unwrap();
        }
        ma.sends_all().await;
        ma.client.sync().now().await.unwrap();
        assert_eq!(ma.not_counted(), Vec::<String>::new());
        assert_eq!(pieces(&scene, first, "ma").await, 1, "the walk before the restart");
        assert!(ma.client.screens().me().unwrap().sign_out.allowed, "no track is in the way");
        if let Some(task) = second {
            let held = scene.task(task).await.unwrap().task;
            let of_now = held.segments.iter().filter(|piece| piece.segment.boot_id == now.boot_id);
            let (silent, walked): (Vec<u32>, Vec<u32>) =
                of_now.map(|piece| piece.segment.fixes).partition(|fixes| *fixes == 0);
            assert_eq!((silent, walked), (vec![0], vec![1]));
        }
    }
}
