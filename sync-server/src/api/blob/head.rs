//! `HEAD /v1/blobs/{id}`.

use super::{check_tus, delivery, id_of, in_tus, reached_headers};
use crate::{
    api::{bearer::Sending, problem::ApiProblem},
    state::App,
    upload::{ReceiveError, look},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use firebee_domain::code::Code;

/// The state of an upload: `Upload-Offset`, `Upload-Length`, `Firebee-Blob`. A verified blob shows its full length.
///
/// # Errors
/// `not_found` for a blob that no fact of this organisation announced: an answer to `HEAD` has no body, so the status
/// must differ from that of a conflict.
#[utoipa::path(head, path = "/v1/blobs/{id}", operation_id = "find_upload", tag = "blobs", security(("access_token" = [])), params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows"), ("id" = String, Path, description = "sha256- and 64 hex digits"),
        ("Tus-Resumable" = String, Header, description = "1.0.0", example = "1.0.0")),
    responses(
        (status = 200, description = "Upload-Offset, Upload-Length, and Firebee-Blob: announced, receiving, verified or durable"),
        (status = 401, description = "token_expired, sign_in_again"),
        (status = 403, description = "store_revoked, account_disabled"),
        (status = 404, description = "not_found: no fact of this organisation announced it"),
        (status = 409, description = "fenced, incarnation_changed"),
        (status = 412, description = "tus_version_unsupported"),
        (status = 400, description = "bad_request"),
        (status = 415, description = "unsupported_media_type"),
        (status = 503, description = "data_behind, slow_down"),
        (status = 507, description = "blobs_full, server_full")
    ))]
pub async fn head(
    State(app): State<App>,
    sending: Sending,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    check_tus(&headers)?;
    let id = id_of(&id)?;
    let looked = async { look(&app.uploads, delivery(&app, &sending, id).await?).await };
    let reached = looked.await.map_err(|error| match error {
        ReceiveError::NotAnnounced => ApiProblem::of(Code::NotFound),
        other => in_tus(other),
    })?;
    let mut response = StatusCode::OK.into_response();
    reached_headers(response.headers_mut(), reached);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
