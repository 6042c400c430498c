//! `POST /v1/session/nonce`.

use crate::{api::problem::ApiProblem, auth::bearer::check_incarnation, office::session::nonce::make, state::App};
use axum::{Json, extract::State, http::HeaderMap};
use firebee_protocol::session::Nonce;

/// Makes a nonce, good for five minutes and one use.
///
/// # Errors
/// `incarnation_changed`.
pub async fn nonce(State(app): State<App>, headers: HeaderMap) -> Result<Json<Nonce>, ApiProblem> {
    check_incarnation(&headers, app.incarnation)?;
    Ok(Json(make(&app).await?))
}
