//! Every error of the core becomes the one error that crosses: its code, its sentences, what the app does.

use crate::error::{Action, ClientError};
use firebee_client::{
    journal::JournalError,
    work::{
        Trouble,
        evidence::{TakePhotoError, WithdrawPhotoError},
        review::{DecideError, HandleFaultError},
        task::{DescribeError, DiscardError, FormError, RecordResultError, StartTaskError, SubmitError},
        track::{AppendFixesError, StartTrackError, StopTrackError},
    },
};
use firebee_protocol::text::Arg;

/// What the app does about a code of the core's own calls; all others are for the user to mend.
fn action(code: &str) -> Action {
    match code {
        "not_signed_in" => Action::SignIn,
        "disk_full" | "storage_failed" | "journal_unavailable" | "entropy_unavailable" | "key_unavailable" => {
            Action::Retry
        }
        "key_gone" | "account_disabled" => Action::Stop,
        _ => Action::Fix,
    }
}

macro_rules! refusals { ($($error:ty),* $(,)?) => { $(
    impl From<$error> for ClientError {
        fn from(error: $error) -> Self {
            let code = error.code();
            Self::of(code, action(code))
        }
    }
)* }; }

refusals! {
    Trouble, JournalError, TakePhotoError, WithdrawPhotoError, DecideError, HandleFaultError, DescribeError, DiscardError,
    FormError, RecordResultError, StartTaskError, AppendFixesError, StartTrackError, StopTrackError,
}

impl From<SubmitError> for ClientError {
    fn from(error: SubmitError) -> Self {
        let (code, count) = (error.code(), error.missing().len());
        Self::with(code, &[("count", Arg::from(count))], action(code))
    }
}
