//! `POST /v1/session/refresh`.

use crate::api::openapi as doc;
use crate::{
    api::{body::JsonBody, problem::ApiProblem},
    auth::incarnation::{self, Firm},
    office::session::refresh::{RefreshError, refresh as run},
    state::App,
};
use axum::{Json, extract::State, http::HeaderMap};
use firebee_protocol::session::{RefreshReply, RefreshRequest};

/// Mints an access token for the refresh token, the nonce and the device's signature. A phone that lost its account gets one
/// that opens only push and blobs.
///
/// # Errors
/// `incarnation_changed`, `sign_in_again`, `nonce_spent`, `store_revoked`.
#[utoipa::path(post, path = "/v1/session/refresh", operation_id = "refresh_session", tag = "session", params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows")), request_body = doc::RefreshRequest,
    responses(
        (status = 200, description = "Another access token", body = doc::RefreshReply),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "sign_in_again", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "store_revoked", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "nonce_spent, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 413, description = "too_large", body = doc::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "slow_down", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "server_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn refresh(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(request): JsonBody<RefreshRequest>,
) -> Result<Json<RefreshReply>, ApiProblem> {
    incarnation::check(&app, incarnation::named(&headers), Firm::OfStore(request.store_id)).await?;
    Ok(Json(run(&app.office, &request).await?))
}

impl From<RefreshError> for ApiProblem {
    fn from(error: RefreshError) -> Self {
        Self::of(error.code())
    }
}
