//! `POST /v1/session/claim`.

use crate::api::openapi as doc;
use crate::{
    api::{body::JsonBody, problem::ApiProblem},
    auth::{
        address::ClientAddress,
        incarnation::{self, Firm},
    },
    clock::china_minute,
    office::session::{
        claim::{ClaimError, claim as run},
        sign_in::SignInError,
    },
    state::App,
};
use axum::{Json, extract::State, http::HeaderMap};
use firebee_domain::{code::Code, session::Holder};
use firebee_protocol::{
    push::INCARNATION_HEADER,
    session::{ClaimReply, ClaimRequest, SignedInElsewhere, Unsent},
};
use serde_json::json;

/// Claims an account for a store. The first claim carries no incarnation; later claims carry the one that the device
/// knows.
///
/// # Errors
/// `sign_in_failed`, `account_disabled`, `client_not_allowed`, `signed_in_elsewhere`, `claim_spent`, `sign_in_again`,
/// `store_mismatch`, `store_revoked`, `signature_invalid`, `password_change_required`, `slow_down`.
#[utoipa::path(post, path = "/v1/session/claim", operation_id = "claim_session", tag = "session", request_body = doc::ClaimRequest,
    responses(
        (status = 200, description = "The account is this store's", body = doc::ClaimReply),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "sign_in_failed, sign_in_again", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "account_disabled, client_not_allowed, store_mismatch, store_revoked", body = doc::Problem, content_type = "application/problem+json"),
        (status = 409, description = "signed_in_elsewhere, claim_spent, incarnation_changed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 413, description = "too_large", body = doc::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type", body = doc::Problem, content_type = "application/problem+json"),
        (status = 422, description = "signature_invalid, password_change_required", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "slow_down, server_key_missing, server_key_differs, server_key_exposed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "server_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn claim(
    State(app): State<App>,
    headers: HeaderMap,
    ClientAddress(address): ClientAddress,
    JsonBody(request): JsonBody<ClaimRequest>,
) -> Result<Json<ClaimReply>, ApiProblem> {
    if headers.contains_key(INCARNATION_HEADER) {
        incarnation::check(&app, incarnation::named(&headers), Firm::OfLogin(request.login.clone())).await?;
    }
    Ok(Json(run(&app.office, request, &address).await?))
}

impl From<ClaimError> for ApiProblem {
    fn from(error: ClaimError) -> Self {
        match error {
            ClaimError::SignedInElsewhere(holder) => signed_in_elsewhere(holder),
            ClaimError::SignIn(error) => error.into(),
            ClaimError::Malformed { field } => Self::of(Code::BadRequest).with(json!({ "field": field })),
            other => Self::of(other.code()),
        }
    }
}

impl From<SignInError> for ApiProblem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wait { seconds } => Self::of(Code::SlowDown).after_s(seconds),
            other => Self::of(other.code()),
        }
    }
}

/// names the other phone, when it was last heard, and how much it had not sent.
fn signed_in_elsewhere(holder: Holder) -> ApiProblem {
    let Holder { device, last_seen, unsent_facts, unsent_blobs, .. } = holder;
    let unsent = Unsent { facts: unsent_facts.into(), blobs: unsent_blobs.into() };
    let detail = serde_json::to_value(SignedInElsewhere { device, last_seen, unsent }).unwrap_or_default();
    ApiProblem::of(Code::SignedInElsewhere)
        .with(detail)
        .say("last_seen", china_minute(last_seen))
        .say("unsent", unsent.facts.saturating_add(unsent.blobs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::{id::StoreId, time::Timestamp};
    use uuid::Uuid;

    /// both sentences name the phone, the instant and the count; the detail has the numbers for a screen.
    #[test]
    fn r_034_the_second_phone_reads_who_has_the_account() {
        let holder = Holder {
            store: StoreId(Uuid::nil()),
            device: "Nokia 8.3 5G".into(),
            last_seen: Timestamp(1_582_991_999_000),
            unsent_facts: 7,
            unsent_blobs: 2,
        };
        let body = signed_in_elsewhere(holder).body();
        assert_eq!((body.status, body.code.known()), (409, Some(Code::SignedInElsewhere)));
        for sentence in [&body.title, &body.title_en] {
            assert!(["Nokia 8.3 5G", "2020-02-29 23:59", "9"].iter().all(|part| sentence.contains(part)), "{sentence}");
        }
        let detail: SignedInElsewhere = serde_json::from_value(body.detail).unwrap();
        assert_eq!(detail.unsent, Unsent { facts: 7, blobs: 2 });
    }
}
