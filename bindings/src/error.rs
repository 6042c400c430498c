//! The one error that crosses: a stable code, its sentences in the client's language, and what the app does.

use firebee_client::screen::FieldNote;
use firebee_domain::code::{Action, Code};
use firebee_protocol::{
    problem::CodeWord,
    text::{Arg, Language, problem_text},
};

/// What the app does about an error. The core does by itself what needs no person.
#[uniffi::remote(Enum)]
pub enum Action {
    /// The user mends the input.
    Fix,
    /// Try again later; the core does so by itself where it can.
    Retry,
    /// Try again much later; the user is told, because somebody has to make room first.
    RetryLater,
    /// The core refreshes its token and tries again.
    Refresh,
    /// The user signs in; nothing is discarded.
    SignIn,
    /// Stop, keep everything, offer export.
    Stop,
    /// The core reads again what differs and sends again.
    Resend,
    /// The core pulls everything anew.
    Snapshot,
    /// The user upgrades the app.
    Upgrade,
}

/// Why a call failed. One variant, so that an app has one place that shows errors; as a text it is what a user reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
#[uniffi::export(Display)]
pub enum ClientError {
    /// It failed.
    #[error("{text}")]
    Failed {
        /// Lower snake_case, stable.
        code: CodeWord,
        /// What happened and what to do, in the language of the client.
        text: String,
        /// What the app does.
        action: Action,
        /// What is to be said of single answers of a form.
        fields: Vec<FieldNote>,
    },
}

impl ClientError {
    /// The error of a code whose sentences need no values.
    pub fn of(code: Code, language: Language) -> Self {
        Self::with(code, &[], language)
    }

    /// The error of a code, its sentences filled with values.
    pub fn with(code: Code, values: &[(&str, Arg<'_>)], language: Language) -> Self {
        let text = problem_text(code, values, language);
        Self::Failed { code: code.into(), text, action: code.action(), fields: Vec::new() }
    }

    /// The same error with what is to be said of single answers.
    #[must_use]
    pub fn about(self, notes: Vec<FieldNote>) -> Self {
        let Self::Failed { code, text, action, .. } = self;
        Self::Failed { code, text, action, fields: notes }
    }

    /// The runtime was shut down under the call.
    pub fn interrupted(language: Language) -> Self {
        Self::of(Code::Internal, language)
    }
}

/// A port threw something else than a `ClientError`. Its text may hold a stack trace: it is not kept.
impl From<uniffi::UnexpectedUniFFICallbackError> for ClientError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::of(Code::Internal, Language::default())
    }
}

/// An error of the core, which can be told in words.
pub trait Told {
    /// The error that crosses, in this language.
    fn told(self, language: Language) -> ClientError;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a port throws beside its errors is told in words, and nothing of its text crosses.
    #[test]
    fn what_a_port_throws_is_told_as_a_failure_of_the_app() {
        let thrown = uniffi::UnexpectedUniFFICallbackError::new("java.lang.Exception: at com.example");
        let ClientError::Failed { code, text, .. } = ClientError::from(thrown);
        assert_eq!(code, Code::Internal);
        assert_eq!(text, problem_text(Code::Internal, &[], Language::default()));
    }

    #[test]
    fn an_interrupted_call_is_told_in_both_languages() {
        for language in [Language::Zh, Language::En] {
            let ClientError::Failed { code, text, .. } = ClientError::interrupted(language);
            assert_eq!((code, text), (Code::Internal.into(), problem_text(Code::Internal, &[], language)));
        }
    }
}
