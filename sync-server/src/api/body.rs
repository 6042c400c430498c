//! JSON bodies of control requests: read strictly, refused with a code.

use crate::{api::problem::ApiProblem, state::App};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::IntoResponse,
};
use firebee_domain::code::Code;
use serde::de::DeserializeOwned;
use serde_json::json;

/// A request body of at most the router's limit, as JSON.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for JsonBody<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiProblem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") || request.headers().contains_key(header::CONTENT_ENCODING)
        {
            return Err(ApiProblem::of(Code::UnsupportedMediaType));
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|refused| {
            let too_large = refused.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE;
            ApiProblem::of(if too_large { Code::TooLarge } else { Code::BadRequest })
        })?;
        // The message of the parser names a place, never a value: a password may stand there.
        let read = serde_json::from_slice(&bytes);
        let place = |error: serde_json::Error| json!({ "line": error.line(), "column": error.column() });
        read.map(Self).map_err(|error| ApiProblem::of(Code::BadRequest).with(place(error)))
    }
}
