//! `GET /v1/blobs/{id}`: the bytes of a blob, for people who may see it. A missing and a forbidden blob give the same
//! answer.

use crate::api::openapi as doc;
use crate::{
    api::{immutable, problem::ApiProblem},
    auth::Bearer,
    blobs::{BlobKey, served},
    org::Org,
    query::blob::readable,
    state::App,
    store::Tx,
    upload::ReceiveError,
};
use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use firebee_domain::{account::Actor, code::Code, id::ContentId};
use firebee_protocol::media::SNIFF_BYTES;
use std::io::{self, Read};

/// Bytes of one chunk of an answer.
const CHUNK_BYTES: usize = 64 << 10;

/// Serves a blob to a phone.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/v1/blobs/{id}", operation_id = "read_blob", tag = "blobs", security(("access_token" = [])), params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows"), ("id" = String, Path, description = "sha256- and 64 hex digits")),
    responses(
        (status = 200, description = "The bytes, as the type found by looking at them"),
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
    let opened = tokio::task::spawn_blocking(move || {
        let mut start = Vec::new();
        file.by_ref().take(SNIFF_BYTES as u64).read_to_end(&mut start)?;
        Ok::<_, io::Error>((start, file))
    });
    let (start, file) = opened.await.ok().and_then(Result::ok).ok_or_else(|| ApiProblem::of(Code::SlowDown))?;
    let found = served(&start);
    let mut response = Body::from_stream(stream(start, file)).into_response();
    let headers = response.headers_mut();
    immutable::mark(headers, id);
    let disposition = if found.inline { "inline" } else { "attachment" };
    if let Ok(value) = HeaderValue::from_str(&format!("{disposition}; filename=\"{}\"", found.file_name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(found.media_type));
    headers.insert(header::CONTENT_LENGTH, len.into());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    Ok(response)
}

/// The first bytes, then the rest of the file, read on a thread that may wait.
fn stream(start: Vec<u8>, file: Box<dyn Read + Send>) -> impl futures_util::Stream<Item = io::Result<Bytes>> + Send {
    futures_util::stream::unfold((Some(start), file), async |(start, mut file)| {
        if let Some(start) = start {
            return Some((Ok(Bytes::from(start)), (None, file)));
        }
        let read = tokio::task::spawn_blocking(move || {
            let mut chunk = Vec::with_capacity(CHUNK_BYTES);
            file.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut chunk).map(|_| (chunk, file))
        });
        match read.await.unwrap_or_else(|error| Err(io::Error::other(error))) {
            Ok((chunk, _)) if chunk.is_empty() => None,
            Ok((chunk, file)) => Some((Ok(Bytes::from(chunk)), (None, file))),
            Err(error) => Some((Err(error), (None, Box::new(io::empty()) as Box<dyn Read + Send>))),
        }
    })
}
