//! Every error of the core becomes the one error that crosses: its code, its sentences, what the app does.

use crate::error::{ClientError, Told};
use firebee_client::{
    FetchPhotoError,
    evidence::AttachError,
    journal::JournalError,
    screen::FieldNote,
    work::{
        Trouble,
        dispatch::{FinishDispatchError, StepError},
        draft::KeepDraftError,
        evidence::{FindPhotoError, TakePhotoError, WithdrawPhotoError},
        review::{DecideError, DecideUndecidedError, HandleFaultError, RecordFaultError},
        task::{
            ConfirmLineError, DescribeError, DiscardError, FormError, HandOverError, IsolateError, RecordResultError,
            RestoreError, StartTaskError, SubmitError, WitnessError,
        },
        track::{AppendFixesError, StartTrackError, StopTrackError},
    },
};
use firebee_domain::{evidence::ATTACHMENT_MIB_MAX, parked, task::TaskError, text::TextError};
use firebee_protocol::text::{
    Arg, Language,
    named::{self, Values},
};

/// What fills the sentences of an error's code.
trait Said {
    /// Each by the name that the message catalogue gives it.
    fn values(&self) -> Values;

    /// What is to be said of single answers of a form.
    fn notes(&self, _language: Language) -> Vec<FieldNote> {
        Vec::new()
    }
}

impl Said for TextError {
    fn values(&self) -> Values {
        named::of_text(self)
    }
}

impl Said for TaskError {
    fn values(&self) -> Values {
        named::of_task(self)
    }
}

impl Said for parked::DecideError {
    fn values(&self) -> Values {
        match self {
            Self::Reason(error) => error.values(),
            Self::NothingChosen | Self::AlreadyDone => Vec::new(),
        }
    }
}

impl Said for AttachError {
    fn values(&self) -> Values {
        match self {
            Self::TooLarge => vec![("max", Arg::from(ATTACHMENT_MIB_MAX))],
            Self::FormatUnsupported | Self::Folder(_) => Vec::new(),
        }
    }
}

macro_rules! refusals { ($($error:ident [$($inner:ident),*]),* $(,)?) => { $(
    impl Said for $error {
        fn values(&self) -> Values {
            $( if let Self::$inner(error) = self { return error.values(); } )*
            Vec::new()
        }
    }
    impl Told for $error {
        fn told(self, language: Language) -> ClientError {
            ClientError::with(self.code(), &self.values(), language).about(self.notes(language))
        }
    }
)* }; }

refusals! {
    Trouble [], JournalError [], KeepDraftError [Text],
    DecideUndecidedError [Rule], FindPhotoError [Task], TakePhotoError [Task], WithdrawPhotoError [Text, Task], DecideError [Text, Attachment, Task], HandleFaultError [Text, Attachment, Task],
    RecordFaultError [Text, Task], StepError [Task], FinishDispatchError [Text, Attachment, Task],
    ConfirmLineError [Task], DescribeError [Text, Task], DiscardError [Text, Task], FormError [Text, Task],
    HandOverError [Text, Task], IsolateError [Text, Task], RestoreError [Text, Task], WitnessError [Text, Picture, Task],
    StartTaskError [Task], SubmitError [Task],
    AppendFixesError [Task], StartTrackError [Task], StopTrackError [Task],
}

impl Said for RecordResultError {
    fn values(&self) -> Values {
        match self {
            Self::Text(error) => error.values(),
            Self::Task(error) => error.values(),
            _ => Vec::new(),
        }
    }

    fn notes(&self, language: Language) -> Vec<FieldNote> {
        match self {
            Self::Task(TaskError::Result(error)) => FieldNote::list(language, error.findings()),
            _ => Vec::new(),
        }
    }
}

impl Told for RecordResultError {
    fn told(self, language: Language) -> ClientError {
        ClientError::with(self.code(), &self.values(), language).about(self.notes(language))
    }
}

