//! `POST /v1/session/password`.

use crate::api::openapi as doc;
use crate::{
    api::{body::JsonBody, problem::ApiProblem},
    auth::address::ClientAddress,
    office::account::{ChoosePasswordError, choose_password},
    password::BYTES_MAX,
    state::App,
};
use axum::{extract::State, http::StatusCode};
use firebee_domain::code::Code;
use firebee_protocol::session::PasswordRequest;

/// Replaces the present password with a new one. It needs neither token nor incarnation, because an account
/// whose password somebody else has set is claimed only afterwards.
///
/// # Errors
/// `sign_in_failed`, `account_disabled`, `client_not_allowed`, `password_too_short`, `password_too_common`,
/// `password_same`, `text_too_long`, `slow_down`.
#[utoipa::path(post, path = "/v1/session/password", operation_id = "change_password", tag = "session", request_body = doc::PasswordRequest,
    responses(
        (status = 204, description = "The new password holds"),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "sign_in_failed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "account_disabled, client_not_allowed", body = doc::Problem, content_type = "application/problem+json"),
        (status = 413, description = "too_large", body = doc::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type", body = doc::Problem, content_type = "application/problem+json"),
        (status = 422, description = "password_too_short, password_too_common, password_same, text_too_long", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "slow_down", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "server_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn password(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    JsonBody(request): JsonBody<PasswordRequest>,
) -> Result<StatusCode, ApiProblem> {
    choose_password(&app.office, request, &address).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<ChoosePasswordError> for ApiProblem {
    fn from(error: ChoosePasswordError) -> Self {
        match error {
            ChoosePasswordError::SignIn(error) => error.into(),
            other => match other.code() {
                Code::TextTooLong => Self::of(Code::TextTooLong).say("max", BYTES_MAX),
                code => Self::of(code),
            },
        }
    }
}
