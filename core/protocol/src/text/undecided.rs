//! What a person must know of a fact that does not count, to decide on it.

use super::{Arg, Chip, Language, Text as T, say_with};
use firebee_domain::{fact::Body, review::Decision, task::TaskState};

/// What a fact says, in short; empty where its kind says enough.
#[must_use]
pub fn says(language: Language, body: &Body) -> String {
    let both = |first: String, second: &str| if second.is_empty() { first } else { format!("{first}: {second}") };
    match body {
        Body::ResultRecorded(result) => {
            let verdict = Chip::verdict(language, result.verdict).word;
            both(format!("{} \u{b7} {verdict}", result.name), &result.measured_record)
        }
        Body::TaskSubmitted(submitted) => {
            say_with(language, T::WordFactRound, &[("round", Arg::from(submitted.round))])
        }
        Body::ReviewDecided(decided) => {
            let state = match decided.decision {
                Decision::Approved => TaskState::Approved,
                Decision::Rejected => TaskState::Rejected,
            };
            both(Chip::task(language, state).word, &decided.opinion)
        }
        Body::TaskDiscarded(discarded) => discarded.reason.clone(),
        Body::PhotoWithdrawn(withdrawn) => withdrawn.reason.clone(),
        Body::FaultHandled(handled) => handled.explanation.clone(),
        Body::DispatchFinished(finished) => finished.details.clone(),
        _ => String::new(),
    }
}
