//! The corps accepts an application, or returns it.

use super::{Application, ApplicationState};
use crate::{
    code::Code,
    id::AccountId,
    text::{self, TEXT_MAX, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What the corps says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Answer {
    /// The firm gets its first office account.
    Accepted,
    /// The firm has to mend it.
    Returned,
}

/// The answer with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// What was said.
    pub answer: Answer,
    /// Why; never empty where it was returned.
    pub reason: String,
    /// Who answered.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// Why nothing is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// It does not wait for an answer.
    #[error("the application does not wait for an answer")]
    NotSubmitted,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
}

impl AnswerError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NotSubmitted => Code::AlreadyDecided,
            Self::Reason(error) => error.code(),
        }
    }
}

/// The application with the answer. A returned one is the firm's again.
///
/// # Errors
/// See [`AnswerError`].
pub fn answer(
    application: &Application,
    (answer, reason): (Answer, &str),
    (by, at): (AccountId, Timestamp),
) -> Result<Application, AnswerError> {
    if application.state() != ApplicationState::Submitted {
        return Err(AnswerError::NotSubmitted);
    }
    let (reason, submitted) = match answer {
        Answer::Accepted => (text::clean(reason, TEXT_MAX)?, application.submitted),
        Answer::Returned => (text::required(reason, TEXT_MAX)?, None),
    };
    Ok(Application { submitted, answered: Some(Answered { answer, reason, by, at }), ..application.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::tests::{account, opened, submitted};

    /// what is returned says why, and only what was submitted is answered.
    #[test]
    fn r_002_the_corps_returns_with_a_reason_only() {
        let by = (account(), Timestamp(9));
        let bare = answer(&submitted(), (Answer::Returned, " "), by);
        assert_eq!(bare, Err(AnswerError::Reason(TextError::Empty)));
        assert_eq!(answer(&opened(), (Answer::Accepted, ""), by), Err(AnswerError::NotSubmitted));
    }
}
