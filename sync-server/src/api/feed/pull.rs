//! `GET /v1/pull`.

use crate::{
    api::problem::ApiProblem,
    auth::Bearer,
    query::{self, PullError, PullRequest},
    state::App,
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use firebee_protocol::pull::Page;
use serde::Deserialize;

/// What may stand behind the question mark.
#[derive(Debug, Deserialize)]
pub struct PullQuery {
    /// Where the device stands; without it a snapshot begins.
    pub cursor: Option<String>,
    /// Changes at most.
    pub limit: Option<u32>,
}

/// Gives the changes of the account's feed after a cursor.
///
/// # Errors
/// `cursor_expired`, `fenced`, `bad_request`, `slow_down`.
pub async fn pull(
    State(app): State<App>,
    bearer: Bearer,
    query: Result<Query<PullQuery>, QueryRejection>,
) -> Result<Json<Page>, ApiProblem> {
    let Query(PullQuery { cursor, limit }) = query.map_err(|_| ApiProblem::of("bad_request"))?;
    let request = PullRequest { cursor, limit, unsent: bearer.unsent };
    let page = query::pull(&app.store, app.incarnation, &bearer.device(), &request, app.clock.now()).await?;
    Ok(Json(page))
}

impl From<PullError> for ApiProblem {
    fn from(error: PullError) -> Self {
        Self::of(error.code())
    }
}
