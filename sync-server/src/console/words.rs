//! The shared words, shapes and colours as the pages draw them, and the words that only the console has.

pub(super) use firebee_protocol::text::word::{
    actor as role, cause, contract, join, nature, photo, role as role_word, way,
};

use super::part::Chip;
use firebee_domain::{
    fault::{FaultState, Way},
    geofence::CoverageVerdict,
    plan::{PlanItemState, PlanStatus},
    project::{Missing, ProjectStatus},
    result::Verdict,
    task::TaskState,
};
use firebee_protocol::text::{self, Language, Shape, Text as T, Tone, say};

///
pub(super) fn verdict(language: Language, verdict: Verdict) -> Chip {
    text::Chip::verdict(language, verdict).into()
}

///
pub(super) fn task(language: Language, state: TaskState) -> Chip {
    text::Chip::task(language, state).into()
}

/// The state of a word in a row.
pub(super) fn task_state(word: &str) -> Option<TaskState> {
    TaskState::ALL.into_iter().find(|state| state.code() == word)
}

///
pub(super) fn fault(language: Language, state: FaultState) -> Chip {
    text::Chip::fault(language, state).into()
}

/// The ways that issue no dispatch.
pub(super) const WAYS: [Way; 3] = [Way::Negotiating, Way::OwnerRefused, Way::OutOfScope];

/// A way, as a form sends it.
pub(super) const fn way_word(way: Way) -> &'static str {
    match way {
        Way::Troubleshoot => "troubleshoot",
        Way::OwnerAgreed => "owner_agreed",
        Way::OwnerRefused => "owner_refused",
        Way::OutOfScope => "out_of_scope",
        Way::Negotiating => "negotiating",
    }
}

///
pub(super) fn track(language: Language, verdict: CoverageVerdict) -> Chip {
    text::Chip::track(language, verdict).into()
}

/// A track that was played from a file.
pub(super) fn replayed(language: Language) -> Chip {
    text::Chip::replayed(language).into()
}

///
pub(super) fn plan(language: Language, status: PlanStatus) -> Chip {
    text::Chip::plan(language, status).into()
}

/// A plan that has to be made, or issued.
pub(super) fn plan_due(word: String) -> Chip {
    text::Chip { tone: Tone::Waiting, shape: Shape::Circle, word }.into()
}

/// What was not done in its time.
pub(super) fn late(word: String) -> Chip {
    text::Chip { tone: Tone::Late, shape: Shape::Clock, word }.into()
}

///
pub(super) fn plan_item(language: Language, state: PlanItemState) -> Chip {
    text::Chip::plan_item(language, state).into()
}

///
pub(super) fn project(language: Language, status: ProjectStatus) -> Chip {
    text::Chip::project(language, status).into()
}

/// A count of something that waits.
pub(super) fn waits(word: String) -> Chip {
    text::Chip::waits(word).into()
}

/// A count of something that is wrong.
pub(super) fn wrong(word: String) -> Chip {
    text::Chip::wrong(word).into()
}

/// what a project still lacks.
pub(super) fn missing(language: Language, missing: &[Missing]) -> String {
    let word = |missing: &Missing| {
        say(
            language,
            match missing {
                Missing::Buildings => T::WordMissingBuildings,
                Missing::Systems => T::WordMissingSystems,
                Missing::Jurisdiction => T::WordMissingJurisdiction,
                Missing::Location => T::WordMissingLocation,
                Missing::Lead => T::WordMissingLead,
            },
        )
    };
    join(language, missing.iter().map(word))
}
