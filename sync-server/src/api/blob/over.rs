//! `POST /v1/blobs/{id}` with `X-HTTP-Method-Override`: for networks that let only `GET` and `POST` through.

use super::{head, patch};
use crate::{
    api::{bearer::Sending, problem::ApiProblem},
    state::App,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName},
    response::Response,
};
use firebee_domain::code::Code;

const METHOD: HeaderName = HeaderName::from_static("x-http-method-override");

/// Does what the header says: `PATCH` or `HEAD`.
///
/// # Errors
/// Those of the method; `method_not_allowed` for any other, and without the header.
pub async fn over(
    app: State<App>,
    sending: Sending,
    id: Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiProblem> {
    match headers.get(METHOD).and_then(|method| method.to_str().ok()) {
        Some("PATCH") => patch::patch(app, sending, id, headers, body).await,
        Some("HEAD") => head::head(app, sending, id, headers).await,
        _ => Err(ApiProblem::of(Code::MethodNotAllowed)),
    }
}
