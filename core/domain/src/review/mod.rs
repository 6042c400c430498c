//! Review: the lead's decision on one round.

mod decide;

pub use decide::approvable;

use crate::{
    id::{AccountId, ContentId, EventId, Hash},
    task::Stamp,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, VariantArray};

/// The result of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Decision {
    /// The round is accepted and the task final.
    Approved,
    /// The task goes back to its executor.
    Rejected,
}

/// Body of `review.decided`; the console makes the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewDecided {
    /// The round that was looked at.
    pub round: u32,
    /// The manifest that was looked at.
    pub manifest_hash: Hash,
    /// The decision.
    pub decision: Decision,
    /// The opinion; required for a rejection.
    pub opinion: String,
    /// Files that belong to the decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<ContentId>,
}

/// A decision as the task holds it: an entry of the review log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The fact or the act of the office that decided.
    pub event: EventId,
    /// Who decided.
    pub reviewer: AccountId,
    /// When.
    pub at: Stamp,
    /// What was decided.
    pub decided: ReviewDecided,
}
