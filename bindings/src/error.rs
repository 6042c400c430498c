//! The one error that crosses: a stable code, two texts, and what the app does.

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

/// Why a call failed. One variant, so that an app has one place that shows errors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
#[uniffi::export(Display)]
pub enum ClientError {
    /// It failed.
    #[error("{code}: {message_en}")]
    Failed {
        /// Lower snake_case, stable.
        code: String,
        /// What happened and what to do, in Chinese.
        message_zh: String,
        /// The same in English.
        message_en: String,
        /// What the app does.
        action: Action,
    },
}

impl ClientError {
    /// The error of a code whose sentences need no values.
    pub fn of(code: &str, action: Action) -> Self {
        Self::with(code, &[], action)
    }

    /// The error of a code, its sentences filled with values.
    pub fn with(code: &str, values: &[(&str, Arg<'_>)], action: Action) -> Self {
        let say = |language| problem_text(code, values, language).unwrap_or_else(|| code.to_owned());
        Self::Failed { code: code.to_owned(), message_zh: say(Language::Zh), message_en: say(Language::En), action }
    }

    /// The runtime was shut down under the call.
    pub fn interrupted() -> Self {
        Self::of("internal", Action::Retry)
    }
}

/// A port threw something else than a `ClientError`. Its text may hold a stack trace: it is not kept.
impl From<uniffi::UnexpectedUniFFICallbackError> for ClientError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::of("internal", Action::Stop)
    }
}
