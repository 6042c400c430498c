//! Every error answer: RFC 9457, one type, one place that knows the status of a code.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use firebee_protocol::{
    problem::{Action, Problem},
    push::CODE_HEADER,
    text::{Arg, Language, problem_text},
};
use serde_json::Value;

/// An error on its way to a client.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiProblem {
    /// The HTTP status.
    pub status: StatusCode,
    /// The stable code.
    pub code: &'static str,
    /// What the client does.
    pub action: Action,
    /// Facts about this occurrence; numbers and texts in it fill the sentences.
    pub detail: Value,
    /// What fills the sentences besides: the detail in the words of a reader, such as an instant.
    pub said: Vec<(&'static str, Arg<'static>)>,
    /// Seconds to wait, for `slow_down`.
    pub retry_after_s: Option<u32>,
}

impl ApiProblem {
    /// The problem of a code, with the status and action that the protocol gives it.
    pub fn of(code: &'static str) -> Self {
        let (status, action) = standing(code);
        let retry_after_s = (code == "slow_down").then_some(2);
        Self { status, code, action, detail: Value::Null, said: Vec::new(), retry_after_s }
    }

    /// With facts about this occurrence.
    #[must_use]
    pub fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }

    /// With a value for the sentences that is not what the detail holds under that name.
    #[must_use]
    pub fn say(mut self, name: &'static str, value: impl Into<Arg<'static>>) -> Self {
        self.said.push((name, value.into()));
        self
    }

    /// With another status than the code's own, where a foreign protocol wants it.
    #[must_use]
    pub const fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// With a wait that is known.
    #[must_use]
    pub const fn after_s(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// The body.
    pub fn body(&self) -> Problem {
        let mut arguments: Vec<(&str, Arg<'_>)> = match &self.detail {
            Value::Object(members) => {
                members.iter().filter_map(|(key, value)| Some((key.as_str(), argument(value)?))).collect()
            }
            _ => Vec::new(),
        };
        // What is said in a reader's words goes before the detail of the same name.
        arguments.retain(|(name, _)| !self.said.iter().any(|(said, _)| said == name));
        arguments.extend(self.said.iter().cloned());
        let say = |language| problem_text(self.code, &arguments, language).unwrap_or_else(|| self.code.to_owned());
        Problem {
            kind: "about:blank".into(),
            status: self.status.as_u16(),
            code: self.code.into(),
            title: say(Language::Zh),
            title_en: say(Language::En),
            action: self.action,
            detail: self.detail.clone(),
        }
    }
}

fn argument(value: &Value) -> Option<Arg<'_>> {
    match value {
        Value::String(text) => Some(Arg::from(text.as_str())),
        Value::Number(number) => number.as_i64().map(Arg::from),
        _ => None,
    }
}

/// Status and action of each code: the table of the protocol, and 422 `fix` for what a rule refuses.
fn standing(code: &str) -> (StatusCode, Action) {
    match code {
        "malformed_frame" => (StatusCode::BAD_REQUEST, Action::Retry),
        "bad_request" => (StatusCode::BAD_REQUEST, Action::Fix),
        "token_expired" => (StatusCode::UNAUTHORIZED, Action::Refresh),
        "sign_in_again" | "sign_in_failed" => (StatusCode::UNAUTHORIZED, Action::SignIn),
        "store_revoked" | "account_disabled" | "store_mismatch" => (StatusCode::FORBIDDEN, Action::Stop),
        "client_not_allowed" | "not_permitted" => (StatusCode::FORBIDDEN, Action::Fix),
        "not_found" => (StatusCode::NOT_FOUND, Action::Fix),
        "method_not_allowed" => (StatusCode::METHOD_NOT_ALLOWED, Action::Fix),
        "fenced" => (StatusCode::CONFLICT, Action::Stop),
        "signed_in_elsewhere" => (StatusCode::CONFLICT, Action::Fix),
        "claim_spent" => (StatusCode::CONFLICT, Action::SignIn),
        "nonce_spent" => (StatusCode::CONFLICT, Action::Retry),
        "gap" | "diverged" | "incarnation_changed" | "offset_mismatch" | "blob_not_announced" => {
            (StatusCode::CONFLICT, Action::Resend)
        }
        "cursor_expired" => (StatusCode::GONE, Action::Snapshot),
        "too_large" => (StatusCode::PAYLOAD_TOO_LARGE, Action::Resend),
        "tus_version_unsupported" => (StatusCode::PRECONDITION_FAILED, Action::Fix),
        "unsupported_media_type" => (StatusCode::UNSUPPORTED_MEDIA_TYPE, Action::Fix),
        "chain_mismatch" | "blob_mismatch" | "checksum_mismatch" => (StatusCode::UNPROCESSABLE_ENTITY, Action::Resend),
        "upgrade_required" => (StatusCode::UPGRADE_REQUIRED, Action::Upgrade),
        "slow_down" => (StatusCode::SERVICE_UNAVAILABLE, Action::Retry),
        "disk_full" => (StatusCode::INSUFFICIENT_STORAGE, Action::Retry),
        "server_error" => (StatusCode::INTERNAL_SERVER_ERROR, Action::Retry),
        _ => (StatusCode::UNPROCESSABLE_ENTITY, Action::Fix),
    }
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.body()).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        // An answer to HEAD has no body, and its status alone does not tell one conflict from another.
        headers.insert(CODE_HEADER, HeaderValue::from_static(self.code));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<crate::store::StoreError> for ApiProblem {
    /// What the store met was logged where it happened; the client is told to come again, or that the disk is full.
    fn from(error: crate::store::StoreError) -> Self {
        Self::of(error.code())
    }
}
