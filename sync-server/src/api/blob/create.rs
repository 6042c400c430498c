//! `POST /v1/blobs`: tus's creation.

use super::{UPLOAD_LENGTH, UPLOAD_METADATA, check_tus, in_tus, number, reached_headers};
use crate::api::openapi as doc;
use crate::{api::problem::ApiProblem, auth::Bearer, blobs::BlobKey, state::App, upload::begin};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use firebee_domain::{code::Code, id::ContentId};
use serde_json::json;

/// Names the place of an announced blob: 201 with its `Location`.
///
/// # Errors
/// `blob_not_announced`, `too_large`, `bad_request`, `tus_version_unsupported`.
#[utoipa::path(post, path = "/v1/blobs", operation_id = "create_upload", tag = "blobs", security(("access_token" = [])), params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows"),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Length" = u64, Header, description = "Bytes of the blob"),
        ("Upload-Metadata" = String, Header, description = "blob, a blank, and the blob's id in base64")),
    responses(
        (status = 201, description = "Its place is in Location"),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "token_expired, sign_in_again", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "store_revoked, account_disabled", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "blob_not_announced, fenced, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 412, description = "tus_version_unsupported", body = doc::Problem, content_type = "application/problem+json"),
        (status = 413, description = "too_large", body = doc::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "data_behind, slow_down", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "disk_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn create(State(app): State<App>, bearer: Bearer, headers: HeaderMap) -> Result<Response, ApiProblem> {
    check_tus(&headers)?;
    let len = number(&headers, &UPLOAD_LENGTH)?;
    let wanted = || ApiProblem::of(Code::BadRequest).with(json!({ "header": UPLOAD_METADATA.as_str() }));
    let id = headers.get(UPLOAD_METADATA).and_then(|value| blob_of(value.to_str().ok()?)).ok_or_else(wanted)?;
    let reached = begin(&app.uploads, BlobKey { org: bearer.org, id }, len).await.map_err(in_tus)?;
    let mut response = StatusCode::CREATED.into_response();
    reached_headers(response.headers_mut(), reached);
    if let Ok(place) = HeaderValue::from_str(&format!("/v1/blobs/{id}")) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// The id behind the key `blob` of `Upload-Metadata`.
fn blob_of(metadata: &str) -> Option<ContentId> {
    let mut pairs = metadata.split(',').filter_map(|pair| pair.trim().split_once(' '));
    let (_, encoded) = pairs.find(|(name, _)| *name == "blob")?;
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
        assert_eq!(blob_of("blob"), None);
        assert_eq!(blob_of(""), None);
    }
}
