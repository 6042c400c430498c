//! Connections that break at an exact byte.

use crate::scene::{Scene, is_blob, is_push};
use firebee_tests::link::{Harm, Seen};
use std::sync::{Arc, Mutex};

/// What a request of this kind weighs on this phone.
async fn weigh(scene: &mut Scene, aim: fn(&Seen) -> bool) -> Seen {
    scene.link.take_log();
    scene.record();
    scene.photograph(20_000);
    scene.client.sync().now().await.unwrap();
    let log = scene.link.take_log();
    log.into_iter().map(|(seen, _)| seen).filter(aim).max_by_key(|seen| seen.body).unwrap()
}

/// The first and last bytes of head and body, and some between.
fn points(seen: &Seen) -> Vec<usize> {
    let (head, all) = (seen.head, seen.head + seen.body);
    let mut points = vec![0, 1, head / 2, head - 1, head, head + 1, head + seen.body / 2, all - 2, all - 1];
    points.sort_unstable();
    points.dedup();
    points
}

async fn breaks_requests_of(aim: fn(&Seen) -> bool) {
    let mut scene = Scene::new().await;
    let weight = weigh(&mut scene, aim).await;
    let mut pictures = Vec::new();
    for bytes in points(&weight) {
        scene.record();
        pictures.push(scene.photograph(20_000));
        scene.link.once(aim, Harm::ResetRequest(bytes));
        scene.fails_with("network_error").await;
        scene.settles().await;
    }
    for picture in pictures {
        assert!(scene.on_server(&picture) == Some(picture));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_that_breaks_at_any_byte_is_sent_again_whole() {
    breaks_requests_of(is_push).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blob_that_breaks_at_any_byte_arrives_whole() {
    breaks_requests_of(is_blob).await;
}

/// The answer breaks; the server has acted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_breaks_at_any_byte_is_no_answer() {
    for aim in [is_push, is_blob] {
        let mut scene = Scene::new().await;
        for bytes in [1, 12, 40, 100, 180] {
            scene.record();
            let picture = scene.photograph(20_000);
            let broken = Arc::new(Mutex::new(false));
            let seen_it = broken.clone();
            scene.link.plan(move |seen| {
                let mut broken = seen_it.lock().unwrap();
                if aim(seen) && !*broken {
                    *broken = true;
                    return Harm::ResetAnswer(bytes);
                }
                Harm::None
            });
            scene.fails_with("network_error").await;
            assert!(*broken.lock().unwrap());
            scene.settles().await;
            assert!(scene.on_server(&picture) == Some(picture));
        }
    }
}

/// A large photo is not begun again from its first byte.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_photo_goes_on_where_it_broke() {
    let mut scene = Scene::new().await;
    let picture = scene.photograph(4 << 20);
    let mut broken = false;
    scene.link.plan(move |seen| {
        // The first piece has 1 MiB, the second one the rest.
        let rest = is_blob(seen) && seen.body > 2_000_000 && !broken;
        broken |= rest;
        if rest { Harm::ResetRequest(1_600_000) } else { Harm::None }
    });
    scene.fails_with("network_error").await;
    let sent = |log: Vec<(Seen, Harm)>| -> usize {
        log.iter().filter(|(seen, _)| is_blob(seen)).map(|(seen, _)| seen.body).sum()
    };
    scene.link.take_log();
    scene.settles().await;
    let again = sent(scene.link.take_log());
    // Of the piece that broke, the server keeps what it had read: a reset drops what still lay in the system's buffers.
    assert!(again < picture.len() - (1 << 20) + 50_000, "{again} bytes of {} were sent after the break", picture.len());
    assert!(scene.on_server(&picture) == Some(picture));
}
