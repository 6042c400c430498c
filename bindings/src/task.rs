//! Tasks: the records, then the calls.

use crate::{error::ClientError, off};
use firebee_client::{
    journal::{Counts, PhotoCount},
    work::{
        AssignmentSeen, ParkedNote, TaskView, Tasks as CoreTasks,
        task::{
            DescribeTask, DiscardTask, ItemForm, Proposed, RecordResult, StartTask, SubmitTask, Submitted, TaskFilter,
            TaskSummary,
        },
    },
};
use firebee_domain::{
    catalogue::FieldValue,
    evidence::{Photo, SegmentRef},
    fault::Fault,
    geofence::Coverage,
    id::{AccountId, ContentId, FactId, PlanId, PlanItemId, ProjectId, TaskId},
    result::{TaskResult, Verdict},
    review::Review,
    submission::{Missing, Submission},
    task::{Controller, Description, Stamp, Task, TaskDescribed, TaskItem, TaskKind, TaskState},
    time::{Bound, Timestamp},
};
use firebee_protocol::{blob::EvidenceCount, problem::CodeWord};

/// A task as a screen shows it.
#[uniffi::remote(Record)]
pub struct TaskView {
    /// The task with everything that this phone knows of it.
    pub task: Task,
    /// The revision of the pulled document; `None` while only this phone knows the task.
    pub rev: Option<u64>,
    /// The executor's name.
    pub executor_name: String,
    /// The plan's name.
    pub plan_name: String,
    /// How much of its evidence the server has verified.
    pub evidence: EvidenceCount,
    /// The verdict of its track, as the server found it.
    pub coverage: Option<Coverage>,
    /// The catalogue pack that the plan pins.
    pub catalogue: ContentId,
    /// Whether approval waits for the faults.
    pub faults_must_be_handled: bool,
    /// Facts of this phone that the server keeps without counting them.
    pub parked: Vec<ParkedNote>,
    /// The assignment document that a further fact of its executor acts on.
    pub assignment: Option<AssignmentSeen>,
}

/// A task with everything that was recorded for it. The lists are kept sorted so that facts that do not depend on
/// each other give the same task in any order.
#[uniffi::remote(Record)]
pub struct Task {
    /// Its id, that of its `task.started`.
    pub id: TaskId,
    /// The project it belongs to.
    pub project: ProjectId,
    /// The plan its items come from.
    pub plan: Option<PlanId>,
    /// What it is for.
    pub kind: TaskKind,
    /// Who executes it.
    pub executor: AccountId,
    /// Plan name and `MMDD_n`; until the server gave n it ends in `_…`.
    pub name: String,
    /// When it was started.
    pub started: Stamp,
    /// Where it stands.
    pub state: TaskState,
    /// The last submitted round, 0 before the first.
    pub round: u32,
    /// Its items, by plan item id.
    pub items: Vec<TaskItem>,
    /// Controller, helpers, instruments: the last one recorded.
    pub description: Option<Description>,
    /// Every result ever accepted, by key and then in the order received; the superseded stay visible.
    pub results: Vec<TaskResult>,
    /// Every photo, by fact id; the withdrawn stay visible.
    pub photos: Vec<Photo>,
    /// The sealed pieces of the track, by fact id.
    pub segments: Vec<SegmentRef>,
    /// The submissions, by round.
    pub submissions: Vec<Submission>,
    /// The decisions, in order.
    pub reviews: Vec<Review>,
    /// The faults, by id.
    pub faults: Vec<Fault>,
}

/// One plan item in a task.
#[uniffi::remote(Record)]
pub struct TaskItem {
    /// The plan item.
    pub item: PlanItemId,
    /// Its catalogue id, such as `power-genset.a`.
    pub item_id: String,
}

/// When something happened: what the phone's clock said, and what can be proved.
#[uniffi::remote(Record)]
pub struct Stamp {
    /// The phone's (or, for an office act, the server's) wall clock. Shown, never decided by.
    pub wall_ms: Timestamp,
    /// The trusted bound; `None` on the phone before the server has accepted it.
    pub bound: Option<Bound>,
    /// Two sources of the bound excluded each other: shown, never a reason to refuse.
    pub time_contradiction: bool,
}

/// When something happened, as far as can be proved: not before `earliest`, not after `latest`. Never empty.
#[uniffi::remote(Record)]
pub struct Bound {
    /// Not before.
    pub earliest: Timestamp,
    /// Not after.
    pub latest: Timestamp,
}

/// The description that counts, and the fact that gave it.
#[uniffi::remote(Record)]
pub struct Description {
    /// The `task.described` fact.
    pub fact: FactId,
    /// When it was recorded.
    pub at: Stamp,
    /// What it said.
    pub described: TaskDescribed,
}

/// Body of `task.described`; the last one counts.
#[uniffi::remote(Record)]
pub struct TaskDescribed {
    /// The controller's brand, or that there is none.
    pub controller: Controller,
    /// Persons present beside the executor, by name.
    pub helpers: Vec<String>,
    /// Instruments used, by number.
    pub instruments: Vec<String>,
}

/// The brand of the fire alarm controller on site.
#[uniffi::remote(Enum)]
pub enum Controller {
    /// There is no alarm system.
    None,
    /// Its maker or brand.
    Brand(String),
}

/// What a task is for. Only planned ones exist yet; the others have their room.
#[uniffi::remote(Enum)]
pub enum TaskKind {
    /// Self-created from a plan.
    Planned,
    /// Supplementary test on the owner's request.
    Supplementary,
    /// A facility that the catalogue does not hold.
    Mismatch,
    /// Troubleshooting.
    Troubleshoot,
    /// Repair.
    Repair,
}

