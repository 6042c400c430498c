//! Every error answer: RFC 9457, one type; status and action are those of the table of codes.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use firebee_domain::code::{Action, Code};
use firebee_protocol::{
    problem::Problem,
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
    pub code: Code,
    /// What the client does.
    pub action: Action,
    /// Facts about this occurrence; numbers and texts in it fill the sentences.
    pub detail: Value,
    /// Further values for the sentences, in a reader's words, such as an instant.
    pub said: Vec<(&'static str, Arg<'static>)>,
    /// Seconds to wait, for `slow_down`.
    pub retry_after_s: Option<u32>,
}

impl ApiProblem {
    /// The problem of a code, with the status and action that the protocol gives it.
    pub fn of(code: Code) -> Self {
        let status = code.status().and_then(|status| StatusCode::from_u16(status).ok());
        Self {
            status: status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
            code,
            action: code.action(),
            detail: Value::Null,
            said: Vec::new(),
            retry_after_s: (code == Code::SlowDown).then_some(2),
        }
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

    /// Replaces the status of the code, where a foreign protocol such as tus needs another one.
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
        let say = |language| problem_text(self.code, &arguments, language);
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

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.body()).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        // An answer to HEAD has no body, and the status alone does not say which conflict it is.
        headers.insert(CODE_HEADER, HeaderValue::from_static(self.code.word()));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<crate::store::StoreError> for ApiProblem {
    /// The store has logged its error. The client is told to try again, or that the disk is full.
    fn from(error: crate::store::StoreError) -> Self {
        Self::of(error.code())
    }
}
