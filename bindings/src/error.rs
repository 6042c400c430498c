//! The one error that crosses: a stable code, two texts, and what the app does.

use firebee_protocol::{
    problem::{Action, Code, CodeWord},
    text::{Arg, Language, problem_text},
};

/// What the app does about an error. What needs nobody the core does by itself.
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

/// Why a call failed. One variant, so that an app has one place that shows errors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
#[uniffi::export(Display)]
pub enum ClientError {
    /// It failed.
    #[error("{code}: {message_en}")]
    Failed {
        /// Lower snake_case, stable.
        code: CodeWord,
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
    pub fn of(code: Code) -> Self {
        Self::with(code, &[])
    }

    /// The error of a code, its sentences filled with values.
    pub fn with(code: Code, values: &[(&str, Arg<'_>)]) -> Self {
        let say = |language| problem_text(code, values, language);
        Self::Failed {
            code: code.into(),
            message_zh: say(Language::Zh),
            message_en: say(Language::En),
            action: code.action(),
        }
    }

    /// The runtime was shut down under the call.
    pub fn interrupted() -> Self {
        Self::of(Code::Internal)
    }
}

/// A port threw something else than a `ClientError`. Its text may hold a stack trace: it is not kept.
impl From<uniffi::UnexpectedUniFFICallbackError> for ClientError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::of(Code::Internal)
    }
}
