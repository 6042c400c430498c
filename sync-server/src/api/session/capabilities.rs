//! The answer to `GET /v1/capabilities`, which needs no token.

use crate::api::openapi as doc;
use crate::state::App;
use axum::{Json, extract::State};
use firebee_protocol::{limits::LIMITS, session::Capabilities};

/// Answers key, incarnation, limits and clock; needs no token.
#[utoipa::path(get, path = "/v1/capabilities", operation_id = "read_capabilities", tag = "session",
    responses((status = 200, description = "Key, incarnation, limits, clock", body = doc::Capabilities)))]
pub async fn capabilities(State(app): State<App>) -> Json<Capabilities> {
    Json(Capabilities {
        v: 1,
        incarnation: app.keys.incarnation,
        server_key: app.keys.public(),
        old_server_keys: Vec::new(),
        limits: LIMITS,
        server_ms: app.clock.now(),
    })
}
