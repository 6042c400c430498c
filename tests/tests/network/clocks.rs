//! The phone's wall clock is wrong by a year; a body takes its time.

use crate::scene::Scene;
use axum::{
    body::{Body, Bytes},
    http::Request,
};
use firebee_domain::result::Verdict;
use firebee_protocol::push::{INCARNATION_HEADER, PushReply};
use firebee_server::router;
use firebee_tests::{
    device::Sign,
    firm::MORNING,
    served::{Served, taken},
};
use futures_util::stream;
use http_body_util::BodyExt as _;
use std::convert::Infallible;
use tower::ServiceExt as _;

const YEAR_MS: i64 = 366 * 86_400_000;

/// A wrong clock is shown and never a reason to refuse data. Decisions use the last anchor plus the boot clock.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_a_year_off_is_accepted_with_bounds_by_the_servers_clock() {
    for skew_ms in [YEAR_MS, -YEAR_MS] {
        let scene = Scene::new().await;
        let now = scene.served.app.clock.now();
        scene.clock.set_wall_ms(now.0 + skew_ms);
        let fact = scene.record();
        scene.settles().await;
        assert_eq!(scene.client.progress().parked().unwrap(), [], "nothing is refused");
        let document = scene.document().await;
        let held = document.task.results.iter().find(|held| held.fact == fact).unwrap();
        assert!((held.at.wall_ms.0 - now.0 - skew_ms).abs() < 60_000, "the wrong clock is shown as it was");
        let bound = held.at.best().unwrap();
        assert!(
            bound.earliest.0 > MORNING.0 && bound.latest.0 <= now.0 + 60_000,
            "{bound:?} is not by the server's clock"
        );
    }
}

/// a push over a bad link is received when its last byte arrives, not its first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_128_a_push_is_dated_when_its_body_is_here() {
    let served = Served::start().await;
    let (mut device, token) = served.device(&served.firm, served.firm.operators[0], 1).await;
    let items = served.firm.items_of(0)[..1].to_vec();
    let mut work = device.start_task(&served.firm, &items, served.firm.assignments[0]);
    let began = served.app.clock.now();
    let clock = served.app.clock.clone();
    let bytes = device.request(1, 1, Sign::Right).body;
    // The handler has begun when it asks for the body.
    let slow = stream::once(async move {
        clock.advance_ms(600_000);
        Ok::<Bytes, Infallible>(bytes)
    });
    let request = Request::post("/v1/push")
        .header("authorization", format!("Bearer {token}"))
        .header(INCARNATION_HEADER, served.firm.keys.incarnation.to_string())
        .header("content-type", "application/x-ndjson")
        .header("content-encoding", "zstd");
    let answer = router(served.app.clone()).oneshot(request.body(Body::from_stream(slow)).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 200);
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    let reply: PushReply = serde_json::from_slice(&body).unwrap();
    assert_eq!(reply.receipt.received_ms, began.plus_ms(600_000));
    // A store's receipts never run backwards, even when the server's clock does.
    served.app.clock.advance_ms(-3_600_000);
    device.result(&served.firm, &mut work, &items[0], Verdict::Conform);
    assert_eq!(taken(&served.push(&device, &token).await).results, []);
    let earliest = firebee_server::sql!("SELECT min(received_ms) FROM push");
    assert_eq!(served.count(earliest).await, began.plus_ms(600_000).0);
}
