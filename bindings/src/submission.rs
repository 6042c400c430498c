//! Submissions: rounds, manifests, and what is missing before one.

use firebee_client::work::task::Submitted;
use firebee_domain::{
    id::{FactId, Hash, PlanItemId},
    result::ResultKey,
    submission::{Manifest, Missing, Submission},
    task::Stamp,
};

/// What was handed in.
#[uniffi::remote(Record)]
pub struct Submitted {
    /// The fact.
    pub fact: FactId,
    /// The round, from 1.
    pub round: u32,
    /// The hash of its manifest, which a decision names.
    pub manifest_hash: Hash,
}

/// A submission as the task holds it.
#[uniffi::remote(Record)]
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

/// What a submission lists; each list is sorted.
#[uniffi::remote(Record)]
#[uniffi(name = "SubmissionManifest")]
pub struct Manifest {
    /// The current results.
    pub results: Vec<FactId>,
    /// The photos not withdrawn.
    pub photos: Vec<FactId>,
    /// The track segments that overlap the task.
    pub segments: Vec<FactId>,
    /// The description that counts.
    pub described: Option<FactId>,
}

/// One thing that is missing.
#[uniffi::remote(Enum)]
pub enum Missing {
    /// The item has no result.
    Result {
        /// The plan item.
        item: PlanItemId,
    },
    /// The result does not conform and has no photo, or its item always needs one.
    Photo {
        /// The result.
        key: ResultKey,
    },
    /// The result does not conform and nothing says what is wrong.
    FaultText {
        /// The result.
        key: ResultKey,
    },
    /// The submitter's selfie.
    Selfie,
    /// The controller's brand, or that there is none.
    Controller,
}
