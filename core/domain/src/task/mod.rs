//! A task: what one operator does in a project in one go. One state machine, used by phone and server alike.
//!
//! `executing → pending_review → approved | rejected → (edit) pending_review`; `executing → discarded`;
//! `approved → pending_review` by an operation change alone.

mod answers;
mod apply;
mod delete;
mod describe;
mod discard;
mod error;
mod hand_over;
mod start;
mod take_back;
mod witness;

pub use answers::{Standing, current_of};
pub use apply::{ChangesTask, Circumstances, advance};
pub use delete::delete;
pub use describe::{Controller, Description, Helper, TaskDescribed};
pub use discard::{Discarded, TaskDiscarded};
pub use error::TaskError;
pub use hand_over::{HandOver, TaskHandedOver};
pub use start::{StartedItem, TaskStarted};
pub use take_back::{NotApproved, TakenBack, take_back};
pub use witness::{Witness, WitnessSigned};

use crate::{
    evidence::{Photo, PhotoRole, SegmentRef},
    fact::Attribution,
    id::{AccountId, FactId, PlanId, PlanItemId, ProjectId, TaskId},
    project::Practice,
    restore::ServiceStep,
    result::{ORDINAL_MAX, ResultKey, TaskResult},
    review::Review,
    submission::Submission,
    time::{Bound, Timestamp, TrustedTime},
    ways::Demands,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use uuid::Uuid;

/// What a task is for. Troubleshooting and repair are dispatches, not tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum TaskKind {
    /// Self-created from a plan.
    Planned,
    /// Supplementary test on the owner's request, outside the plan.
    Supplementary,
    /// A facility that the catalogue lacks, outside the plan.
    Mismatch,
    /// A repair request of the owner that the firm took up: nobody executes it, it holds the fault.
    Request,
}

impl TaskKind {
    /// Whether it is part of a plan. A report needs tasks that are: whatever lies outside only adds to them (R-124, R-125,
    ///
    pub const fn is_planned(self) -> bool {
        matches!(self, Self::Planned)
    }
}

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
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

/// When something happened: what the phone's clock said, what can be proved, and what the phone's clocks state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// The phone's (or, for an office act, the server's) wall clock. Shown, never decided by.
    pub wall_ms: Timestamp,
    /// The trusted time; `None` on the phone before the server has accepted it.
    pub time: Option<TrustedTime>,
}

impl Stamp {
    /// What only the clock that showed it knows.
    pub const fn unproved(wall_ms: Timestamp) -> Self {
        Self { wall_ms, time: None }
    }

    /// What an office act says: the server's own clock.
    pub const fn of_server(at: Timestamp) -> Self {
        Self { wall_ms: at, time: Some(TrustedTime::of_server(at)) }
    }

    /// The interval to show and to measure by: the stated one, else the proved one.
    pub fn best(self) -> Option<Bound> {
        self.time.map(TrustedTime::best)
    }

    /// The last instant at which it can have been, as far as that is known; else what the phone's clock showed.
    pub fn latest(self) -> Timestamp {
        self.best().map_or(self.wall_ms, |bound| bound.latest)
    }

    /// The same clocks, this many milliseconds earlier.
    #[must_use]
    pub fn earlier_by(self, ms: i64) -> Self {
        let back = ms.saturating_neg();
        Self { wall_ms: self.wall_ms.plus_ms(back), time: self.time.map(|time| time.moved_by(back)) }
    }

    /// Whether two sources of its time exclude each other. Shown, never a reason to refuse.
    pub fn is_contradicted(self) -> bool {
        self.time.is_some_and(|time| time.time_contradiction)
    }
}

/// One item in a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskItem {
    /// The plan item; outside the plan, the id that its phone gave it.
    pub item: PlanItemId,
    /// Its catalogue id, such as `power-genset.a`.
    pub item_id: String,
}

/// A task with everything that was recorded for it. The lists are kept sorted so that facts that do not depend on
/// each other give the same task in any order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its id, that of its `task.started`.
    pub id: TaskId,
    /// The project it belongs to.
    pub project: ProjectId,
    /// The plan its items come from; `None` outside the plan.
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
    /// What the firm asks of it beyond the rules, as it was when the task began.
    #[serde(default, skip_serializing_if = "Demands::is_of_the_rules")]
    pub demands: Demands,
    /// The event of a connected fire system because of which it was ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Uuid>,
    /// Controller, helpers, instruments: the last one recorded.
    pub description: Option<Description>,
    /// What was isolated and put back to automatic, and the lines of the firm's checklist that were confirmed, in the order
    /// of the facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service: Vec<ServiceStep>,
    /// The owner's witness: the last one recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Witness>,
    /// Who had the task before, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hands: Vec<HandOver>,
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
    /// Who gave it up, when and why; `None` for any task that is not discarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discarded: Option<Discarded>,
    /// The approvals that an operation change took back, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_back: Vec<TakenBack>,
}

