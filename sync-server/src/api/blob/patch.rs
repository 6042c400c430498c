//! `PATCH /v1/blobs/{id}`: a piece of a blob.

use super::{
    PIECE, UPLOAD_LENGTH, UPLOAD_OFFSET, check_tus, checksum, delivery, id_of, in_tus, incoming, number, received,
};
use crate::api::openapi as doc;
use crate::{
    api::{bearer::Sending, problem::ApiProblem},
    evidence::blob::Delivery,
    state::App,
    upload::{self, ReceiveError},
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::Response,
};
use firebee_domain::code::Code;

/// Takes a piece that begins at `Upload-Offset`: 204 with the new offset. The last piece verifies the blob. A newer
/// request stops an older one.
///
/// # Errors
/// `offset_mismatch {offset}`, `checksum_mismatch` and `blob_mismatch` (460), `blob_not_announced`, `length_mismatch`,
/// `too_large`, `unsupported_media_type`, `blobs_full`, `uploads_unfinished`.
#[utoipa::path(patch, path = "/v1/blobs/{id}", operation_id = "send_piece", tag = "blobs", security(("access_token" = [])), params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows"), ("id" = String, Path, description = "sha256- and 64 hex digits"),
        ("Tus-Resumable" = String, Header, description = "1.0.0", example = "1.0.0"),
        ("Upload-Offset" = u64, Header, description = "Where the piece begins"),
        ("Upload-Checksum" = Option<String>, Header, description = "sha1 or sha256, a blank, and the hash in base64")),
    request_body(content = String, content_type = "application/offset+octet-stream", description = "The piece"),
    responses(
        (status = 204, description = "Upload-Offset and Firebee-Blob"),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "token_expired, sign_in_again", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "store_revoked, account_disabled", body = doc::Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found: the address names no blob", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "offset_mismatch, length_mismatch, blob_not_announced, fenced, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 412, description = "tus_version_unsupported", body = doc::Problem, content_type = "application/problem+json"),
        (status = 413, description = "too_large", body = doc::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type", body = doc::Problem, content_type = "application/problem+json"),
        (status = 460, description = "checksum_mismatch, blob_mismatch", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "data_behind, slow_down", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "blobs_full, uploads_unfinished, server_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn patch(
    State(app): State<App>,
    sending: Sending,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiProblem> {
    check_tus(&headers)?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != PIECE) {
        return Err(ApiProblem::of(Code::UnsupportedMediaType));
    }
    let delivery = delivery(&app, &sending, id_of(&id)?).await.map_err(in_tus)?;
    let offset = number(&headers, &UPLOAD_OFFSET)?;
    if headers.contains_key(UPLOAD_LENGTH) {
        check_len(&app, delivery, number(&headers, &UPLOAD_LENGTH)?).await?;
    }
    let checksum = checksum(&headers)?;
    received(upload::patch(app.uploads.clone(), delivery, offset, checksum, incoming(body)), in_tus).await
}

/// A length that a piece names is that of its upload: nobody may change it on the way.
async fn check_len(app: &App, delivery: Delivery, len: u64) -> Result<(), ApiProblem> {
    let reached = upload::look(&app.uploads, delivery).await.map_err(in_tus)?;
    if reached.len == len { Ok(()) } else { Err(in_tus(ReceiveError::LengthDiffers { len: reached.len })) }
}
