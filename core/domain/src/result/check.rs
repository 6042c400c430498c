//! Checks a result by itself, independent of its task.

use super::{ResultRecorded, Verdict};
use crate::code::Code;

/// Why a result is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResultError {
    /// Untestable needs a reason.
    #[error("untestable needs a reason")]
    UntestableReasonRequired,
    /// The verdict differs from the proposal, and no text says why.
    #[error("a verdict against the proposal needs a reason")]
    OverrideReasonRequired,
}

impl ResultError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::UntestableReasonRequired => Code::UntestableReasonRequired,
            Self::OverrideReasonRequired => Code::OverrideReasonRequired,
        }
    }
}

/// Checks one result. The submission checks photo and text of a nonconforming result, because the photo comes
/// after the answer.
pub fn check(recorded: &ResultRecorded) -> Result<(), ResultError> {
    let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    if recorded.verdict == Verdict::Untestable {
        let reason = given(&recorded.untestable_reason);
        return if reason { Ok(()) } else { Err(ResultError::UntestableReasonRequired) };
    }
    let overrides = recorded.proposed.is_some_and(|proposed| proposed != recorded.verdict);
    if overrides && !given(&recorded.override_reason) { Err(ResultError::OverrideReasonRequired) } else { Ok(()) }
}
