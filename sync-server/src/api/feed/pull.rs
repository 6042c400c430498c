//! `GET /v1/pull`.

use crate::api::openapi as doc;
use crate::{
    api::problem::ApiProblem,
    auth::Bearer,
    query::{self, PullError, PullRequest},
    state::App,
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use firebee_domain::code::Code;
use firebee_protocol::{
    phone::{PHONE_HEADER, PhoneStatus},
    pull::Page,
};
use serde::Deserialize;

/// What may stand behind the question mark.
#[derive(Debug, Deserialize)]
pub struct PullQuery {
    /// The device's cursor. Without one a snapshot begins.
    pub cursor: Option<String>,
    /// Changes at most.
    pub limit: Option<u32>,
    /// Whether a document that the device holds in the revision before may come as a patch.
    #[serde(default)]
    pub patch: bool,
}

/// Gives the changes of the account's feed after a cursor.
///
/// # Errors
/// `cursor_expired`, `fenced`, `bad_request`, `slow_down`.
#[utoipa::path(get, path = "/v1/pull", operation_id = "pull_documents", tag = "documents", security(("access_token" = [])), params(("Firebee-Incarnation" = String, Header, description = "The incarnation that the device knows"),
        ("Firebee-Phone" = Option<String>, Header, description = "What the device tells of itself: app, free, kept, wall"),
        ("cursor" = Option<String>, Query, description = "Where the device stands; without it a snapshot begins"),
        ("limit" = Option<u32>, Query, description = "Changes at most"),
        ("patch" = Option<bool>, Query, description = "Whether a document that the device holds in the revision before may come as a patch")),
    responses(
        (status = 200, description = "One page", body = doc::Page),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "token_expired, sign_in_again", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "store_revoked, account_disabled", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "fenced, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 410, description = "cursor_expired", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "data_behind, slow_down", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "server_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn pull(
    State(app): State<App>,
    bearer: Bearer,
    headers: HeaderMap,
    query: Result<Query<PullQuery>, QueryRejection>,
) -> Result<Response, ApiProblem> {
    let Query(PullQuery { cursor, limit, patch }) = query.map_err(|_| ApiProblem::of(Code::BadRequest))?;
    let request = PullRequest { cursor, limit, patches: patch, unsent: bearer.unsent, phone: phone(&headers) };
    let page = query::pull(&app.store, bearer.seal.incarnation, &bearer.sender(), &request, app.clock.now()).await?;
    answer(&page, accepts_zstd(&headers))
}

/// A body shorter than this is not worth a frame.
const PACKED_FROM_BYTES: usize = 256;

/// The page as JSON, packed when the device takes zstd.
fn answer(page: &Page, packed: bool) -> Result<Response, ApiProblem> {
    let failed = |_| ApiProblem::of(Code::ServerError);
    let json = serde_json::to_vec(page).map_err(|_| ApiProblem::of(Code::ServerError))?;
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let vary = (header::VARY, HeaderValue::from_static("accept-encoding"));
    if !packed || json.len() < PACKED_FROM_BYTES {
        return Ok(([kind, vary], json).into_response());
    }
    let encoding = (header::CONTENT_ENCODING, HeaderValue::from_static("zstd"));
    let body = zstd::bulk::compress(&json, zstd::DEFAULT_COMPRESSION_LEVEL).map_err(failed)?;
    Ok(([kind, vary, encoding], body).into_response())
}

/// What the phone tells of itself.
fn phone(headers: &HeaderMap) -> PhoneStatus {
    let told = headers.get(PHONE_HEADER).and_then(|value| value.to_str().ok());
    told.map(PhoneStatus::read).unwrap_or_default()
}

fn accepts_zstd(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("zstd"));
        named && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

impl From<PullError> for ApiProblem {
    fn from(error: PullError) -> Self {
        Self::of(error.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_packed_for_those_who_take_zstd() {
        let offers = |text: &'static str| {
            accepts_zstd(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(text))]))
        };
        assert!(offers("zstd") && offers("gzip, ZSTD;q=0.5") && !offers("gzip") && !offers("zstd;q=0"));
        assert!(!accepts_zstd(&HeaderMap::new()));
    }
}
