//! The description of the interface against the router: what programs and phones may ask for stands in `/v1/openapi.json`.

use super::routes::patterns;
use axum::{
    Router,
    body::Body,
    http::{Method, Request},
};
use firebee_tests::office::Office;
use http_body_util::BodyExt as _;
use serde_json::Value;
use std::collections::BTreeSet;
use tower::ServiceExt as _;

/// tus asks the same of one upload as of all, and lets a client that has only POST name another method. The description says it once.
const SAID_ELSEWHERE: [&str; 2] = ["options /v1/blobs/{id}", "post /v1/blobs/{id}"];

async fn answer(router: &Router, method: &str, uri: &str) -> (axum::http::HeaderMap, Vec<u8>) {
    let request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(uri);
    let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    (parts.headers, body.collect().await.unwrap().to_bytes().to_vec())
}

/// every route of phones and programs is described, and nothing is described that is not there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_388_every_route_of_phones_and_programs_is_described() {
    let router = Office::sqlite().await.router;
    let served: Value = serde_json::from_slice(&answer(&router, "GET", "/v1/openapi.json").await.1).unwrap();
    let mut described = BTreeSet::new();
    for (path, operations) in served["paths"].as_object().unwrap() {
        described.extend(operations.as_object().unwrap().keys().map(|method| format!("{method} {path}")));
    }
    let mut routed = BTreeSet::new();
    let of_programs = |path: &String| path.starts_with("/v1/") || path == "/healthz" || path == "/readyz";
    for path in patterns(&router).into_iter().filter(of_programs) {
        let (head, _) = answer(&router, "REPORT", &path.replace(['{', '}'], "")).await;
        let allowed = head.get("allow").unwrap_or_else(|| panic!("{path} does not tell its methods")).to_str().unwrap();
        for method in allowed.split(',').map(|method| method.trim().to_ascii_lowercase()) {
            // What answers GET answers HEAD.
            if method != "head" || described.contains(&format!("head {path}")) {
                routed.insert(format!("{method} {path}"));
            }
        }
    }
    for said in SAID_ELSEWHERE {
        assert!(routed.remove(said), "{said} is no route");
    }
    assert!(described.len() > 20 && routed == described, "{:?}", routed.symmetric_difference(&described));
}
