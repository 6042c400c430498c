//! Submission: a round with its complete manifest, and the points that are missing before a submission.

mod due;
mod manifest;
mod missing;
mod submit;

pub use due::Due;
pub use manifest::{Manifest, manifest_hash};
pub use missing::{Missing, missing, photos_lacking};

use crate::{
    id::{FactId, Hash},
    task::Stamp,
};
use serde::{Deserialize, Serialize};

/// Body of `task.submitted`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskSubmitted {
    /// 1 for the first submission, then one more after each rejection.
    pub round: u32,
    /// The manifest's exact JSON text.
    pub manifest: String,
    /// SHA-256 of `firebee/manifest/1\n` and the text.
    pub manifest_hash: Hash,
}

/// A submission as the task holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The `task.submitted` fact.
    pub fact: FactId,
    /// When it was submitted.
    pub at: Stamp,
    /// Its round.
    pub round: u32,
    /// What it lists.
    pub manifest: Manifest,
    /// The hash that a decision names.
    pub manifest_hash: Hash,
}
