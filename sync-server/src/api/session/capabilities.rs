//! `GET /v1/capabilities`: what a device needs to know before it has a token.

use crate::state::App;
use axum::{Json, extract::State};
use firebee_protocol::{limits::LIMITS, session::Capabilities};

/// Answers key, incarnation, limits and clock; needs no token.
pub async fn capabilities(State(app): State<App>) -> Json<Capabilities> {
    Json(Capabilities {
        v: 1,
        incarnation: app.incarnation,
        server_key: app.key.public(),
        old_server_keys: Vec::new(),
        limits: LIMITS,
        server_ms: app.clock.now(),
    })
}
