//! `GET /v1/blobs/{id}`: the bytes of a blob, or a stretch of them, for people who may see it. A missing and a forbidden
//! blob give the same answer.

use super::range;
use crate::api::openapi as doc;
use crate::{
    api::{immutable, problem::ApiProblem},
    auth::Bearer,
    blobs::{BlobKey, StoredFile, served},
    blocking,
    org::Org,
    query::blob::readable,
    state::App,
    store::Tx,
    upload::ReceiveError,
};
use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use firebee_domain::{account::Actor, code::Code, id::ContentId};
use firebee_protocol::media::SNIFF_BYTES;
use std::io::{self, Read, SeekFrom};

/// Bytes of one chunk of an answer.
const CHUNK_BYTES: usize = 64 << 10;

/// Serves a blob to a phone.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/v1/blobs/{id}", operation_id = "read_blob", tag = "blobs", security(("access_token" = [])), params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows"), ("id" = String, Path, description = "sha256- and 64 hex digits"),
        ("Range" = Option<String>, Header, description = "One stretch: bytes=first-last or bytes=first-")),
    responses(
        (status = 200, description = "The bytes, as the type found by looking at them"),
        (status = 206, description = "The stretch; Content-Range says of how many bytes"),
        (status = 304, description = "The device has it"),
        (status = 401, description = "token_expired, sign_in_again", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "store_revoked, account_disabled", body = doc::Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found: missing, or not to be seen", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "fenced, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "data_behind, slow_down", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn get(
    State(app): State<App>,
    bearer: Bearer,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    serve(&app, bearer.org, bearer.actor(), &id, &headers).await
}

/// Serves a blob to an actor who may see it. The console, whose users have no token, calls this too.
///
/// # Errors
/// `not_found`, whether it is missing or forbidden.
pub async fn serve(app: &App, org: Org, actor: Actor, id: &str, headers: &HeaderMap) -> Result<Response, ApiProblem> {
    let missing = || ApiProblem::of(Code::NotFound);
    let id: ContentId = id.parse().map_err(|_| missing())?;
    let key = BlobKey { org, id };
    let read = async move |tx: &mut Tx| readable(tx, &actor, key).await;
    app.store.read("read_blob", read).await?.ok_or_else(missing)?;
    if let Some(unchanged) = immutable::unchanged(headers, id) {
        return Ok(unchanged);
    }
    let (mut file, len) = app.blobs.open_verified(key).await.map_err(ReceiveError::from)?;
    let wanted = range::wanted(headers, len);
    let stretch = wanted.clone().unwrap_or(0..len);
    let begin = SeekFrom::Start(stretch.start);
    let opened = blocking::run(move || {
        let mut start = Vec::new();
        file.by_ref().take(SNIFF_BYTES as u64).read_to_end(&mut start)?;
        file.seek(begin)?;
        Ok::<_, io::Error>((served(&start), file))
    });
    let (found, file) = opened.await.ok().and_then(Result::ok).ok_or_else(|| ApiProblem::of(Code::SlowDown))?;
    let mut response = Body::from_stream(stream(file, stretch.end - stretch.start)).into_response();
    if wanted.is_some() {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        range::mark(response.headers_mut(), &stretch, len);
    }
    let headers = response.headers_mut();
    immutable::mark(headers, id);
    let disposition = if found.inline { "inline" } else { "attachment" };
    if let Ok(value) = HeaderValue::from_str(&format!("{disposition}; filename=\"{}\"", found.file_name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(found.media_type));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_LENGTH, (stretch.end - stretch.start).into());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    Ok(response)
}

/// So many bytes of the file, read on a thread that may wait.
fn stream(file: Box<dyn StoredFile>, len: u64) -> impl futures_util::Stream<Item = io::Result<Bytes>> + Send {
    futures_util::stream::try_unfold((file, len), async |(mut file, left)| {
        if left == 0 {
            return Ok(None);
        }
        let read = blocking::run(move || {
            let mut chunk = Vec::with_capacity(CHUNK_BYTES);
            let read = file.by_ref().take(left.min(CHUNK_BYTES as u64)).read_to_end(&mut chunk)?;
            Ok::<_, io::Error>((chunk, file, left.saturating_sub(read as u64)))
        });
        let (chunk, file, left) = read.await.unwrap_or_else(|error| Err(io::Error::other(error)))?;
        if chunk.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some((Bytes::from(chunk), (file, left))))
    })
}
