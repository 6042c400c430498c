//! `GET /v1/catalogues/{id}`.

use crate::api::openapi as doc;
use crate::{
    api::{immutable, problem::ApiProblem},
    auth::Bearer,
    query,
    state::App,
    store::Tx,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use firebee_domain::{code::Code, id::ContentId};

/// The bytes of a catalogue pack, whose hash is its id.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/v1/catalogues/{id}", operation_id = "read_catalogue", tag = "documents", security(("access_token" = [])), params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows"), ("id" = String, Path, description = "sha256- and 64 hex digits")),
    responses(
        (status = 200, description = "The pack's bytes, whose hash is the id"),
        (status = 304, description = "The device has it"),
        (status = 401, description = "token_expired, sign_in_again", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "store_revoked, account_disabled", body = doc::Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "fenced, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "data_behind, slow_down", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn get(
    State(app): State<App>,
    _bearer: Bearer,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let id: ContentId = id.parse().map_err(|_| ApiProblem::of(Code::NotFound))?;
    let read = async move |tx: &mut Tx| query::catalogue::bytes(tx, id).await;
    let bytes = app.store.read("read_catalogue", read).await?.ok_or_else(|| ApiProblem::of(Code::NotFound))?;
    if let Some(unchanged) = immutable::unchanged(&headers, id) {
        return Ok(unchanged);
    }
    let mut response = bytes.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    immutable::mark(response.headers_mut(), id);
    Ok(response)
}