impl Told for FetchPhotoError {
    fn told(self, language: Language) -> ClientError {
        match self {
            Self::Find(error) => error.told(language),
            Self::Failed(failure) => failure.told(language),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_client::session::{SignInError, SignOutError};
    use firebee_domain::{code::Code, id::PlanItemId, restore::Isolable, submission::Missing, time::Timestamp};
    use firebee_protocol::{
        session::{SignedInElsewhere, Unsent},
        text::{Message as _, Text, problem},
    };

    /// The code of an error and its sentences in both languages.
    fn told<E: Told>(error: impl Fn() -> E) -> (Code, [String; 2]) {
        let [zh, en] = Language::ALL.map(|language| error().told(language));
        let ClientError::Failed { code, .. } = &zh;
        (code.known().unwrap(), [zh.to_string(), en.to_string()])
    }

    /// Every code whose sentences take values, except those that only the office's own calls give.
    #[test]
    fn every_sentence_that_takes_values_gets_them() {
        let incomplete =
            || TaskError::Incomplete { missing: vec![Missing::Result { item: PlanItemId(uuid::Uuid::nil()) }; 31] };
        let forgotten = || TaskError::Incomplete { missing: vec![Missing::Restore { system: Isolable::Gas }; 31] };
        let long = || TextError::TooLong { length: 500, limit: 31 };
        let unsent = || Unsent { facts: 31, blobs: 32 };
        let elsewhere = || SignedInElsewhere { device: "Nokia 31".into(), last_seen: Timestamp(0), unsent: unsent() };
        let all = [
            told(|| SubmitError::Task(incomplete())),
            told(|| DecideError::Task(TaskError::FaultsNotHandled { count: 31 })),
            told(|| DecideError::Task(TaskError::EvidenceIncomplete { missing: 31 })),
            told(|| SubmitError::Task(forgotten())),
            told(|| DecideError::Text(long())),
            told(|| HandleFaultError::Task(TaskError::Text(long()))),
            told(|| FinishDispatchError::Text(long())),
            told(|| DescribeError::Text(long())),
            told(|| DiscardError::Text(long())),
            told(|| FormError::Text(long())),
            told(|| KeepDraftError::Text(long())),
            told(|| RecordResultError::Text(long())),
            told(|| WithdrawPhotoError::Text(long())),
            told(|| StopTrackError::Task(TaskError::Text(long()))),
            told(|| SignOutError::UnsentData(unsent())),
            told(|| SignInError::Elsewhere(elsewhere())),
        ];
        let fixed = [
            ("8", told(|| HandleFaultError::Task(TaskError::TooManyAttachments))),
            ("10", told(|| DecideError::Attachment(AttachError::TooLarge))),
        ];
        for (limit, (code, texts)) in &fixed {
            assert!(texts.iter().all(|text| text.contains(limit) && !text.contains('?')), "{code}: {texts:?}");
        }
        for (code, texts) in &all {
            for text in texts {
                assert!(text.contains("31") && !text.contains('{') && !text.contains('?'), "{code}: {text}");
            }
        }
        let of_the_office = [
            "problem-archive-required",
            "problem-calendar-day-missing",
            "problem-calendar-day-wrong",
            "problem-contract-files-too-large",
            "problem-copies-out-of-range",
            "problem-facility-not-covered",
            "problem-pdf-unreadable",
            "problem-person-in-use",
            "problem-plan-not-fully-approved",
            "problem-positions-invalid",
            "problem-positions-too-many",
            "problem-project-incomplete",
            "problem-report-characters-lost",
            "problem-report-code-differs",
            "problem-report-code-malformed",
            "problem-report-code-taken",
            "problem-report-list-full",
            "problem-report-task-unfit",
            "problem-reports-unchosen",
            "problem-plans-without-report",
            "problem-task-in-report",
            "problem-task-reported",
            "problem-task-submitted-late",
            "problem-text-unprintable",
            "problem-too-many-asks",
            "problem-views-full",
            "problem-batch-in-use",
            "problem-batch-rows-wrong",
            "problem-row-repeated",
            "problem-sheet-heading-missing",
            "problem-sheet-too-large",
            "problem-api-scope-missing",
            "problem-api-token-days-wrong",
            "problem-api-tokens-full",
            "problem-webhooks-full",
            "problem-robots-full",
            "problem-monitoring-count-wrong",
            "problem-monitoring-time-wrong",
        ];
        for text in Text::ALL.iter().filter(|text| text.key().starts_with("problem-") && !text.variables().is_empty()) {
            let mut tried = all.iter().chain(fixed.iter().map(|(_, told)| told));
            let given = tried.any(|(code, _)| problem(*code) == *text);
            assert!(given || of_the_office.contains(&text.key()), "{} is never tried", text.key());
        }
    }

    #[test]
    fn a_value_that_nobody_knows_leaves_no_hole() {
        for code in Code::ALL {
            let texts = Language::ALL.map(|language| ClientError::of(*code, language).to_string());
            let (_, of_the_lanes) = told(|| firebee_client::session::Failure::of(*code));
            assert!(texts.iter().chain(&of_the_lanes).all(|text| !text.contains('{')), "{texts:?} {of_the_lanes:?}");
        }
    }
}
