//! `POST /v1/session/nonce`.

use crate::api::openapi as doc;
use crate::{
    api::problem::ApiProblem,
    auth::incarnation::{self, Firm},
    office::session::nonce::make,
    state::App,
};
use axum::{Json, extract::State, http::HeaderMap};
use firebee_protocol::session::Nonce;

/// Makes a nonce, good for five minutes and one use.
///
/// # Errors
/// `incarnation_changed`.
#[utoipa::path(post, path = "/v1/session/nonce", operation_id = "make_nonce", tag = "session", params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows")),
    responses(
        (status = 200, description = "A nonce", body = doc::Nonce),
        (status = 409, description = "incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "slow_down", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "server_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn nonce(State(app): State<App>, headers: HeaderMap) -> Result<Json<Nonce>, ApiProblem> {
    incarnation::check(&app, incarnation::named(&headers), Firm::Unknown).await?;
    Ok(Json(make(&app.store, app.clock.now()).await?))
}
