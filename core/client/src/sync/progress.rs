//! What a screen shows of the lanes: what each does, why it last failed, when it tries again.

use super::inner::Turn;
use crate::{core::SyncStatus, session::Failure};
use firebee_domain::time::Timestamp;
use firebee_protocol::{
    problem::Code,
    text::{Arg, Language, problem_text},
};
use serde_json::Value;

/// What a lane does.
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

/// One status of three lanes: the failure of one that waits for a person, else of one that tries again.
pub(super) fn summary(lanes: &[&LaneStatus; 3], at: Timestamp) -> SyncStatus {
    let stopped = lanes.iter().find(|lane| lane.activity == Activity::Stopped && lane.failure.is_some());
    let shown = stopped.or_else(|| lanes.iter().find(|lane| lane.failure.is_some()));
    let last_error = shown.and_then(|lane| lane.failure.as_ref()).map(|failure| failure.told(at));
    SyncStatus {
        running: lanes.iter().any(|lane| lane.activity == Activity::Working),
        last_error,
        next_try: lanes.iter().filter_map(|lane| lane.next_try).min(),
    }
}

impl Failure {
    /// What happened and what to do next, in the reader's language. A code of a newer server is told as an error of
    /// the server.
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
