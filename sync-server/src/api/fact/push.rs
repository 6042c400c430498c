//! `POST /v1/push`.

use crate::api::openapi as doc;
use crate::{
    accept::{self, Encoding, PushError, PushRequest},
    api::{bearer::Sending, problem::ApiProblem},
    auth::Bearer,
    keys::KeyError,
    office::firm,
    query,
    state::App,
    store::Tx,
};
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use firebee_domain::code::Code;
use firebee_protocol::{
    push::{ChainMismatch, Gap, PushReply, RECEIPT_HEADER},
    receipt::{read_receipt, verify_receipt},
};
use serde_json::json;

/// The media type of a push: NDJSON.
const MEDIA_TYPE: &str = "application/x-ndjson";

/// Takes a batch of facts and answers, after fsync, with a receipt. What a phone sends that lost its account is kept and
/// waits for a person.
///
/// # Errors
/// `malformed_frame`, `too_large`, `store_mismatch`, `store_revoked`, `fenced`, `gap`, `diverged`, `unsigned`,
/// `chain_mismatch`, `unsupported_media_type`, `server_full`, `slow_down`, `server_key_missing`, `server_key_differs`,
/// `server_key_exposed`, `data_behind`.
#[utoipa::path(post, path = "/v1/push", operation_id = "push_facts", tag = "facts", security(("access_token" = [])), params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows"),
        ("Content-Encoding" = Option<String>, Header, description = "zstd, or nothing"),
        ("Firebee-Unsent-Facts" = Option<u64>, Header, description = "Facts that the device has not sent"),
        ("Firebee-Unsent-Blobs" = Option<u64>, Header, description = "Blobs that the device has not sent")),
    request_body(content = String, content_type = "application/x-ndjson", description = "A frame line, then one fact a line"),
    responses(
        (status = 200, description = "Committed with fsync", body = doc::PushReply),
        (status = 400, description = "malformed_frame", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "token_expired, sign_in_again", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "store_mismatch, store_revoked, account_disabled", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "gap, diverged, fenced, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 413, description = "too_large", body = doc::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type", body = doc::Problem, content_type = "application/problem+json"),
        (status = 422, description = "unsigned, chain_mismatch", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "data_behind, slow_down, server_key_missing, server_key_differs, server_key_exposed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "server_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn push(
    State(app): State<App>,
    Sending(bearer): Sending,
    request: Request,
) -> Result<Json<PushReply>, ApiProblem> {
    let encoding = encoding(request.headers())?;
    let shown = request.headers().get(RECEIPT_HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let body = Bytes::from_request(request, &app).await.map_err(|refused| {
        let too_large = refused.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE;
        ApiProblem::of(if too_large { Code::TooLarge } else { Code::MalformedFrame })
    })?;
    let request = PushRequest { body, encoding, unsent: bearer.unsent };
    // The body is here: a slow sender holds no permit. The permit is never taken away, so this cannot fail.
    let _unpacking = app.pushes.acquire().await.map_err(|_| ApiProblem::of(Code::SlowDown))?;
    let keys = app.keyring.of(bearer.org.id(), bearer.seal)?;
    if let Some(shown) = shown {
        compare(&app, &bearer, &shown).await?;
    }
    let pushed = accept::push(&app.store, &keys, &bearer.sender(), &request, &app.clock).await?;
    app.tracks.judge(bearer.org, pushed.tracks);
    Ok(Json(pushed.reply))
}

fn encoding(headers: &HeaderMap) -> Result<Encoding, ApiProblem> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?").trim().to_ascii_lowercase());
    let media_type = text(header::CONTENT_TYPE).unwrap_or_default();
    if media_type.split(';').next().map(str::trim) != Some(MEDIA_TYPE) {
        return Err(ApiProblem::of(Code::UnsupportedMediaType));
    }
    match text(header::CONTENT_ENCODING).as_deref() {
        None | Some("identity") => Ok(Encoding::Identity),
        Some("zstd") => Ok(Encoding::Zstd),
        Some(_) => Err(ApiProblem::of(Code::UnsupportedMediaType)),
    }
}

/// A receipt of this incarnation for facts that are not here proves that the data were put back by hand. Then the firm
/// waits for a person.
async fn compare(app: &App, bearer: &Bearer, shown: &str) -> Result<(), ApiProblem> {
    let key = bearer.seal.public_text();
    let receipt = read_receipt(shown, bearer.seal.incarnation, bearer.store_id, key.clone());
    let Some(receipt) = receipt.filter(|receipt| verify_receipt(&key, receipt).is_ok()) else { return Ok(()) };
    let (org, store) = (bearer.org, bearer.store_id);
    let read = async move |tx: &mut Tx| query::session::watermark(tx, org, store).await;
    if receipt.seq <= app.store.read("find_watermark", read).await? {
        return Ok(());
    }
    app.store.write("doubt_data", async move |tx: &mut Tx| firm::doubt(tx, org).await).await?;
    tracing::error!(
        firm = %org.id(),
        "a phone has a receipt for records that are not here: the database was put back by hand. Stop the server and run \
         `firebee restore`"
    );
    Err(ApiProblem::of(Code::DataBehind))
}

impl From<KeyError> for ApiProblem {
    /// The log says where the key should be; a phone only waits.
    fn from(error: KeyError) -> Self {
        tracing::error!(%error, "a firm cannot be signed for");
        Self::of(error.code())
    }
}

impl From<PushError> for ApiProblem {
    fn from(error: PushError) -> Self {
        let problem = Self::of(error.code());
        match error {
            PushError::MalformedFrame { reason } => problem.with(json!({ "reason": reason })),
            PushError::Gap { expected } => problem.with(detail(&Gap { expected })),
            PushError::Diverged { seq } => problem.with(json!({ "seq": seq })),
            PushError::ChainMismatch { watermark, chain } => problem.with(detail(&ChainMismatch { watermark, chain })),
            _ => problem,
        }
    }
}

fn detail(value: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}
