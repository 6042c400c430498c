//! RFC 9457 problems: a stable code, two sentences, and what the client does.

use serde::{Deserialize, Serialize};

/// What the client does about a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The user mends the input.
    Fix,
    /// Wait with jitter and try again.
    Retry,
    /// Refresh the access token, then try again.
    Refresh,
    /// The user signs in; nothing is discarded.
    SignIn,
    /// Stop the lanes, keep everything, offer export.
    Stop,
    /// Read the journal or the limits again, then send again.
    Resend,
    /// Pull a snapshot.
    Snapshot,
    /// Upgrade the app; pull and claim only.
    Upgrade,
}

/// The body of every error answer, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// `about:blank`: the code says it all.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// Lower snake_case, stable.
    pub code: String,
    /// What happened and what to do, in Chinese.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// What the client does.
    pub action: Action,
    /// Facts about this occurrence, such as `expected`, `count`, `device`.
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub detail: serde_json::Value,
}
