//! The interface of phones: `api/<noun>/<verb>.rs` extracts, calls, answers. No SQL, no rule.

mod bearer;
pub mod blob;
pub mod body;
pub mod catalogue;
pub mod fact;
pub mod feed;
pub mod health;
pub mod immutable;
pub mod openapi;
pub mod problem;
pub mod session;

use crate::{api::problem::ApiProblem, bound, state::App};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use firebee_domain::code::Code;
use firebee_protocol::limits::LIMITS;
use std::time::Duration;

/// How long a control request may take.
const CONTROL_MAX: Duration = Duration::from_secs(30);

/// How long a push may take: its body may come over a slow link.
const PUSH_MAX: Duration = Duration::from_secs(300);

/// The most bytes in the body of a push: the limit of its unpacked lines plus its frame.
const PUSH_BYTES_MAX: usize = LIMITS.inflated_bytes_max as usize + (64 << 10);

/// The most bytes in the body of any other request, unless its route says otherwise.
pub const BODY_BYTES_MAX: usize = 64 << 10;

/// Every route of the phones' interface, and what watches over the process.
pub fn routes() -> Router<App> {
    let control = Router::new()
        .route("/healthz", get(health::health))
        .route("/readyz", get(health::ready))
        .route("/v1/openapi.json", get(openapi::openapi))
        .route("/v1/capabilities", get(session::capabilities::capabilities))
        .route("/v1/session/nonce", post(session::nonce::nonce))
        .route("/v1/session/claim", post(session::claim::claim))
        .route("/v1/session/refresh", post(session::refresh::refresh))
        .route("/v1/session/release", post(session::release::release));
    let push = Router::new()
        .route("/v1/push", post(fact::push::push))
        .route_layer(DefaultBodyLimit::max(PUSH_BYTES_MAX))
        .layer(from_fn(bound::bytes(PUSH_BYTES_MAX as u64, too_large)))
        .layer(from_fn(bound::time(PUSH_MAX, slow_down)));
    let control = control
        .route("/v1/pull", get(feed::pull::pull))
        .route("/v1/catalogues/{id}", get(catalogue::get::get))
        .layer(from_fn(bound::bytes(BODY_BYTES_MAX as u64, too_large)))
        .layer(from_fn(bound::time(CONTROL_MAX, slow_down)));
    // No time-out for the whole request: a slow link may take long for a piece. A silent sender is cut off.
    let blobs = Router::new()
        .route("/v1/blobs", post(blob::create::create).options(blob::options::options))
        .route(
            "/v1/blobs/{id}",
            get(blob::get::get)
                .head(blob::head::head)
                .patch(blob::patch::patch)
                .put(blob::put::put)
                .options(blob::options::options),
        )
        .route_layer(DefaultBodyLimit::disable())
        .layer(from_fn(bound::bytes(u64::from(LIMITS.blob_bytes_max), too_large)));
    control.merge(push).merge(blobs)
}

fn too_large() -> Response {
    ApiProblem::of(Code::TooLarge).into_response()
}

fn slow_down() -> Response {
    ApiProblem::of(Code::SlowDown).into_response()
}

/// No such route.
pub async fn not_found() -> ApiProblem {
    ApiProblem::of(Code::NotFound)
}

/// The route is there, for another method.
pub async fn method_not_allowed() -> ApiProblem {
    ApiProblem::of(Code::MethodNotAllowed)
}
