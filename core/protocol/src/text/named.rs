//! What the sentences of an error name: its limit, its count. Each by the name that the message catalogue gives it.

use super::Arg;
use firebee_domain::{evidence::ATTACHMENTS_MAX, submission::Missing, task::TaskError, text::TextError};

/// Values for the sentences of a code.
pub type Values = Vec<(&'static str, Arg<'static>)>;

/// What the sentences of a refused text name.
#[must_use]
pub fn of_text(error: &TextError) -> Values {
    match error {
        TextError::TooLong { limit, .. } => vec![("max", Arg::from(*limit))],
        TextError::Empty
        | TextError::SeveralLines
        | TextError::ControlCharacter
        | TextError::WhiteSpace
        | TextError::NotNormalised => Vec::new(),
    }
}

/// What the sentences of a task's refusal name.
#[must_use]
pub fn of_task(error: &TaskError) -> Values {
    match error {
        TaskError::Text(error) => of_text(error),
        TaskError::Incomplete { missing } => {
            let systems = Missing::systems(missing).len();
            vec![("count", Arg::from(missing.len())), ("systems", Arg::from(systems))]
        }
        TaskError::FaultsNotHandled { count } => vec![("count", Arg::from(*count))],
        TaskError::TooManyAttachments => vec![("max", Arg::from(ATTACHMENTS_MAX))],
        TaskError::EvidenceIncomplete { missing } => vec![("missing", Arg::from(*missing))],
        _ => Vec::new(),
    }
}
