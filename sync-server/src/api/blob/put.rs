//! `PUT /v1/blobs/{id}`: a whole blob.

use super::{check_plain, delivery, id_of, incoming, received};
use crate::api::openapi as doc;
use crate::{
    api::{bearer::Sending, problem::ApiProblem},
    state::App,
    upload,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

/// Takes a whole blob of at most 30 MiB. Answers 204 when the blob is verified, even if it was verified before.
///
/// # Errors
/// `blob_not_announced`, `length_mismatch`, `blob_mismatch`, `too_large`, `blobs_full`, `uploads_unfinished`.
#[utoipa::path(put, path = "/v1/blobs/{id}", operation_id = "send_blob", tag = "blobs", security(("access_token" = [])), params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows"), ("id" = String, Path, description = "sha256- and 64 hex digits")),
    request_body(content = String, content_type = "application/octet-stream", description = "The whole blob"),
    responses(
        (status = 204, description = "Verified, now or before"),
        (status = 401, description = "token_expired, sign_in_again", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "store_revoked, account_disabled", body = doc::Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found: the address names no blob", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "offset_mismatch, length_mismatch, blob_not_announced, fenced, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 413, description = "too_large", body = doc::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type", body = doc::Problem, content_type = "application/problem+json"),
        (status = 422, description = "blob_mismatch", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "data_behind, slow_down", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "blobs_full, uploads_unfinished, server_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn put(
    State(app): State<App>,
    sending: Sending,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiProblem> {
    check_plain(&headers)?;
    let delivery = delivery(&app, &sending, id_of(&id)?).await?;
    received(upload::put(app.uploads.clone(), delivery, incoming(body)), ApiProblem::from).await
}
