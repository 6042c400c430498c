//! `OPTIONS /v1/blobs`: what of tus is spoken here. Needs no token.

use super::{TUS_VERSION, TUS_VERSIONS};
use axum::{
    http::{HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use firebee_protocol::limits::LIMITS;

/// tus's versions, extensions, algorithms and size.
#[utoipa::path(options, path = "/v1/blobs", operation_id = "describe_uploads", tag = "blobs",
    responses((status = 204, description = "Tus-Version, Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm")))]
pub async fn options() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(TUS_VERSIONS, TUS_VERSION);
    headers.insert(HeaderName::from_static("tus-max-size"), LIMITS.blob_bytes_max.into());
    headers.insert(
        HeaderName::from_static("tus-extension"),
        HeaderValue::from_static("creation,creation-with-upload,checksum"),
    );
    headers.insert(HeaderName::from_static("tus-checksum-algorithm"), HeaderValue::from_static("sha1,sha256"));
    response
}
