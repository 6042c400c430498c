//! Facts that the server received and does not count: the work of a phone that had lost its account, or on items that had
//! gone to somebody else. A lead or manager decides on them.

mod decide;

pub use decide::{DecideError, checked};

use crate::{
    account::Action,
    fact::{Footing, Says, Text},
    id::FactId,
    text::TEXT_MAX,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// The most facts that one decision is about.
pub const DECIDED_MAX: usize = 500;

/// What is chosen for facts that do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Choice {
    /// They are judged anew: as if they had come in time, and by the plan as it stands.
    Adopted,
    /// They never count.
    Refused,
}

/// Body of `parked.decided`; the console decides by the same rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParkedDecided {
    /// The facts, each once.
    pub facts: Vec<FactId>,
    /// What is chosen.
    pub decision: Choice,
    /// Why; required.
    pub reason: String,
}

impl Says for ParkedDecided {
    const KIND: &'static str = "parked.decided";
    const ACTION: Action = Action::AdoptParked;
    const FOOTING: Footing = Footing::Parked;

    fn texts(&self) -> Vec<Text<'_>> {
        vec![(&self.reason, TEXT_MAX)]
    }

    fn is_bounded(&self) -> bool {
        self.facts.len() <= DECIDED_MAX
    }
}
