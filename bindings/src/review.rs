//! What a lead does: the records, then the calls.

use crate::{error::ClientError, noun::Noun};
use firebee_client::work::{
    Review as CoreReviews, TaskView,
    review::{DecideTask, HandleFault, QueuedTask},
};
use firebee_domain::{
    fault::{Fault, FaultState, Handling, Way},
    id::{AccountId, EventId, FaultId, Hash, ProjectId, TaskId},
    result::{FaultText, ResultKey},
    review::{Decision, Review, ReviewDecided},
    task::Stamp,
    time::Timestamp,
};

/// A task that waits for a decision.
#[uniffi::remote(Record)]
pub struct QueuedTask {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The executor's name.
    pub executor_name: String,
    /// The round that waits.
    pub round: u32,
    /// When it was submitted, by the executor's phone.
    #[uniffi(name = "submitted")]
    pub submitted_wall_ms: Timestamp,
    /// Results that do not conform.
    pub nonconform: u32,
    /// Faults that nobody has handled.
    pub faults_unhandled: u32,
    /// Blobs verified on the server.
    pub evidence_verified: u32,
    /// Blobs that the task's facts announce.
    pub evidence_total: u32,
    /// This account executed it itself: a warning, no refusal.
    pub own: bool,
}

/// A decision as the task holds it: an entry of the review log.
#[uniffi::remote(Record)]
pub struct Review {
    /// The fact or office request that decided.
    pub event: EventId,
    /// Who decided.
    pub reviewer: AccountId,
    /// When.
    pub at: Stamp,
    /// What was decided.
    pub decided: ReviewDecided,
}

/// Body of `review.decided`; the console makes the same.
#[uniffi::remote(Record)]
pub struct ReviewDecided {
    /// The round that was looked at.
    pub round: u32,
    /// The manifest that was looked at.
    pub manifest_hash: Hash,
    /// The decision.
    pub decision: Decision,
    /// The opinion; required for a rejection.
    pub opinion: String,
}

/// The result of a review.
#[uniffi::remote(Enum)]
pub enum Decision {
    /// The round is accepted and the task final.
    Approved,
    /// The task goes back to its executor.
    Rejected,
}

/// A decision about what the lead looked at.
#[uniffi::remote(Record)]
pub struct DecideTask {
    /// The task.
    pub task: TaskId,
    /// The round that was looked at.
    pub round: u32,
    /// The manifest that was looked at.
    pub manifest_hash: Hash,
    /// Approved or rejected.
    pub decision: Decision,
    /// The opinion; required for a rejection.
    #[uniffi(default)]
    pub opinion: String,
}

/// Which fault, and which way.
#[uniffi::remote(Record)]
pub struct HandleFault {
    /// The task.
    pub task: TaskId,
    /// The fault.
    pub fault: FaultId,
    /// The way; those that issue a dispatch task are not offered yet.
    pub way: Way,
    /// Required when the owner refuses the repair and when it is out of the contract's scope.
    #[uniffi(default)]
    pub explanation: String,
}

/// A fault as the task holds it.
#[uniffi::remote(Record)]
pub struct Fault {
    /// Its id.
    pub id: FaultId,
    /// The result that did not conform.
    pub key: ResultKey,
    /// What is wrong.
    pub description: FaultText,
    /// Where it stands.
    pub state: FaultState,
    /// The handlings of this round, in order; a rejection clears them.
    pub handlings: Vec<Handling>,
}

/// Where a fault stands.
#[uniffi::remote(Enum)]
pub enum FaultState {
    /// Nobody has chosen a way yet.
    Unhandled,
    /// The owner is being talked to.
    Negotiating,
    /// The owner refuses the repair.
    OwnerRefused,
    /// Out of contract scope: final.
    OutOfScope,
    /// Resolving: a dispatch task runs.
    Resolving,
    /// Resolved: final.
    Resolved,
    /// Its result was corrected to conform before approval.
    Withdrawn,
}

/// One handling of a fault.
#[uniffi::remote(Record)]
pub struct Handling {
    /// The fact or office request.
    pub event: EventId,
    /// Who.
    pub by: AccountId,
    /// When.
    pub at: Stamp,
    /// The way chosen.
    pub way: Way,
    /// The explanation.
    pub explanation: String,
}

/// The ways of handling at review.
#[uniffi::remote(Enum)]
pub enum Way {
    /// Troubleshoot: issues a dispatch.
    Troubleshoot,
    /// Owner agrees to the repair: issues a dispatch.
    OwnerAgreed,
    /// The owner refuses the repair.
    OwnerRefused,
    /// Out of contract scope.
    OutOfScope,
    /// The owner is being talked to.
    Negotiating,
}

/// What a lead does: look, handle faults, decide.
#[derive(uniffi::Object)]
pub struct Reviews(pub(crate) Noun<CoreReviews>);

#[uniffi::export(async_runtime = "tokio")]
impl Reviews {
    /// The tasks that wait for this lead, the longest waiting first.
    pub async fn queue(&self) -> Result<Vec<QueuedTask>, ClientError> {
        self.0.off(|reviews| reviews.queue()).await
    }

    /// One task with everything this phone knows of it.
    pub async fn get(&self, task: TaskId) -> Result<TaskView, ClientError> {
        self.0.off(move |reviews| reviews.get(task)).await
    }

    /// Chooses a way for a fault.
    pub async fn handle_fault(&self, input: HandleFault) -> Result<(), ClientError> {
        self.0.off(move |reviews| reviews.handle_fault(&input)).await
    }

    /// Approves or rejects the round that was looked at.
    pub async fn decide(&self, input: DecideTask) -> Result<(), ClientError> {
        self.0.off(move |reviews| reviews.decide(&input)).await
    }
}
