//! `POST /v1/blobs`: tus's creation, with or without the first bytes.

use super::{
    PIECE, UPLOAD_LENGTH, UPLOAD_METADATA, check_tus, checksum, delivery, in_tus, incoming, number, place, reached,
    reached_headers,
};
use crate::api::openapi as doc;
use crate::{
    api::{bearer::Sending, problem::ApiProblem},
    auth::tls::Tls,
    state::App,
    upload,
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use firebee_domain::{code::Code, id::ContentId};
use serde_json::json;

/// Names the place of an announced blob: 201 with its `Location`, an address with scheme and host. A body is the first
/// piece (creation with upload), so a photo may come in one request. Where the blob has bytes already the body is not read;
/// `Upload-Offset` says from where to go on. A blob without a byte is whole at once.
///
/// # Errors
/// `blob_not_announced`, `length_mismatch`, `too_large`, `bad_request`, `tus_version_unsupported`, `blobs_full`,
/// `uploads_unfinished`; with a body those of a piece, too; for a blob without a byte `blob_mismatch` (460).
#[utoipa::path(post, path = "/v1/blobs", operation_id = "create_upload", tag = "blobs", security(("access_token" = [])), params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows"),
        ("Tus-Resumable" = String, Header, description = "1.0.0", example = "1.0.0"),
        ("Upload-Length" = u64, Header, description = "Bytes of the blob"),
        ("Upload-Metadata" = String, Header, description = "blob, a blank, and the blob's id in base64"),
        ("Upload-Checksum" = Option<String>, Header, description = "Of the body: sha1 or sha256, a blank, and the hash in base64")),
    request_body(content = Option<String>, content_type = "application/offset+octet-stream", description = "Nothing, or the first piece"),
    responses(
        (status = 201, description = "Its place is in Location; Upload-Offset and Firebee-Blob"),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "token_expired, sign_in_again", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "store_revoked, account_disabled", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "offset_mismatch, length_mismatch, blob_not_announced, fenced, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 412, description = "tus_version_unsupported", body = doc::Problem, content_type = "application/problem+json"),
        (status = 413, description = "too_large", body = doc::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type", body = doc::Problem, content_type = "application/problem+json"),
        (status = 460, description = "checksum_mismatch, blob_mismatch", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "data_behind, slow_down", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "blobs_full, uploads_unfinished, server_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn create(
    State(app): State<App>,
    sending: Sending,
    tls: Tls,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiProblem> {
    check_tus(&headers)?;
    let len = number(&headers, &UPLOAD_LENGTH)?;
    let wanted = || ApiProblem::of(Code::BadRequest).with(json!({ "header": UPLOAD_METADATA.as_str() }));
    let id = headers.get(UPLOAD_METADATA).and_then(|value| blob_of(value.to_str().ok()?)).ok_or_else(wanted)?;
    let delivery = delivery(&app, &sending, id).await.map_err(in_tus)?;
    let mut at = upload::begin(&app.uploads, delivery, len).await.map_err(in_tus)?;
    if at.offset == 0 && len > 0 && headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == PIECE) {
        let piece = upload::patch(app.uploads.clone(), delivery, 0, checksum(&headers)?, incoming(body));
        at = reached(piece, in_tus).await?;
    }
    let mut response = StatusCode::CREATED.into_response();
    reached_headers(response.headers_mut(), at);
    response.headers_mut().insert(header::LOCATION, place::of(&app.config, &headers, tls, id));
    Ok(response)
}

/// The id behind the key `blob` of `Upload-Metadata`. Metadata with two such keys name none.
fn blob_of(metadata: &str) -> Option<ContentId> {
    let keyed = |pair: &'_ str| pair.split(' ').next() == Some("blob");
    let mut named = metadata.split(',').map(str::trim).filter(|pair| keyed(pair));
    let (_, encoded) = named.next().filter(|_| named.next().is_none())?.split_once(' ')?;
    String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blob_is_named_in_the_metadata() {
        let id = ContentId([7; 32]);
        let encoded = STANDARD.encode(id.to_string());
        assert_eq!(blob_of(&format!("filename eA==, blob {encoded}")), Some(id));
        assert_eq!(blob_of("blob eA=="), None);
        assert_eq!(blob_of(&format!("blob {encoded},blob {encoded}")), None);
        assert_eq!(blob_of(&format!("blob,blob {encoded}")), None);
        assert_eq!(blob_of("blob"), None);
        assert_eq!(blob_of(""), None);
    }
}