impl Task {
    /// A task that begins: nothing is recorded in it yet, and it has neither name nor items.
    pub(crate) fn begun(by: &Attribution, kind: TaskKind) -> Self {
        Self {
            id: by.task,
            project: by.project,
            plan: None,
            kind,
            executor: by.account,
            name: String::new(),
            started: by.at,
            state: TaskState::Executing,
            round: 0,
            items: Vec::new(),
            demands: Demands::default(),
            event: None,
            description: None,
            service: Vec::new(),
            witness: None,
            hands: Vec::new(),
            results: Vec::new(),
            photos: Vec::new(),
            segments: Vec::new(),
            submissions: Vec::new(),
            reviews: Vec::new(),
            discarded: None,
            taken_back: Vec::new(),
        }
    }

    /// Whether its executor may still record into it.
    pub const fn is_editable(&self) -> bool {
        matches!(self.state, TaskState::Executing | TaskState::Rejected)
    }

    /// Whether its executor may still record into it, or why not.
    ///
    /// # Errors
    /// It waits for a review, is approved or discarded.
    pub const fn takes_records(&self) -> Result<(), TaskError> {
        match self.state {
            TaskState::Executing | TaskState::Rejected => Ok(()),
            TaskState::Discarded => Err(TaskError::Discarded),
            TaskState::PendingReview | TaskState::Approved => Err(TaskError::NotEditable),
        }
    }

    /// Whether it holds its plan items: a discarded task gives them back.
    pub const fn is_live(&self) -> bool {
        !matches!(self.state, TaskState::Discarded)
    }

    /// The item of this task with that plan item id.
    pub fn item(&self, item: PlanItemId) -> Option<&TaskItem> {
        let found = self.items.binary_search_by_key(&item, |held| held.item).ok();
        found.and_then(|at| self.items.get(at))
    }

    /// Checks that the attribution names this task, its project, and no plan but its own.
    pub(crate) fn is_named_by(&self, by: &Attribution) -> Result<(), TaskError> {
        if self.id != by.task {
            return Err(TaskError::Unknown);
        }
        if self.project != by.project {
            return Err(TaskError::OtherProject);
        }
        if by.plan.is_some_and(|plan| self.plan != Some(plan)) { Err(TaskError::OtherPlan) } else { Ok(()) }
    }

    /// The item of this task that the key names.
    pub(crate) fn require_item(&self, key: ResultKey) -> Result<&TaskItem, TaskError> {
        if !(1..=ORDINAL_MAX).contains(&key.ordinal) {
            return Err(TaskError::OrdinalInvalid);
        }
        self.item(key.item).ok_or(TaskError::ItemNotInTask)
    }

    /// The photos that count: those not withdrawn.
    pub fn current_photos(&self) -> impl Iterator<Item = &Photo> {
        self.photos.iter().filter(|photo| !photo.withdrawn)
    }

    /// The photos that show the result of a key: taken for it, or named by its current result.
    pub fn photos_of(&self, key: ResultKey) -> impl Iterator<Item = &Photo> {
        let named: &[FactId] = self.current_result(key).map_or(&[], |result| &result.recorded.photos);
        self.current_photos().filter(move |photo| photo.key() == Some(key) || named.contains(&photo.fact))
    }

    /// How many photos show the result of a key, selfies left out.
    pub(crate) fn shown_by(&self, key: ResultKey) -> usize {
        self.photos_of(key).filter(|photo| photo.taken.role != PhotoRole::Selfie).count()
    }

    /// Whether a photo shows the result of a key, as the work of its project goes. A selfie shows who was there, not what
    /// was found.
    pub fn is_shown(&self, key: ResultKey, practice: &Practice) -> bool {
        let wanted = self.item(key.item).and_then(|item| practice.proof(&item.item_id));
        self.photos_of(key).any(|photo| match wanted {
            None => photo.taken.role != PhotoRole::Selfie,
            Some(role) => photo.taken.role == role,
        })
    }

    /// the role of the photo that the controller still asks for: its panel or, where there is none, any photo of the
    /// site but a selfie. `None` when it is there, or when nobody has said yet which controller there is.
    pub(crate) fn controller_photo_wanted(&self, practice: &Practice) -> Option<PhotoRole> {
        let said = self.description.as_ref().filter(|_| practice.controller)?;
        let mut roles = self.current_photos().map(|photo| photo.taken.role);
        let (wanted, shown) = match said.described.controller {
            Controller::Brand(_) => (PhotoRole::Panel, roles.any(|role| role == PhotoRole::Panel)),
            Controller::None => (PhotoRole::Evidence, roles.any(|role| role != PhotoRole::Selfie)),
        };
        (!shown).then_some(wanted)
    }

    /// The facts that show work on the task, with their instants. The working time of a day runs from the day's first
    /// such fact to its last.
    pub fn worked_at(&self) -> impl Iterator<Item = (FactId, Stamp)> {
        let started = std::iter::once((FactId(self.id.0), self.started));
        let described = self.description.iter().map(|held| (held.fact, held.at));
        let results = self.results.iter().map(|held| (held.fact, held.at));
        let photos = self.photos.iter().map(|held| (held.fact, held.at));
        let submissions = self.submissions.iter().map(|held| (held.fact, held.at));
        let service = self.service.iter().map(|held| (held.fact, held.at));
        let witness = self.witness.iter().map(|held| (held.fact, held.at));
        started.chain(described).chain(service).chain(witness).chain(results).chain(photos).chain(submissions)
    }

    /// The submission of the last round.
    pub fn last_submission(&self) -> Option<&Submission> {
        self.submissions.last()
    }
}
