//! Caching of bytes that are named by their hash.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use firebee_domain::id::ContentId;

/// Answers 304 when the client already has the bytes. Check the permission before calling this.
pub fn unchanged(headers: &HeaderMap, id: ContentId) -> Option<Response> {
    let tag = tag(id);
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let has = known.flat_map(|value| value.split(',')).any(|known| known.trim() == tag);
    has.then(|| {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        mark(response.headers_mut(), id);
        response
    })
}

/// Adds the headers of bytes that never change and that only this client may cache.
pub fn mark(headers: &mut HeaderMap, id: ContentId) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    if let Ok(value) = HeaderValue::from_str(&tag(id)) {
        headers.insert(header::ETAG, value);
    }
}

fn tag(id: ContentId) -> String {
    format!("\"{id}\"")
}
