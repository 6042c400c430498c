//! `GET /healthz` and `GET /readyz`, for whoever watches over the process.

use crate::api::openapi as doc;
use crate::{api::problem::ApiProblem, query, state::App, store::Tx};
use axum::extract::State;

/// The process answers.
#[utoipa::path(get, path = "/healthz", operation_id = "read_health", tag = "server", responses((status = 200, description = "The process answers")))]
pub async fn health() -> &'static str {
    "ok\n"
}

/// The database answers, too.
///
/// # Errors
/// What the store met.
#[utoipa::path(get, path = "/readyz", operation_id = "read_readiness", tag = "server",
    responses(
        (status = 200, description = "The database answers"),
        (status = 503, description = "slow_down: the database does not answer", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn ready(State(app): State<App>) -> Result<&'static str, ApiProblem> {
    app.store.read("ready", async move |tx: &mut Tx| query::ready(tx).await).await?;
    Ok("ready\n")
}
