//! `PATCH /v1/blobs/{id}`: a piece of a blob.

use super::{UPLOAD_CHECKSUM, UPLOAD_OFFSET, check_tus, in_tus, incoming, key, number, received};
use crate::api::openapi as doc;
use crate::{api::problem::ApiProblem, auth::Bearer, blobs::Checksum, state::App, upload};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use firebee_domain::code::Code;
use serde_json::json;

/// Takes a piece that begins at `Upload-Offset`: 204 with the new offset. The last piece verifies the blob. A newer
/// request stops an older one.
///
/// # Errors
/// `offset_mismatch {offset}`, `checksum_mismatch` and `blob_mismatch` (460), `blob_not_announced`, `too_large`,
/// `unsupported_media_type`, `disk_full`.
#[utoipa::path(patch, path = "/v1/blobs/{id}", operation_id = "send_piece", tag = "blobs", security(("access_token" = [])), params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows"), ("id" = String, Path, description = "sha256- and 64 hex digits"),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Offset" = u64, Header, description = "Where the piece begins"),
        ("Upload-Checksum" = Option<String>, Header, description = "sha1 or sha256, a blank, and the hash in base64")),
    request_body(content = String, content_type = "application/offset+octet-stream", description = "The piece"),
    responses(
        (status = 204, description = "Upload-Offset and Firebee-Blob"),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "token_expired, sign_in_again", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "store_revoked, account_disabled", body = doc::Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found: the address names no blob", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "offset_mismatch, blob_not_announced, fenced, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 412, description = "tus_version_unsupported", body = doc::Problem, content_type = "application/problem+json"),
        (status = 413, description = "too_large", body = doc::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type", body = doc::Problem, content_type = "application/problem+json"),
        (status = 460, description = "checksum_mismatch, blob_mismatch", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "data_behind, slow_down", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "disk_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn patch(
    State(app): State<App>,
    bearer: Bearer,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiProblem> {
    check_tus(&headers)?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/offset+octet-stream") {
        return Err(ApiProblem::of(Code::UnsupportedMediaType));
    }
    let (key, offset) = (key(&bearer, &id)?, number(&headers, &UPLOAD_OFFSET)?);
    let checksum = checksum(&headers)?;
    received(upload::patch(app.uploads.clone(), key, offset, checksum, incoming(body)), in_tus).await
}

fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, ApiProblem> {
    let Some(value) = headers.get(UPLOAD_CHECKSUM) else { return Ok(None) };
    let read = value.to_str().ok().and_then(|text| {
        let (algorithm, encoded) = text.trim().split_once(' ')?;
        let bytes = STANDARD.decode(encoded.trim()).ok()?;
        match algorithm {
            "sha1" => bytes.try_into().ok().map(Checksum::Sha1),
            "sha256" => bytes.try_into().ok().map(Checksum::Sha256),
            _ => None,
        }
    });
    read.map(Some).ok_or_else(|| ApiProblem::of(Code::BadRequest).with(json!({ "header": UPLOAD_CHECKSUM.as_str() })))
}
