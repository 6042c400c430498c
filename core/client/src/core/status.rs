//! What the lanes tell about themselves.

use super::Core;
use firebee_domain::time::Timestamp;
use firebee_protocol::text::{Language, Message as _, Text, problem, say_with};
use std::sync::{MutexGuard, PoisonError};

/// The last thing that came in the way of sending or receiving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastError {
    /// Its code.
    pub code: String,
    /// Two sentences in Chinese.
    pub text_zh: String,
    /// The same in English.
    pub text_en: String,
    /// When, by this phone's wall clock.
    pub at: Timestamp,
}

impl LastError {
    /// An error of this code; without own sentences it is told as a failure of the server.
    pub fn new(code: &str, at: Timestamp) -> Self {
        let text = problem(code).filter(|text| text.variables().is_empty()).unwrap_or(Text::ProblemServerError);
        let say = |language| say_with(language, text, &[]);
        Self { code: code.to_owned(), text_zh: say(Language::Zh), text_en: say(Language::En), at }
    }
}

/// What the lanes tell about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncStatus {
    /// Whether a lane is talking to the server now.
    pub running: bool,
    /// What came in the way last; `None` after a success.
    pub last_error: Option<LastError>,
    /// When the next try is, by this phone's wall clock.
    pub next_try: Option<Timestamp>,
}

impl Core {
    pub(crate) fn status(&self) -> MutexGuard<'_, SyncStatus> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
