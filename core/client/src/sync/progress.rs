//! The status of the lanes for screens: the state of each, its last failure, its next try.

use super::inner::Turn;
use crate::{
    core::{LastError, SyncStatus},
    session::Failure,
};
use firebee_domain::{code::Code, time::Timestamp};
use firebee_protocol::text::{Arg, Language, problem_text};
use serde_json::Value;

/// The activity of a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Activity {
    /// Everything is sent or pulled.
    #[default]
    Idle,
    /// Under way.
    Working,
    /// It tries again by itself.
    Waiting,
    /// A person has to act.
    Stopped,
}

/// How a lane stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaneStatus {
    /// What it does.
    pub activity: Activity,
    /// Why it last failed, until it succeeds.
    pub failure: Option<Failure>,
    /// When it tries again, by this phone's wall clock.
    pub next_try: Option<Timestamp>,
}

impl LaneStatus {
    pub(super) fn of(turn: Turn, failure: Option<&Failure>, now_ms: i64, wall: Timestamp) -> Self {
        let (activity, next_try) = match turn {
            Turn::Worked => (Activity::Working, None),
            Turn::Idle => (Activity::Idle, None),
            Turn::Stopped => (Activity::Stopped, None),
            Turn::Waits(until_ms) => (Activity::Waiting, Some(wall.plus_ms(until_ms.saturating_sub(now_ms).max(0)))),
        };
        Self { activity, failure: failure.cloned(), next_try }
    }
}

/// Joins the status of three lanes. A failure that waits for a person comes first, then one that will be tried again.
pub(super) fn summary(lanes: &[&LaneStatus; 3], at: Timestamp) -> SyncStatus {
    let stopped = lanes.iter().find(|lane| lane.activity == Activity::Stopped && lane.failure.is_some());
    let shown = stopped.or_else(|| lanes.iter().find(|lane| lane.failure.is_some()));
    let last_error = shown.and_then(|lane| lane.failure.as_ref()).map(|failure| LastError {
        code: failure.code.clone(),
        action: failure.action,
        needs_person: failure.needs_person(),
        text_zh: failure.words(Language::Zh),
        text_en: failure.words(Language::En),
        at,
    });
    SyncStatus {
        running: lanes.iter().any(|lane| lane.activity == Activity::Working),
        last_error,
        next_try: lanes.iter().filter_map(|lane| lane.next_try).min(),
    }
}

impl Failure {
    /// The two sentences of the failure in the reader's language. An unknown code of a newer server reads as a server
    /// error.
    pub fn words(&self, language: Language) -> String {
        let values: Vec<(&str, Arg<'_>)> = match &self.detail {
            Value::Object(members) => {
                members.iter().filter_map(|(key, value)| Some((key.as_str(), argument(value)?))).collect()
            }
            _ => Vec::new(),
        };
        problem_text(self.code.known().unwrap_or(Code::ServerError), &values, language)
    }
}

fn argument(value: &Value) -> Option<Arg<'_>> {
    match value {
        Value::String(text) => Some(Arg::from(text.as_str())),
        Value::Number(number) => number.as_i64().map(Arg::from),
        _ => None,
    }
}
