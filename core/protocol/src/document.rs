//! Documents: what the server writes and a phone pulls. `document(kind, id, rev, body)`.

use crate::{blob::EvidenceCount, problem::CodeWord};
use firebee_domain::{
    catalogue::Nature,
    dispatch::Dispatch,
    fault::Fault,
    geofence::{Coverage, Thresholds},
    history::History,
    id::{AccountId, ContentId, FactId, OrganisationId, PersonId, PlanId, ProjectId, TaskId},
    instrument::Instrument,
    monitoring::TestOrder,
    personnel::{Colleague, Registration},
    plan::Assignment,
    project::Project,
    submission::Due,
    task::{Stamp, Task},
    time::{Month, Timestamp},
    ways::REMINDER_DAYS,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The kinds of documents, as written.
pub mod kind {
    /// The account itself: [`super::SessionDocument`]; id = account id.
    pub const SESSION: &str = "session";
    /// The people of a firm and its instruments: [`super::CrewDocument`]; id = organisation id.
    pub const CREW: &str = "crew";
    /// A project: [`super::ProjectDocument`]; id = project id.
    pub const PROJECT: &str = "project";
    /// What one executor may do in one plan: [`super::AssignmentDocument`].
    pub const ASSIGNMENT: &str = "assignment";
    /// A task: [`super::TaskDocument`]; id = task id.
    pub const TASK: &str = "task";
    /// A fault: [`super::FaultDocument`]; id = fault id.
    pub const FAULT: &str = "fault";
    /// A dispatch: [`super::DispatchDocument`]; id = dispatch id.
    pub const DISPATCH: &str = "dispatch";
    /// A facility of a project over the months: [`super::HistoryDocument`]; id as [`super::HistoryDocument::id`] makes it.
    pub const HISTORY: &str = "history";
    /// A task that went to somebody else: [`super::HandedDocument`]; id = task id.
    pub const HANDED: &str = "handed";
    /// A quarantined fact: [`super::ParkedDocument`]; id = fact id or, unreadable, store id and seq.
    pub const PARKED: &str = "parked";
    /// A catalogue pack: [`super::CatalogueDocument`]; id = its content id.
    pub const CATALOGUE: &str = "catalogue";
}

/// The account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionDocument {
    /// The account.
    pub account: AccountId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// The organisation's name.
    pub organisation_name: String,
    /// The holder's name.
    pub name: String,
    /// The holder among the people of the firm.
    pub person: PersonId,
    /// Field operator or project lead.
    pub category: firebee_domain::account::Category,
    /// When the holder is a registered fire engineer, and so a qualified reviewer. The phone judges by its
    /// own day; a changed certificate publishes the document anew.
    pub registrations: Vec<Registration>,
    /// What the server makes the verdict on a track with. `None` until a server has told it: the phone then
    /// previews by the usual thresholds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<Thresholds>,
}

/// What the phones of a firm know of it: its people and instruments, which a task may name, and when they remind. All phones of
/// the firm have the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrewDocument {
    /// Who may be present at a task, by name.
    pub crew: Vec<Colleague>,
    /// The firm's instruments, by number.
    pub instruments: Vec<Instrument>,
    /// How many days before a deadline the phone tells of it.
    #[serde(default = "usual_days", skip_serializing_if = "is_usual")]
    pub reminder_days: u8,
}

const fn usual_days() -> u8 {
    REMINDER_DAYS
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_usual(days: &u8) -> bool {
    *days == REMINDER_DAYS
}

/// What a phone knows of its firm before it pulls.
impl Default for CrewDocument {
    fn default() -> Self {
        Self { crew: Vec::new(), instruments: Vec::new(), reminder_days: REMINDER_DAYS }
    }
}

/// A task that this account had and that somebody else goes on with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedDocument {
    /// The task.
    pub task: TaskId,
    /// Its project.
    pub project: ProjectId,
    /// The name of the task.
    pub name: String,
    /// Who goes on with it, by name.
    pub to: String,
    /// Who said so, by name: the account itself, or a lead.
    pub by: String,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: Stamp,
    /// A revision of the task's document that the account had: what it sends later of a walk acts on it.
    pub rev: u64,
    /// Whether who got it has gone on with it. Until then the first screen shows it.
    #[serde(default)]
    pub taken_up: bool,
}

