//! What the lanes tell about themselves.

use super::Core;
use firebee_domain::{code::Action, time::Timestamp};
use firebee_protocol::problem::CodeWord;
use std::sync::{MutexGuard, PoisonError};

/// The last failure of sending or receiving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastError {
    /// Its code.
    pub code: CodeWord,
    /// What the client does about it.
    pub action: Action,
    /// Whether a person must act before the lane goes on.
    pub needs_person: bool,
    /// Two sentences in Chinese.
    pub text_zh: String,
    /// The same in English.
    pub text_en: String,
    /// When, by this phone's wall clock.
    pub at: Timestamp,
}

/// What the lanes tell about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncStatus {
    /// Whether a lane is talking to the server now.
    pub running: bool,
    /// The last failure; `None` after a success.
    pub last_error: Option<LastError>,
    /// When the next try is, by this phone's wall clock.
    pub next_try: Option<Timestamp>,
}

impl Core {
    pub(crate) fn status(&self) -> MutexGuard<'_, SyncStatus> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
