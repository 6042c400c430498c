//! The display of a state: a word, a shape and a colour, the same on phone, console and report.

use super::{Language, Text as T, say};
use firebee_domain::{
    contract::ContractStatus,
    dispatch::DispatchState,
    fault::FaultState,
    geofence::CoverageVerdict,
    plan::{PlanItemState, PlanStatus},
    project::ProjectStatus,
    result::Verdict,
    suspension::PauseState,
    task::{TaskKind, TaskState},
    time::Punctuality,
};

/// The colour of a state, by what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Tone {
    /// In order: green.
    Conform,
    /// Not in order: red.
    Nonconform,
    /// Neither: grey.
    Untestable,
    /// Somebody has to act: amber.
    Waiting,
    /// Too late, or not to be relied on: violet.
    Late,
}

/// The sign beside the word; each surface draws its own icon for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A tick.
    Check,
    /// A cross.
    Cross,
    /// A dash.
    Dash,
    /// A clock.
    Clock,
    /// A pencil.
    Pencil,
    /// An arrow that turns back.
    Back,
    /// A bin.
    Bin,
    /// A speech bubble.
    Speech,
    /// An empty circle.
    Circle,
    /// A circle that is half done.
    Half,
    /// A barred circle.
    Barred,
    /// A warning triangle.
    Warn,
}

/// A state, said three times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// Its colour.
    pub tone: Tone,
    /// Its sign.
    pub shape: Shape,
    /// Its word, in the reader's language.
    pub word: String,
}

impl Chip {
    /// A chip of a word of the catalogue.
    #[must_use]
    pub fn of(language: Language, tone: Tone, shape: Shape, text: T) -> Self {
        Self { tone, shape, word: capital(say(language, text)) }
    }

    /// A count of something that waits.
    #[must_use]
    pub const fn waits(word: String) -> Self {
        Self { tone: Tone::Waiting, shape: Shape::Clock, word }
    }

    /// A count of something that is wrong.
    #[must_use]
    pub const fn wrong(word: String) -> Self {
        Self { tone: Tone::Nonconform, shape: Shape::Warn, word }
    }

    /// The chip of a verdict.
    #[must_use]
    pub fn verdict(language: Language, verdict: Verdict) -> Self {
        let (tone, shape, text) = match verdict {
            Verdict::Conform => (Tone::Conform, Shape::Check, T::WordVerdictConform),
            Verdict::Nonconform => (Tone::Nonconform, Shape::Cross, T::WordVerdictNonconform),
            Verdict::Untestable => (Tone::Untestable, Shape::Dash, T::WordVerdictUntestable),
        };
        Self::of(language, tone, shape, text)
    }

    /// The chip of a task's state.
    #[must_use]
    pub fn task(language: Language, state: TaskState) -> Self {
        let (tone, shape, text) = match state {
            TaskState::Executing => (Tone::Untestable, Shape::Pencil, T::WordTaskExecuting),
            TaskState::PendingReview => (Tone::Waiting, Shape::Clock, T::WordReviewPending),
            TaskState::Approved => (Tone::Conform, Shape::Check, T::WordReviewApproved),
            TaskState::Rejected => (Tone::Nonconform, Shape::Back, T::WordReviewRejected),
            TaskState::Discarded => (Tone::Untestable, Shape::Bin, T::WordTaskDiscarded),
        };
        Self::of(language, tone, shape, text)
    }

    /// Whether a task is part of the plan.
    #[must_use]
    pub fn nature(language: Language, kind: TaskKind) -> Self {
        if kind.is_planned() {
            Self::of(language, Tone::Untestable, Shape::Circle, T::WordTaskInPlan)
        } else {
            Self::of(language, Tone::Late, Shape::Half, T::WordTaskOutsidePlan)
        }
    }

