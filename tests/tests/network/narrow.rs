//! Links and proxies that carry little at a time.

use crate::scene::{Scene, is_blob};
use firebee_tests::link::{Harm, Seen};

/// Rounds within which a photo must have passed a link that cuts every connection.
const ROUNDS: u32 = 200;

/// Rounds until everything is sent, with nothing mended.
async fn rounds_until_sent(scene: &Scene) -> u32 {
    let mut rounds = 0;
    while scene.client.sync().now().await.is_err() {
        rounds += 1;
        assert!(rounds < ROUNDS, "{:?}", scene.overview());
    }
    rounds
}

fn sent_bytes(log: &[(Seen, Harm)]) -> usize {
    log.iter().filter(|(seen, _)| seen.path.starts_with("/v1/blobs")).map(|(seen, _)| seen.body).sum()
}

/// Only the first 50 KB of a connection pass. What arrived stays, so each try brings the photo on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_cuts_every_connection_after_50_kb_delivers_a_photo_in_the_end() {
    let mut scene = Scene::new().await;
    let picture = scene.photograph(1_500_000);
    scene.link.plan(|seen| if seen.head + seen.body > 50_000 { Harm::ResetRequest(50_000) } else { Harm::None });
    let rounds = rounds_until_sent(&scene).await;
    let sent = sent_bytes(&scene.link.take_log());
    println!("{rounds} rounds failed, {sent} bytes asked for");
    assert!(scene.on_server(&picture) == Some(picture));
}

/// A proxy that keeps a body until it is whole hands nothing of a broken one on: only small pieces pass.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_proxy_that_hands_on_no_broken_body_pieces_shrink_until_they_pass() {
    let mut scene = Scene::new().await;
    let picture = scene.photograph(1_500_000);
    scene.link.plan(|seen| if seen.head + seen.body > 20_000 { Harm::Cut } else { Harm::None });
    let rounds = rounds_until_sent(&scene).await;
    println!("{rounds} rounds failed");
    let largest = scene.link.take_log().into_iter().filter(|(_, harm)| *harm == Harm::None).map(|(seen, _)| seen.body);
    assert!(largest.max().unwrap() <= 20_000);
    assert!(scene.on_server(&picture) == Some(picture));
}

/// A 413 without our header is a proxy's. The size is remembered across restarts; smaller pieces pass.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_size_that_a_proxy_refuses_is_remembered_across_restarts() {
    let mut scene = Scene::new().await;
    let refuse = |seen: &Seen| {
        if seen.body > 100_000 {
            Harm::Portal(413, b"<h1>413 Request Entity Too Large</h1>".to_vec())
        } else {
            Harm::None
        }
    };
    scene.link.plan(refuse);
    let refused = |log: Vec<(Seen, Harm)>| log.into_iter().filter(|(_, harm)| *harm != Harm::None).count();
    let first = scene.photograph(600_000);
    scene.client.sync().now().await.unwrap();
    let learnt = refused(scene.link.take_log());
    assert!((1..=4).contains(&learnt), "{learnt} refusals");
    assert!(scene.on_server(&first) == Some(first));
    scene.restart();
    let second = scene.photograph(600_000);
    scene.client.sync().now().await.unwrap();
    assert_eq!(refused(scene.link.take_log()), 0, "the phone knew");
    assert!(scene.on_server(&second) == Some(second));
}

/// Where not even the smallest piece passes, the user is told that it is the network's doing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_that_refuses_every_file_is_told_in_its_own_words() {
    let mut scene = Scene::new().await;
    let picture = scene.photograph(200_000);
    scene.link.plan(|seen| if is_blob(seen) { Harm::Portal(413, Vec::new()) } else { Harm::None });
    scene.fails_with("network_refuses_size").await;
    scene.settles().await;
    assert!(scene.on_server(&picture) == Some(picture));
}
