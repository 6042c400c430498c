//! The one error that crosses: a stable code, its sentences in the client's language, and what the app does.

use firebee_protocol::{
    problem::Action as ProtocolAction,
    text::{Arg, Language, problem_text},
};

/// What the app does about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Action {
    /// The user mends the input.
    Fix,
    /// Try again later; the core does so by itself where it can.
    Retry,
    /// The user signs in; nothing is discarded.
    SignIn,
    /// Stop, keep everything, offer export.
    Stop,
    /// The user upgrades the app.
    Upgrade,
}

impl From<ProtocolAction> for Action {
    fn from(action: ProtocolAction) -> Self {
        match action {
            ProtocolAction::Fix => Self::Fix,
            ProtocolAction::Retry | ProtocolAction::Refresh | ProtocolAction::Resend | ProtocolAction::Snapshot => {
                Self::Retry
            }
            ProtocolAction::SignIn => Self::SignIn,
            ProtocolAction::Stop => Self::Stop,
            ProtocolAction::Upgrade => Self::Upgrade,
        }
    }
}

/// What is wrong with one answer of a form.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FieldNote {
    /// The key of the question.
    pub key: String,
    /// What is wrong, in the language of the client.
    pub text: String,
}

/// Why a call failed. One variant, so that an app has one place that shows errors; as a text it is what a user reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
#[uniffi::export(Display)]
pub enum ClientError {
    /// It failed.
    #[error("{text}")]
    Failed {
        /// Lower snake_case, stable.
        code: String,
        /// What happened and what to do, in the language of the client.
        text: String,
        /// What the app does.
        action: Action,
        /// The answers of a form that are refused, each with what is wrong.
        fields: Vec<FieldNote>,
    },
}

impl ClientError {
    /// The error of a code whose sentences need no values.
    pub fn of(code: &str, action: Action, language: Language) -> Self {
        Self::with(code, &[], action, language)
    }

    /// The error of a code, its sentences filled with values.
    pub fn with(code: &str, values: &[(&str, Arg<'_>)], action: Action, language: Language) -> Self {
        let text = problem_text(code, values, language).unwrap_or_else(|| code.to_owned());
        Self::Failed { code: code.to_owned(), text, action, fields: Vec::new() }
    }

    /// The runtime was shut down under the call.
    pub fn interrupted(language: Language) -> Self {
        Self::of("internal", Action::Retry, language)
    }
}

/// A port threw something else than a `ClientError`. Its text may hold a stack trace: it is not kept.
impl From<uniffi::UnexpectedUniFFICallbackError> for ClientError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::of("internal", Action::Stop, Language::default())
    }
}

/// An error of the core, which can be told in words.
pub trait Told {
    /// The error that crosses, in this language.
    fn told(self, language: Language) -> ClientError;
}