    /// The chip of a fault's state.
    #[must_use]
    pub fn fault(language: Language, state: FaultState) -> Self {
        let (tone, shape, text) = match state {
            FaultState::Unhandled => (Tone::Nonconform, Shape::Warn, T::WordFaultUnhandled),
            FaultState::Negotiating => (Tone::Waiting, Shape::Speech, T::WordFaultNegotiating),
            FaultState::OwnerRefused => (Tone::Late, Shape::Cross, T::WordFaultOwnerRefused),
            FaultState::OutOfScope => (Tone::Untestable, Shape::Barred, T::WordFaultOutOfScope),
            FaultState::Resolving => (Tone::Waiting, Shape::Pencil, T::WordFaultResolving),
            FaultState::Resolved => (Tone::Conform, Shape::Check, T::WordFaultResolved),
            FaultState::Withdrawn => (Tone::Untestable, Shape::Back, T::WordFaultWithdrawn),
        };
        Self::of(language, tone, shape, text)
    }

    /// The chip of a dispatch's state.
    #[must_use]
    pub fn dispatch(language: Language, state: DispatchState) -> Self {
        let (tone, shape, text) = match state {
            DispatchState::ToIssue => (Tone::Waiting, Shape::Circle, T::WordDispatchToIssue),
            DispatchState::Issued => (Tone::Waiting, Shape::Clock, T::WordDispatchIssued),
            DispatchState::Received => (Tone::Untestable, Shape::Half, T::WordDispatchReceived),
            DispatchState::Executing => (Tone::Untestable, Shape::Pencil, T::WordDispatchExecuting),
            DispatchState::Resolved => (Tone::Conform, Shape::Check, T::WordFaultResolved),
            DispatchState::Unresolved => (Tone::Nonconform, Shape::Cross, T::WordDispatchUnresolved),
            DispatchState::Cancelled => (Tone::Untestable, Shape::Barred, T::WordDispatchCancelled),
        };
        Self::of(language, tone, shape, text)
    }

    /// Whether a submission came in time.
    #[must_use]
    pub fn in_time(language: Language, verdict: Punctuality) -> Self {
        let (tone, shape, text) = match verdict {
            Punctuality::InTime => (Tone::Conform, Shape::Clock, T::WordSubmittedInTime),
            Punctuality::Late => (Tone::Late, Shape::Warn, T::WordSubmittedLate),
            Punctuality::NotProvable => (Tone::Late, Shape::Dash, T::WordSubmittedNotProvable),
        };
        Self::of(language, tone, shape, text)
    }

    /// Whether the calibration of an instrument holds.
    #[must_use]
    pub fn calibration(language: Language, expired: bool) -> Self {
        if expired {
            Self::of(language, Tone::Nonconform, Shape::Warn, T::WordCalibrationExpired)
        } else {
            Self::of(language, Tone::Conform, Shape::Check, T::WordCalibrationValid)
        }
    }

    /// The chip of the verdict on a track.
    #[must_use]
    pub fn track(language: Language, verdict: CoverageVerdict) -> Self {
        let (tone, shape, text) = match verdict {
            CoverageVerdict::Covered => (Tone::Conform, Shape::Check, T::WordTrackCovered),
            CoverageVerdict::NotCovered => (Tone::Nonconform, Shape::Cross, T::WordTrackNotCovered),
            CoverageVerdict::NotRecorded => (Tone::Untestable, Shape::Dash, T::WordTrackNotRecorded),
        };
        Self::of(language, tone, shape, text)
    }

    /// A track that was played from a file.
    #[must_use]
    pub fn replayed(language: Language) -> Self {
        Self::of(language, Tone::Late, Shape::Back, T::WordTrackReplayed)
    }

    /// The chip of a plan.
    #[must_use]
    pub fn plan(language: Language, status: PlanStatus) -> Self {
        let (tone, shape, text) = match status {
            PlanStatus::NotIssued => (Tone::Untestable, Shape::Circle, T::WordPlanNotIssued),
            PlanStatus::PartlyIssued => (Tone::Waiting, Shape::Half, T::WordPlanPartlyIssued),
            PlanStatus::Issued => (Tone::Waiting, Shape::Clock, T::WordPlanIssued),
            PlanStatus::Completed => (Tone::Conform, Shape::Check, T::WordPlanCompleted),
        };
        Self::of(language, tone, shape, text)
    }

