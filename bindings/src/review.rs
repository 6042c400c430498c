//! What a lead does: look, handle faults, decide.

use crate::{error::ClientError, noun::Noun};
use firebee_client::{
    screen::Seen,
    work::{
        Review as CoreReviews, Trouble,
        review::{DecideUndecided, HandleFault, QueuedTask, RecordFault},
    },
};
use firebee_domain::{
    dispatch::Order,
    fault::{Particulars, Removal, Way},
    id::{AccountId, FactId, FaultId, RequestId, TaskId},
    parked::Choice,
    review::Decision,
    time::Timestamp,
};

uniffi::custom_type!(
    /// What the lead looked at: handed back with the decision, opaque to the app.
    Seen, String, {
        remote,
        lower: |seen| seen.token().to_owned(),
        try_lift: |token| Ok(Seen::from_token(token)),
    }
);

/// The result of a review.
#[uniffi::remote(Enum)]
pub enum Decision {
    /// The round is accepted and the task final.
    Approved,
    /// The task goes back to its executor.
    Rejected,
}

/// What is chosen for records that do not count.
#[uniffi::remote(Enum)]
pub enum Choice {
    /// They are judged anew: as if they had come in time, and by the plan as it stands.
    Adopted,
    /// They never count.
    Refused,
}

/// Which records that do not count, and what is chosen for them.
#[uniffi::remote(Record)]
pub struct DecideUndecided {
    /// The records, as the screen showed them.
    pub facts: Vec<FactId>,
    /// Adopted or refused.
    pub decision: Choice,
    /// Why; required.
    pub reason: String,
}

/// Which fault, and which way.
#[uniffi::remote(Record)]
pub struct HandleFault {
    /// The task.
    pub task: TaskId,
    /// The fault.
    pub fault: FaultId,
    /// The way, one of those that the screen offers.
    pub way: Way,
    /// Required where the screen says that the way asks for one.
    #[uniffi(default)]
    pub explanation: String,
    /// Whom the way sends; required where the screen says that the way asks for a team lead.
    #[uniffi(default)]
    pub order: Option<Order>,
    /// Paths of files that belong to the way: pictures or PDFs. They are only read.
    #[uniffi(default)]
    pub attachments: Vec<String>,
    /// What is known of the fault by now. What is left out stays as it was said before.
    #[uniffi(default)]
    pub particulars: Option<Particulars>,
}

/// Whom the handling of a fault sends, and with which plan.
#[uniffi::remote(Record)]
pub struct Order {
    /// The team lead, one of those that the screen offers.
    pub team_lead: AccountId,
    /// The repair plan; required where the screen says that the way asks for one.
    #[uniffi(default)]
    pub plan: String,
}

/// Which fault, and what is known of it.
#[uniffi::remote(Record)]
pub struct RecordFault {
    /// The task that found it.
    pub task: TaskId,
    /// The fault.
    pub fault: FaultId,
    /// What is known of it by now. What is left out stays as it was said before.
    pub particulars: Particulars,
    /// Who has just confirmed that the fault is removed; empty for nobody. An earlier confirmation stands in `particulars`,
    /// with its instant.
    #[uniffi(default)]
    pub confirmed_by: String,
}

/// What the record of a fault says beside its description. Each point is open until somebody says it.
#[uniffi::remote(Record)]
pub struct Particulars {
    /// Whether the system was stopped.
    #[uniffi(default)]
    pub system_stopped: Option<bool>,
    /// Whether the fire brigade was told.
    #[uniffi(default)]
    pub brigade_told: Option<bool>,
    /// What protects the place meanwhile.
    #[uniffi(default)]
    pub protective_measures: Option<String>,
    /// The opinion of the owner's manager.
    #[uniffi(default)]
    pub owner_opinion: Option<String>,
    /// Who confirmed that the fault is removed, and when.
    #[uniffi(default)]
    pub removal: Option<Removal>,
}

/// The confirmation that a fault is removed.
#[uniffi::remote(Record)]
pub struct Removal {
    /// The name of who confirmed it.
    pub confirmed_by: String,
    /// When.
    pub at: Timestamp,
}

/// The ways of handling.
#[uniffi::remote(Enum)]
pub enum Way {
    /// The cause is unclear: somebody is sent to find it.
    Troubleshoot,
    /// The cause is clear and the owner agrees: somebody is sent to repair.
    OwnerAgreed,
    /// The owner refuses the repair.
    OwnerRefused,
    /// Out of contract scope.
    OutOfScope,
    /// The owner is being talked to.
    Negotiating,
}

/// A task that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ReviewRow {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// The project's name.
    pub project_name: String,
    /// The executor's name.
    pub executor_name: String,
    /// When it was submitted, by the executor's phone.
    pub submitted: Timestamp,
    /// Results that do not conform.
    pub nonconform: i32,
    /// Faults that nobody has handled.
    pub faults_unhandled: i32,
    /// Files of its evidence that the server has.
    pub evidence_verified: i32,
    /// Files of its evidence.
    pub evidence_total: i32,
    /// This account executed it itself: a warning, no refusal.
    pub own: bool,
}

impl From<QueuedTask> for ReviewRow {
    fn from(queued: QueuedTask) -> Self {
        let shown = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
        Self {
            task: queued.id,
            name: queued.name,
            project_name: queued.project_name,
            executor_name: queued.executor_name,
            submitted: queued.submitted_wall_ms,
            nonconform: shown(queued.nonconform),
            faults_unhandled: shown(queued.faults_unhandled),
            evidence_verified: shown(queued.evidence_verified),
            evidence_total: shown(queued.evidence_total),
            own: queued.own,
        }
    }
}

/// What a lead does.
#[derive(uniffi::Object)]
pub struct Reviews(pub(crate) Noun<CoreReviews>);

#[uniffi::export(async_runtime = "tokio")]
impl Reviews {
    /// The tasks that wait for this lead, the longest waiting first.
    pub async fn queue(&self) -> Result<Vec<ReviewRow>, ClientError> {
        self.0.off(|reviews| Ok::<_, Trouble>(reviews.queue()?.into_iter().map(Into::into).collect())).await
    }

    /// Chooses a way for a fault, at the review or after the approval of its task.
    #[uniffi::method(default(request = None))]
    pub async fn handle_fault(&self, input: HandleFault, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |reviews| reviews.handle_fault(&input)).await
    }

    /// Adopts or refuses records that the server does not count.
    #[uniffi::method(default(request = None))]
    pub async fn decide_undecided(
        &self,
        input: DecideUndecided,
        request: Option<RequestId>,
    ) -> Result<(), ClientError> {
        self.0.once(request, move |reviews| reviews.decide_undecided(&input)).await
    }

    /// Completes the record of a fault, also after the approval of its task.
    #[uniffi::method(default(request = None))]
    pub async fn record_fault(&self, input: RecordFault, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |reviews| reviews.record_fault(&input)).await
    }

    /// Approves or rejects what was looked at; a rejection needs an opinion. The files at the paths of `attachments`,
    /// pictures or PDFs, belong to the decision; they are only read.
    #[uniffi::method(default(opinion = "", attachments = [], request = None))]
    pub async fn decide(
        &self,
        seen: Seen,
        decision: Decision,
        opinion: String,
        attachments: Vec<String>,
        request: Option<RequestId>,
    ) -> Result<(), ClientError> {
        self.0.once(request, move |reviews| reviews.decide_seen(&seen, decision, &opinion, attachments)).await
    }
}
