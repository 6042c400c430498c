//! The words of the console's own, beside those that every surface shares.

use firebee_domain::{fault::Way, project::Missing, task::TaskState};
use firebee_protocol::text::{Chip, Language, Shape, Text as T, Tone, say, word};

/// The state of a word in a row.
pub(super) fn task_state(word: &str) -> Option<TaskState> {
    TaskState::ALL.into_iter().find(|state| state.code() == word)
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

/// A plan that has to be made, or issued.
pub(super) const fn plan_due(word: String) -> Chip {
    Chip { tone: Tone::Waiting, shape: Shape::Circle, word }
}

/// what a project still lacks.
pub(super) fn missing(language: Language, missing: &[Missing]) -> String {
    let word = |missing: &Missing| {
        say(
            language,
            match missing {
                Missing::Buildings => T::ConsoleMissingBuildings,
                Missing::Systems => T::ConsoleMissingSystems,
                Missing::Jurisdiction => T::ConsoleMissingJurisdiction,
                Missing::Location => T::ConsoleMissingLocation,
                Missing::Lead => T::ConsoleMissingLead,
            },
        )
    };
    word::join(language, missing.iter().map(word))
}