    /// The chip of a plan item.
    #[must_use]
    pub fn plan_item(language: Language, state: PlanItemState) -> Self {
        let (tone, shape, text) = match state {
            PlanItemState::NotIssued => (Tone::Untestable, Shape::Circle, T::WordPlanNotIssued),
            PlanItemState::Issued => (Tone::Untestable, Shape::Circle, T::WordItemNotExecuted),
            PlanItemState::Executing => (Tone::Untestable, Shape::Pencil, T::WordTaskExecuting),
            PlanItemState::Submitted => (Tone::Waiting, Shape::Clock, T::WordReviewPending),
            PlanItemState::Approved => (Tone::Conform, Shape::Check, T::WordReviewApproved),
        };
        Self::of(language, tone, shape, text)
    }

    /// The chip of a project's state.
    #[must_use]
    pub fn project(language: Language, status: ProjectStatus) -> Self {
        let (tone, shape, text) = match status {
            ProjectStatus::Active => (Tone::Conform, Shape::Check, T::WordProjectActive),
            ProjectStatus::Completed => (Tone::Untestable, Shape::Dash, T::WordProjectCompleted),
            ProjectStatus::Terminated => (Tone::Nonconform, Shape::Barred, T::WordProjectTerminated),
        };
        Self::of(language, tone, shape, text)
    }
}

impl Chip {
    /// The chip of the state of a request to pause.
    #[must_use]
    pub fn pause(language: Language, state: PauseState) -> Self {
        let (tone, shape, text) = match state {
            PauseState::Pending => (Tone::Waiting, Shape::Clock, T::WordPausePending),
            PauseState::Approved => (Tone::Conform, Shape::Check, T::WordPauseApproved),
            PauseState::Rejected => (Tone::Nonconform, Shape::Cross, T::WordPauseRejected),
            PauseState::Withdrawn => (Tone::Untestable, Shape::Back, T::WordPauseWithdrawn),
        };
        Self::of(language, tone, shape, text)
    }

    /// The chip of a contract's state.
    #[must_use]
    pub fn contract(language: Language, status: ContractStatus) -> Self {
        let (tone, shape, text) = match status {
            ContractStatus::Running => (Tone::Conform, Shape::Check, T::WordContractRunning),
            ContractStatus::Completed => (Tone::Untestable, Shape::Dash, T::WordContractCompleted),
            ContractStatus::Terminated => (Tone::Nonconform, Shape::Barred, T::WordContractTerminated),
            ContractStatus::Cancelled => (Tone::Nonconform, Shape::Bin, T::WordContractCancelled),
        };
        Self::of(language, tone, shape, text)
    }
}

/// The shared words stand in sentences elsewhere; by itself an English word begins with a capital.
pub(super) fn capital(word: String) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    #[test]
    fn a_word_by_itself_begins_with_a_capital_in_english_and_stays_as_it_is_in_chinese() {
        let word = |language| Chip::verdict(language, Verdict::Nonconform).word;
        assert_eq!(word(Language::En), "Nonconform");
        assert_eq!(word(Language::Zh), "不符合");
    }

    /// A colour alone is not enough: states of one noun with the same colour have different shapes.
    #[test]
    fn no_two_states_of_a_task_a_fault_or_a_dispatch_look_alike() {
        let tasks = TaskState::VARIANTS.iter().map(|state| Chip::task(Language::Zh, *state));
        let faults = FaultState::VARIANTS.iter().map(|state| Chip::fault(Language::Zh, *state));
        let dispatches = DispatchState::VARIANTS.iter().map(|state| Chip::dispatch(Language::Zh, *state));
        for chips in [tasks.collect::<Vec<_>>(), faults.collect(), dispatches.collect()] {
            for (at, chip) in chips.iter().enumerate() {
                let alike =
                    |other: &Chip| (other.tone, other.shape) == (chip.tone, chip.shape) || other.word == chip.word;
                assert!(!chips.iter().skip(at + 1).any(alike), "{chip:?}");
            }
        }
    }
}
