//! `POST /v1/session/release`.

use crate::api::openapi as doc;
use crate::{
    api::{body::JsonBody, problem::ApiProblem},
    auth::incarnation::{self, Firm},
    office::session::release::{ReleaseError, release as run},
    state::App,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use firebee_protocol::session::ReleaseRequest;

/// Signs out: 204, also when the store was signed out already.
///
/// # Errors
/// `incarnation_changed`, `signature_invalid`, `nonce_spent`.
#[utoipa::path(post, path = "/v1/session/release", operation_id = "release_session", tag = "session", params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows")), request_body = doc::ReleaseRequest,
    responses(
        (status = 204, description = "Signed out, now or before"),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "nonce_spent, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 413, description = "too_large", body = doc::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type", body = doc::Problem, content_type = "application/problem+json"),
        (status = 422, description = "signature_invalid", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "slow_down", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "server_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn release(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(request): JsonBody<ReleaseRequest>,
) -> Result<StatusCode, ApiProblem> {
    incarnation::check(&app, incarnation::named(&headers), Firm::OfStore(request.store_id)).await?;
    run(&app.office, &request).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<ReleaseError> for ApiProblem {
    fn from(error: ReleaseError) -> Self {
        Self::of(error.code())
    }
}
