//! The addresses of phones, asked by who is none: with no token, and with the cookie of a manager.

use crate::walk::Walk;
use axum::{
    body::Body,
    http::{Request, header},
};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

/// What answers anybody: what a phone must know before it has a token.
const OPEN: [&str; 3] = ["/v1/capabilities", "/v1/session/nonce", "/v1/openapi.json"];

/// What a phone asks with.
const METHODS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/// Asks every address with every method, with an id that some page has shown.
pub(super) async fn ask_without_a_token(walk: &mut Walk<'_>) {
    let wang = walk.world.people.iter().find(|person| person.name == "jia-wang").unwrap();
    let nobody = walk.world.people.iter().find(|person| person.name == "nobody").unwrap();
    let known = walk.shown.get(&wang.name).cloned().unwrap_or_default().ids;
    let file = known.iter().find(|id| id.len() == 64).unwrap();
    let row = known.iter().find(|id| id.len() == 36).unwrap();
    for pattern in &walk.routes.of_phones {
        let id = if pattern.contains("/blobs/") { format!("sha256-{file}") } else { row.clone() };
        let parts = pattern.split('/').map(|part| if part.starts_with('{') { id.as_str() } else { part });
        let address = parts.collect::<Vec<_>>().join("/");
        for (method, cookie) in
            METHODS.iter().flat_map(|method| [(*method, ""), (*method, wang.browser.cookie.as_str())])
        {
            let request = Request::builder().method(method).uri(&address).header(header::COOKIE, cookie);
            let answer = walk.world.office.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let status = answer.status();
            let bytes = answer.into_body().collect().await.unwrap().to_bytes();
            let said = String::from_utf8_lossy(&bytes);
            let told = nobody.forbidden.iter().any(|word| said.contains(word.as_str()));
            let open = method == "OPTIONS" || OPEN.contains(&pattern.as_str());
            if status.is_server_error() || told || (status.is_success() && !open) {
                walk.found.push(format!("{method} {address} without a token: {status} {said}"));
            } else {
                walk.refused += usize::from(!status.is_success());
            }
        }
    }
}
