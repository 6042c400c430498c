//! `/v1/blobs`: tus 1.0.0 with creation, creation with upload and checksum, whole blobs, and reading.

pub mod create;
pub mod get;
pub mod head;
pub mod options;
pub mod over;
pub mod patch;
mod place;
pub mod put;
mod range;

use crate::{
    api::{bearer::Sending, problem::ApiProblem},
    blobs::{BlobKey, Checksum},
    evidence::blob::Delivery,
    query,
    state::App,
    store::Tx,
    upload::{Incoming, Reached, ReceiveError},
};
use axum::{
    body::{Body, HttpBody as _},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use firebee_domain::{code::Code, id::ContentId};
use firebee_protocol::push::BLOB_HEADER;
use futures_util::StreamExt as _;
use serde_json::json;
use tracing::Instrument as _;

/// The one version of tus that is spoken.
const TUS_VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const TUS_VERSIONS: HeaderName = HeaderName::from_static("tus-version");
const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const UPLOAD_CONCAT: HeaderName = HeaderName::from_static("upload-concat");

/// The media type of a piece.
const PIECE: &str = "application/offset+octet-stream";

/// The blob of a path.
fn id_of(id: &str) -> Result<ContentId, ApiProblem> {
    id.parse().map_err(|_| ApiProblem::of(Code::NotFound))
}

/// A blob as the phone that asks sends it. A phone that lost its account sends only what facts of its own announced.
async fn delivery(app: &App, Sending(bearer): &Sending, id: ContentId) -> Result<Delivery, ReceiveError> {
    let (org, account) = (bearer.org, bearer.account);
    if bearer.late.is_some() {
        let read = async move |tx: &mut Tx| query::blob::is_announced_by(tx, org, account, id).await;
        if !app.store.read("find_own_blob", read).await? {
            return Err(ReceiveError::NotAnnounced);
        }
    }
    Ok(Delivery { key: BlobKey { org, id }, store: bearer.store_id, account })
}

/// Checks the tus version, which every request of tus names, and refuses what is not spoken here: encoded bodies, because
/// nothing is unpacked, and uploads that are put together from others.
fn check_tus(headers: &HeaderMap) -> Result<(), ApiProblem> {
    if headers.get(TUS_RESUMABLE).is_none_or(|version| version != TUS_VERSION) {
        return Err(ApiProblem::of(Code::TusVersionUnsupported));
    }
    if headers.contains_key(UPLOAD_CONCAT) {
        return Err(ApiProblem::of(Code::BadRequest).with(json!({ "header": UPLOAD_CONCAT.as_str() })));
    }
    check_plain(headers)
}

/// Every answer of tus names its version, a refusal too. One to another version says which is spoken here.
pub(super) async fn in_version(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let refused = response.status() == StatusCode::PRECONDITION_FAILED;
    let headers = response.headers_mut();
    headers.insert(TUS_RESUMABLE, TUS_VERSION);
    if refused {
        headers.insert(TUS_VERSIONS, TUS_VERSION);
    }
    response
}

fn check_plain(headers: &HeaderMap) -> Result<(), ApiProblem> {
    match headers.get(header::CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" => Err(ApiProblem::of(Code::UnsupportedMediaType)),
        _ => Ok(()),
    }
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, ApiProblem> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    let digits = text.filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| ApiProblem::of(Code::BadRequest).with(json!({ "header": name.as_str() })))
}

/// The body of a request. Any error in it means that the sender has disconnected.
fn incoming(body: Body) -> Incoming {
    let len = body.size_hint().exact();
    Incoming::new(body.into_data_stream().map(|chunk| chunk.map_err(drop)), len)
}

/// Receives in a task of its own, so that received bytes are synced and noted even when the sender disconnects. Answers
/// 204 with the state of the upload, or as `told` says.
async fn received(
    receiving: impl Future<Output = Result<Reached, ReceiveError>> + Send + 'static,
    told: impl FnOnce(ReceiveError) -> ApiProblem,
) -> Result<Response, ApiProblem> {
    let reached = reached(receiving, told).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    reached_headers(response.headers_mut(), reached);
    Ok(response)
}

/// As [`received`], and gives how far the upload is.
async fn reached(
    receiving: impl Future<Output = Result<Reached, ReceiveError>> + Send + 'static,
    told: impl FnOnce(ReceiveError) -> ApiProblem,
) -> Result<Reached, ApiProblem> {
    let received = tokio::spawn(receiving.in_current_span()).await;
    received.map_err(|_| ApiProblem::of(Code::ServerError))?.map_err(told)
}

/// The checksum of a piece, if it carries one.
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

/// Adds the state of the upload in the headers of tus and of Firebee.
fn reached_headers(headers: &mut HeaderMap, reached: Reached) {
    headers.insert(UPLOAD_OFFSET, reached.offset.into());
    headers.insert(UPLOAD_LENGTH, reached.len.into());
    headers.insert(HeaderName::from_static(BLOB_HEADER), HeaderValue::from_static(reached.state.into()));
}

impl From<ReceiveError> for ApiProblem {
    /// Maps to the protocol's code and status. Where tus wants another status, its handlers set that.
    fn from(error: ReceiveError) -> Self {
        let problem = Self::of(error.code());
        match error {
            ReceiveError::OffsetMismatch { offset }
            | ReceiveError::Interrupted { offset }
            | ReceiveError::ChecksumMismatch { offset } => problem.with(json!({ "offset": offset })),
            ReceiveError::HashMismatch => problem.with(json!({ "offset": 0 })),
            ReceiveError::LengthDiffers { len } => problem.with(json!({ "len": len })),
            ReceiveError::TooMuchUnfinished { unfinished, most } => {
                problem.with(json!({ "unfinished": unfinished, "most": most }))
            }
            _ => problem,
        }
    }
}

/// tus's 460 for a checksum, and for a whole file, that does not hold.
fn in_tus(error: ReceiveError) -> ApiProblem {
    let mismatch = matches!(error, ReceiveError::ChecksumMismatch { .. } | ReceiveError::HashMismatch);
    let problem = ApiProblem::from(error);
    match StatusCode::from_u16(460) {
        Ok(status) if mismatch => problem.status(status),
        _ => problem,
    }
}
