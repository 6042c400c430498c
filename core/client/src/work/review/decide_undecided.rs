//! A lead adopts or refuses work that the server received and does not count.

use crate::work::{Review, Trouble};
use firebee_domain::{
    account::Action,
    code::Code,
    id::FactId,
    parked::{Choice, DECIDED_MAX, DecideError, ParkedDecided, checked},
};
use firebee_protocol::fact::Seen;
use std::collections::BTreeMap;

/// A decision about facts that wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideUndecided {
    /// The facts, as the screen showed them.
    pub facts: Vec<FactId>,
    /// Adopted or refused.
    pub decision: Choice,
    /// Why; required.
    pub reason: String,
}

/// Why a decision is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum DecideUndecidedError {
    /// No fact, no reason, or a fact that does not wait.
    #[error(transparent)]
    Rule(#[from] DecideError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

impl DecideUndecidedError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Rule(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Review {
    /// Adopts or refuses facts that wait, in one fact for each project and [`DECIDED_MAX`] facts. Durable when this returns.
    /// When the office or another lead decided first, the server does not count this decision and says so.
    ///
    /// # Errors
    /// See [`DecideUndecidedError`]; nothing was recorded.
    pub fn decide_undecided(&self, input: &DecideUndecided) -> Result<(), DecideUndecidedError> {
        self.0.act("decide_undecided", |acting| {
            let waiting: BTreeMap<FactId, _> =
                acting.undecided()?.into_iter().map(|waits| (waits.fact, waits)).collect();
            let (facts, reason) = checked(&input.facts, &input.reason, |fact| waiting.contains_key(&fact))?;
            let mut projects = BTreeMap::<_, Vec<FactId>>::new();
            for waits in facts.iter().filter_map(|fact| waiting.get(fact)) {
                projects.entry(waits.project).or_default().push(waits.fact);
            }
            for (project, facts) in projects {
                acting.permit(Action::AdoptParked, project, false)?;
                for facts in facts.chunks(DECIDED_MAX) {
                    let Some(first) = facts.first().and_then(|fact| waiting.get(fact)) else { continue };
                    let seen = Seen { doc: first.fact.to_string(), rev: first.rev };
                    let decided =
                        ParkedDecided { facts: facts.to_vec(), decision: input.decision, reason: reason.clone() };
                    acting.say_of_project(project, seen, decided)?;
                }
            }
            Ok(())
        })
    }
}
