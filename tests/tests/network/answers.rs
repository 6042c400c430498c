//! Answers that are lost, requests that come twice, answers that are not the server's.

use crate::scene::{Scene, is_blob, is_pull, is_push, open};
use firebee_domain::code::Code;
use firebee_tests::{
    link::{Harm, Seen},
    served::PASSWORD,
};

/// The server has done it, and the phone never hears so.
async fn loses_the_answer_of(aim: fn(&Seen) -> bool) {
    let mut scene = Scene::new().await;
    scene.record();
    let picture = scene.photograph(30_000);
    scene.link.once(aim, Harm::ResetAnswer(0));
    scene.fails_with("network_error").await;
    assert!(scene.link.take_log().iter().any(|(_, harm)| *harm == Harm::ResetAnswer(0)), "nothing was lost");
    scene.settles().await;
    assert!(scene.on_server(&picture) == Some(picture));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_of_a_push_costs_one_more_push_and_duplicates_nothing() {
    loses_the_answer_of(is_push).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_of_a_pull_costs_one_more_pull() {
    loses_the_answer_of(is_pull).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_of_a_blob_costs_no_second_copy() {
    loses_the_answer_of(is_blob).await;
}

/// The claim is durable before it is asked for, so asking again is the same claim.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_of_a_sign_in_is_the_same_sign_in_again() {
    let scene = Scene::new().await;
    let login = scene.served.firm.operators[1].to_string();
    let home = tempfile::tempdir().unwrap();
    let other = open(home.path().to_owned(), &scene.link, scene.clock.clone());
    scene.link.once(|seen| seen.path == "/v1/session/claim", Harm::ResetAnswer(0));
    let lost = other.session().sign_in(&login, PASSWORD).await.unwrap_err();
    assert_eq!(lost.code(), Code::NetworkError);
    let signed_in = other.session().sign_in(&login, PASSWORD).await.unwrap();
    assert_eq!(signed_in.epoch, 1, "one claim");
}

/// A request arrives twice: as a network that repeats, and as a stray copy after the answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_arrive_twice_have_one_effect() {
    for harm in [Harm::Twice, Harm::Stray] {
        let mut scene = Scene::new().await;
        scene.record();
        let pictures = [scene.photograph(30_000), scene.photograph(1_200_000)];
        let repeated = harm.clone();
        scene.link.plan(move |_| repeated.clone());
        // A repeated piece of a blob meets an offset that has moved on: asked again, that is settled.
        let _ = scene.client.sync().now().await;
        assert!(scene.link.take_log().len() > 5);
        scene.settles().await;
        for picture in pictures {
            assert!(scene.on_server(&picture) == Some(picture), "{harm:?}");
        }
        let document = scene.document().await;
        assert_eq!((document.task.results.len(), document.task.photos.len()), (1, 2), "{harm:?}");
    }
}

/// The sign-in page of a hotel counts as a network error, so nothing counts as sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_captive_portal_is_told_and_nothing_counts_as_sent() {
    let page = b"<html>Please accept our terms</html>".to_vec();
    // Even one that answers every request with what looks like our own success.
    let reply = br#"{"acked_through":99,"durable_through":99,"results":[]}"#.to_vec();
    for (status, body) in [(200, page.clone()), (302, page.clone()), (511, page), (200, reply)] {
        let scene = Scene::new().await;
        scene.record();
        let before = scene.overview().facts;
        scene.link.plan(move |_| Harm::Portal(status, body.clone()));
        scene.fails_with("captive_portal").await;
        let after = scene.overview().facts;
        assert_eq!((after.acked, after.durable), (before.acked, before.durable), "{status}");
        assert_eq!(after.total(), before.total());
        scene.settles().await;
    }
}

/// No network at all is no reason to stop recording or to sign anyone out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_network_everything_is_recorded_and_sent_later() {
    let mut scene = Scene::new().await;
    scene.link.plan(|_| Harm::Cut);
    let picture = scene.photograph(20_000);
    for _ in 0..20 {
        scene.record();
    }
    scene.fails_with("network_error").await;
    scene.restart();
    assert_eq!(scene.overview().facts.total(), 23, "a start, 20 answers, a photo, and the note of a signed time");
    scene.settles().await;
    assert!(scene.on_server(&picture) == Some(picture));
}
