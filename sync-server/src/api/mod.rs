//! The interface of phones and of programs: `api/<noun>/<verb>.rs` extracts, calls, answers. No SQL, no rule.

mod bearer;
pub mod blob;
pub mod body;
pub mod catalogue;
pub mod export;
pub mod fact;
pub mod feed;
pub mod health;
pub mod immutable;
pub mod monitoring;
pub mod openapi;
pub mod problem;
mod program;
pub mod session;
pub mod stamp;

use crate::{api::problem::ApiProblem, bound, state::App};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn,
    response::{IntoResponse as _, Response},
    routing,
};
use firebee_domain::code::Code;
use firebee_protocol::limits::LIMITS;
use std::time::Duration;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::{router::OpenApiRouter, routes};

/// How long a control request may take.
const CONTROL_MAX: Duration = Duration::from_secs(30);

/// How long a push may take: its body may come over a slow link.
const PUSH_MAX: Duration = Duration::from_secs(300);

/// The most bytes in the body of a push: the limit of its unpacked lines plus its frame.
const PUSH_BYTES_MAX: usize = LIMITS.inflated_bytes_max as usize + (64 << 10);

/// The most bytes in the body of any other request, unless its route says otherwise.
pub const BODY_BYTES_MAX: usize = 64 << 10;

/// The most bytes in the body of a delivery of events: as many as may be, each of the longest.
const DELIVERY_BYTES_MAX: usize = 4 << 20;

/// Every route of the interface, and what watches over the process.
pub fn routes() -> Router<App> {
    described().into()
}

/// What the routes say of themselves.
fn document() -> Document {
    described().into_openapi()
}

/// Each route with its description: one line, whose path stands at the handler.
fn described() -> OpenApiRouter<App> {
    let control = OpenApiRouter::with_openapi(openapi::frame())
        .routes(routes!(health::health))
        .routes(routes!(health::ready))
        .routes(routes!(openapi::openapi))
        .routes(routes!(session::capabilities::capabilities))
        .routes(routes!(session::nonce::nonce))
        .routes(routes!(session::claim::claim))
        .routes(routes!(session::password::password))
        .routes(routes!(session::refresh::refresh))
        .routes(routes!(session::release::release))
        .routes(routes!(feed::pull::pull))
        .routes(routes!(catalogue::get::get))
        .layer(from_fn(bound::bytes(BODY_BYTES_MAX as u64, too_large)))
        .layer(from_fn(bound::time(CONTROL_MAX, slow_down)));
    let push = OpenApiRouter::default()
        .routes(routes!(fact::push::push))
        .route_layer(DefaultBodyLimit::max(PUSH_BYTES_MAX))
        .layer(from_fn(bound::bytes(PUSH_BYTES_MAX as u64, too_large)))
        .layer(from_fn(bound::time(PUSH_MAX, slow_down)));
    // No time-out for the whole request: a slow link may take long for a piece. A silent sender is cut off.
    let blobs = OpenApiRouter::default()
        .routes(routes!(blob::create::create, blob::options::options))
        .routes(routes!(blob::get::get, blob::head::head, blob::patch::patch, blob::put::put))
        // tus asks the same of one upload. The description says it once, at the place where uploads begin.
        .route("/v1/blobs/{id}", routing::options(blob::options::options).post(blob::over::over))
        .layer(from_fn(blob::in_version))
        .route_layer(DefaultBodyLimit::disable())
        .layer(from_fn(bound::bytes(u64::from(LIMITS.blob_bytes_max), too_large)));
    // A program takes a table as fast as it can. A silent one is cut off.
    let programs = OpenApiRouter::default()
        .routes(routes!(export::table::table))
        .routes(routes!(export::track::track))
        .layer(from_fn(bound::bytes(BODY_BYTES_MAX as u64, too_large)));
    let deliveries = OpenApiRouter::default()
        .routes(routes!(monitoring::deliver::deliver))
        .route_layer(DefaultBodyLimit::max(DELIVERY_BYTES_MAX))
        .layer(from_fn(bound::bytes(DELIVERY_BYTES_MAX as u64, too_large)))
        .layer(from_fn(bound::time(CONTROL_MAX, slow_down)));
    control.merge(push).merge(blobs).merge(programs).merge(deliveries)
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
