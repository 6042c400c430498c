//! The answer to `GET /v1/capabilities`, which needs no token.

use crate::api::openapi as doc;
use crate::{
    api::problem::ApiProblem,
    query::org,
    state::App,
    store::{StoreError, Tx},
};
use axum::{Json, extract::State};
use firebee_protocol::{limits::LIMITS, session::Capabilities};

/// Answers limits and clock, and key and incarnation of a server's only firm; needs no token.
#[utoipa::path(get, path = "/v1/capabilities", operation_id = "read_capabilities", tag = "session",
    responses(
        (status = 200, description = "Key, incarnation, limits, clock", body = doc::Capabilities),
        (status = 503, description = "slow_down", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn capabilities(State(app): State<App>) -> Result<Json<Capabilities>, ApiProblem> {
    let read = async move |tx: &mut Tx| match org::only(tx).await? {
        Some(org) => org::seal(tx, org).await.map(Some),
        None => Ok::<_, StoreError>(None),
    };
    let seal = app.store.read("capabilities", read).await?;
    Ok(Json(Capabilities {
        v: 1,
        incarnation: seal.map(|seal| seal.incarnation),
        server_key: seal.map(|seal| seal.public_text()),
        limits: LIMITS,
        server_ms: app.clock.now(),
    }))
}
