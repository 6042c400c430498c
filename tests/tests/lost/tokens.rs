//! What a late token opens: push, and the blobs of its own facts. Nothing else, on both engines.

use axum::{
    body::Body,
    http::{Method, Request},
};
use firebee_protocol::push::PushReply;
use firebee_server::office::session::force_release::force_release;
use firebee_tests::{
    device::Sign,
    firm::{postgres, sqlite},
    house::{House, Phone},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_token_opens_push_and_own_blobs_and_nothing_else_on_sqlite() {
    Box::pin(only_sending(House::open(sqlite().await).await)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_token_opens_push_and_own_blobs_and_nothing_else_on_postgres() {
    Box::pin(only_sending(House::open(postgres().await).await)).await;
}

async fn only_sending(house: House) {
    let mut lost = Phone::signed_in(&house, "ma").await;
    let mut device = lost.device(&house.firm);
    let items = house.firm.items_of(0).to_vec();
    let mut work = device.start_task(&house.firm, &items[..1], house.firm.assignments[0]);
    let other = Phone::signed_in(&house, "li").await;
    let mut others = other.device(&house.firm);
    let mut theirs = others.start_task(&house.firm, &house.firm.items_of(1)[..1], house.firm.assignments[1]);
    for _ in 0..5 {
        others.describe(&house.firm, &mut theirs);
    }
    others.photo(&house.firm, &mut theirs, firebee_domain::evidence::PhotoRole::Selfie, None);
    others.push_from(&house.firm, 1).await;
    let foreign = firebee_tests::device::photo(others.head() - 1, firebee_domain::evidence::PhotoRole::Selfie, None);
    device.photo(&house.firm, &mut work, firebee_domain::evidence::PhotoRole::Selfie, None);
    let own = firebee_tests::device::photo(device.head() - 1, firebee_domain::evidence::PhotoRole::Selfie, None);

    force_release(&house.app.office, "ma", "lost").await.unwrap();
    let push = async |phone: &Phone, sign| {
        let body = device.request(1, device.head(), sign).body;
        let request = phone.request(&house, Method::POST, "/v1/push").header("content-type", "application/x-ndjson");
        let request = request.header("content-encoding", "zstd").body(Body::from(body)).unwrap();
        house.send(request).await
    };
    let plain = |request: Request<Body>| async { house.send(request).await };
    assert_eq!(push(&lost, Sign::Right).await.problem(), (409, "fenced".into()), "it must learn that first");
    let told = lost.refresh(&house).await;
    assert_eq!(told.json::<serde_json::Value>()["late"], "fenced");
    assert_eq!(push(&lost, Sign::Absent).await.problem(), (422, "unsigned".into()));
    assert_eq!(push(&lost, Sign::Wrong).await.problem(), (422, "chain_mismatch".into()));
    let reply: PushReply = push(&lost, Sign::Right).await.json();
    let codes: Vec<&str> = reply.results.iter().map(|outcome| outcome.code.as_str()).collect();
    assert_eq!((reply.acked_through, reply.fenced, codes), (2, true, vec!["late", "late"]));
    let again: PushReply = push(&lost, Sign::Right).await.json();
    assert_eq!((again.receipt, again.results), (reply.receipt, reply.results), "a lost answer comes again");

    let at = |method: Method, path: &str| lost.request(&house, method, path);
    let none = || Body::empty();
    assert_eq!(lost.pull(&house).await.problem(), (409, "fenced".into()));
    let path = format!("/v1/blobs/{}", own.1[0].id);
    assert_eq!(plain(at(Method::GET, &path).body(none()).unwrap()).await.problem(), (409, "fenced".into()));
    let pack = format!("/v1/catalogues/{}", firebee_protocol::catalogue::Pack::embedded().id);
    assert_eq!(plain(at(Method::GET, &pack).body(none()).unwrap()).await.problem(), (409, "fenced".into()));
    let head = |path: &str| at(Method::HEAD, path).header("tus-resumable", "1.0.0").body(none()).unwrap();
    assert_eq!(plain(head(&path)).await.status, 200);
    let not_ours = format!("/v1/blobs/{}", foreign.1[0].id);
    assert_eq!(plain(head(&not_ours)).await.status, 404);
    let put = at(Method::PUT, &not_ours).body(Body::from(vec![1; 1_000])).unwrap();
    assert_eq!(plain(put).await.problem(), (409, "blob_not_announced".into()));
    let put = at(Method::PUT, &path).body(Body::from(vec![1; 1_000])).unwrap();
    assert_eq!(plain(put).await.problem(), (422, "blob_mismatch".into()), "it is taken, and compared");

    // Another phone has the account now, which changes nothing; signing in again ends the late token.
    let next = Phone::signed_in(&house, "ma").await;
    assert_eq!(push(&lost, Sign::Right).await.status, 200);
    next.release(&house).await;
    let late = lost.clone();
    lost.claim_id = Phone::new("ma").claim_id;
    lost.head = firebee_protocol::session::Head { seq: device.head(), chain: device.chain(device.head()) };
    assert_eq!(lost.claim(&house).await.status, 200);
    assert_eq!(push(&late, Sign::Right).await.problem(), (401, "token_expired".into()));
    assert_eq!(lost.pull(&house).await.status, 200);
}