/// A project with the names that a screen shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectDocument {
    /// The project.
    pub project: Project,
    /// The owner's name.
    pub owner_name: String,
    /// The lead's name.
    pub lead_name: String,
    /// The supplementary tests that were ordered because of events, the first first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<TestOrder>,
}

/// What one executor may do in one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentDocument {
    /// The assignment at this revision.
    pub assignment: Assignment,
    /// The plan's name.
    pub plan_name: String,
    /// Month, quarter or year.
    pub nature: Nature,
    /// The month that the plan is for; the first of a quarter or year.
    pub period: Month,
    /// The catalogue pack that the plan pins.
    pub catalogue: ContentId,
}

/// A task as everyone who may see it gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDocument {
    /// The task.
    pub task: Task,
    /// The executor's name.
    pub executor_name: String,
    /// The plan's name.
    pub plan_name: String,
    /// How much of its evidence is verified.
    pub evidence: EvidenceCount,
    /// The verdict of its track, once there is a submission.
    pub coverage: Option<Coverage>,
    /// The plan's catalogue pack.
    pub catalogue: ContentId,
    /// The assignment document that a further fact of this task acts on; outside the plan, the one that its start acted on,
    /// which may be gone with its plan.
    pub assignment: Option<String>,
    /// The assignment's revision.
    pub assignment_rev: u64,
    /// By when its submission is due.
    pub due: Option<Due>,
    /// The names of those who reviewed it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reviewers: BTreeMap<AccountId, String>,
}

/// A fault, from its task's submission on and for as long as somebody follows it: it outlives the task's review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultDocument {
    /// The fault.
    pub fault: Fault,
    /// The name of the task that found it.
    pub task_name: String,
    /// The catalogue pack that its item stands in.
    pub catalogue: ContentId,
}

/// A dispatch. The team lead receives it once it is issued, and then needs no other document of its task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchDocument {
    /// The dispatch.
    pub dispatch: Dispatch,
    /// The name of the task that found its fault.
    pub task_name: String,
    /// The catalogue pack that its item stands in.
    pub catalogue: ContentId,
    /// Everybody whom the dispatch names.
    pub people: Vec<Named>,
}

/// An account, by the name of its holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The account.
    pub account: AccountId,
    /// The holder's name.
    pub name: String,
}

/// A facility of a project over the months: the list of its instances, what was last found at each and what is
/// still wrong there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryDocument {
    /// What is known.
    pub history: History,
}

impl HistoryDocument {
    /// The id of the document of a facility.
    pub fn id(project: ProjectId, facility: &str) -> String {
        format!("{project}:{facility}")
    }
}

/// A quarantined fact: received, kept, not counted, because of `code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParkedDocument {
    /// The fact, where its id could be read.
    pub fact: Option<FactId>,
    /// Its kind as written, where it could be read.
    pub kind: Option<String>,
    /// The project it names.
    pub project: Option<ProjectId>,
    /// The plan it names.
    pub plan: Option<PlanId>,
    /// The task it names.
    pub task: Option<TaskId>,
    /// Who recorded it.
    pub author: AccountId,
    /// What a lead must know to decide on it; of a fact on which nobody decides, nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Recorded>,
    /// Why it does not count.
    pub code: CodeWord,
    /// Since when.
    pub since: Timestamp,
    /// What the lead decided, once decided.
    pub decision: Option<String>,
}

/// A fact that waits for a decision, as a lead's phone shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The author's name.
    pub author_name: String,
    /// What the phone's clock showed.
    pub wall_ms: Timestamp,
    /// The body as it was sent; `kind` of the document says how it is read.
    pub body: Value,
}

/// A catalogue pack; its bytes are at `GET /v1/catalogues/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueDocument {
    /// Its id: the hash of its bytes.
    pub id: ContentId,
    /// Its length in bytes.
    pub len: u64,
    /// Its edition, such as `2020.05-r2`.
    pub edition: String,
}