/// Where a task stands.
#[uniffi::remote(Enum)]
pub enum TaskState {
    /// Unsubmitted: the executor works on it.
    Executing,
    /// Submitted, waits for the lead.
    PendingReview,
    /// Approved: final.
    Approved,
    /// Rejected: the executor edits and submits the next round.
    Rejected,
    /// Discarded before its first submission: final, hidden, nothing of it is deleted.
    Discarded,
}

/// A task on the list.
#[uniffi::remote(Record)]
pub struct TaskSummary {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// Where it stands.
    pub state: TaskState,
    /// The last submitted round.
    pub round: u32,
    /// How many items it has.
    pub items: u32,
    /// How many of them have a result.
    pub items_answered: u32,
    /// The opinion of the last review, when it was rejected.
    pub opinion: Option<String>,
    /// Its facts on this phone by state.
    pub facts: Counts,
    /// Its photos on this phone.
    pub photos: PhotoCount,
}

/// Which tasks.
#[uniffi::remote(Record)]
pub struct TaskFilter {
    /// Those in one of these states; empty for all but the discarded.
    pub states: Vec<TaskState>,
    /// Those of this project.
    pub project: Option<ProjectId>,
}

/// Which items of which plan.
#[uniffi::remote(Record)]
pub struct StartTask {
    /// The plan.
    pub plan: PlanId,
    /// The items, at least one, each once, all issued to this account.
    pub items: Vec<PlanItemId>,
    /// Whether the app has the location permission "always".
    pub location_allowed: bool,
}

/// The description of a task; the last one counts.
#[uniffi::remote(Record)]
pub struct DescribeTask {
    /// The task.
    pub task: TaskId,
    /// The brand of the fire alarm controller; `None` says that there is no alarm system.
    pub controller_brand: Option<String>,
    /// Persons present beside the executor, by name.
    pub helpers: Vec<String>,
    /// Instruments used, by number.
    pub instruments: Vec<String>,
}

/// Which task, and why.
#[uniffi::remote(Record)]
pub struct DiscardTask {
    /// The task.
    pub task: TaskId,
    /// Why, in the executor's words; may be empty.
    pub reason: String,
}

/// How much of a submission's evidence the server has verified: phone and lead see the same count.
#[uniffi::remote(Record)]
pub struct EvidenceCount {
    /// Blobs verified.
    pub verified: u32,
    /// Blobs that the task's facts announce.
    pub total: u32,
    /// Those not verified.
    pub missing: Vec<ContentId>,
}

/// A fact of the task that the server keeps without counting it: "received, not counted, because …".
#[uniffi::remote(Record)]
pub struct ParkedNote {
    /// The fact.
    pub fact: FactId,
    /// Its kind.
    pub kind: String,
    /// Why it does not count.
    pub code: CodeWord,
}

/// A revision of an assignment.
#[uniffi::remote(Record)]
pub struct AssignmentSeen {
    /// The document.
    pub doc: String,
    /// Its revision.
    pub rev: u64,
}

/// Tasks: start, describe, answer, submit, discard, look. A call that records returns after it is on the disk; it is
/// not undone by a cancel.
#[derive(uniffi::Object)]
pub struct Tasks(pub(crate) CoreTasks);

#[uniffi::export(async_runtime = "tokio")]
impl Tasks {
    /// Starts a task of items issued to this account.
    pub async fn start(&self, input: StartTask) -> Result<TaskId, ClientError> {
        off(&self.0, move |tasks| tasks.start(&input)).await
    }

    /// Says which controller is there, who helps, which instruments are used; the last one counts.
    pub async fn describe(&self, input: DescribeTask) -> Result<(), ClientError> {
        off(&self.0, move |tasks| tasks.describe(&input)).await
    }

    /// The form of an item.
    pub async fn form(&self, task: TaskId, item: PlanItemId) -> Result<ItemForm, ClientError> {
        off(&self.0, move |tasks| tasks.form(task, item)).await
    }

    /// What the values typed so far lead to; nothing is recorded.
    #[uniffi::method(default(variant = None, verdict = None))]
    pub async fn propose(
        &self,
        task: TaskId,
        item: PlanItemId,
        values: Vec<FieldValue>,
        variant: Option<String>,
        verdict: Option<Verdict>,
    ) -> Result<Proposed, ClientError> {
        off(&self.0, move |tasks| tasks.propose(task, item, variant.as_deref(), &values, verdict)).await
    }

    /// Records an answer; another one for the same item and instance corrects it.
    pub async fn record_result(&self, input: RecordResult) -> Result<FactId, ClientError> {
        off(&self.0, move |tasks| tasks.record_result(&input)).await
    }

    /// Everything that is missing before the task can be submitted.
    pub async fn missing(&self, task: TaskId) -> Result<Vec<Missing>, ClientError> {
        off(&self.0, move |tasks| tasks.missing(task)).await
    }

    /// Hands a round in; needs no network.
    pub async fn submit(&self, task: TaskId) -> Result<Submitted, ClientError> {
        off(&self.0, move |tasks| tasks.submit(SubmitTask { task })).await
    }

    /// Gives an unsubmitted task up; its items are free again.
    pub async fn discard(&self, input: DiscardTask) -> Result<(), ClientError> {
        off(&self.0, move |tasks| tasks.discard(&input)).await
    }

    /// The tasks of this account by state; no state means all.
    pub async fn list(&self, filter: TaskFilter) -> Result<Vec<TaskSummary>, ClientError> {
        off(&self.0, move |tasks| tasks.list(&filter)).await
    }

    /// One task with everything this phone knows of it.
    pub async fn get(&self, task: TaskId) -> Result<TaskView, ClientError> {
        off(&self.0, move |tasks| tasks.get(task)).await
    }
}
