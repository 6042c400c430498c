//! Serves a file that somebody attached. No browser keeps it, and none runs it.

use super::refused::Refusal;
use crate::{
    blobs::{BlobKey, served},
    state::App,
};
use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};

/// The bytes of a file that the visitor may read.
pub(super) async fn bytes(app: &App, key: BlobKey) -> Result<Response, Refusal> {
    shown(app.blobs.read(key).await.ok_or(Refusal::NotFound)?)
}

/// Bytes that were made for the visitor, or that it may read.
pub(super) fn shown(bytes: Vec<u8>) -> Result<Response, Refusal> {
    let found = served(&bytes);
    let disposition = if found.inline { "inline" } else { "attachment" };
    let disposition = format!("{disposition}; filename=\"{}\"", found.file_name);
    let headers = [
        (header::CONTENT_TYPE, found.media_type),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let mut response = bytes.into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let disposition = HeaderValue::try_from(disposition).map_err(|_| Refusal::Page)?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}
