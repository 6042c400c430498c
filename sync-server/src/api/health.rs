//! `GET /healthz` and `GET /readyz`, for whoever watches over the process.

use crate::{api::problem::ApiProblem, query, state::App, store::Tx};
use axum::extract::State;

/// The process answers.
pub async fn health() -> &'static str {
    "ok\n"
}

/// The database answers, too.
///
/// # Errors
/// What the store met.
pub async fn ready(State(app): State<App>) -> Result<&'static str, ApiProblem> {
    app.store.read("ready", async move |tx: &mut Tx| query::ready(tx).await).await?;
    Ok("ready\n")
}
