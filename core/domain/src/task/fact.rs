//! What a device says about a task: the bodies of its facts.

use super::{Stamp, TaskKind};
use crate::{
    evidence::{PhotoTaken, PhotoWithdrawn, TrackSegment},
    fault::FaultHandled,
    id::{AccountId, FactId, PlanId, PlanItemId, ProjectId, TaskId},
    result::ResultRecorded,
    review::ReviewDecided,
    submission::{Manifest, TaskSubmitted},
};
use serde::{Deserialize, Serialize};

/// Body of `task.started`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskStarted {
    /// What the task is for.
    pub kind: TaskKind,
    /// The plan, for a planned task.
    pub plan: Option<PlanId>,
    /// The plan's name, from which the task's name is made.
    pub plan_name: String,
    /// The plan items chosen, at least one, each once.
    pub items: Vec<StartedItem>,
}

/// One item chosen at the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartedItem {
    /// The plan item.
    pub item: PlanItemId,
    /// Its catalogue id.
    pub item_id: String,
}

/// The brand of the fire alarm controller on site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Controller {
    /// There is no alarm system.
    None,
    /// Its maker or brand.
    Brand(String),
}

/// Body of `task.described`; the last one counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDescribed {
    /// The controller's brand, or that there is none.
    pub controller: Controller,
    /// Persons present beside the executor, by name.
    pub helpers: Vec<String>,
    /// Instruments used, by number.
    pub instruments: Vec<String>,
}

/// The description that counts, and the fact that gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The `task.described` fact.
    pub fact: FactId,
    /// When it was recorded.
    pub at: Stamp,
    /// What it said.
    pub described: TaskDescribed,
}

/// Body of `task.discarded`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDiscarded {
    /// Why, in the executor's words; may be empty.
    pub reason: String,
}

/// A submission and what its manifest's text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmittedManifest {
    /// The body as recorded.
    pub submitted: TaskSubmitted,
    /// Its text, read.
    pub manifest: Manifest,
}

/// One fact about a task, as the state machine takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFact {
    /// The fact's id.
    pub id: FactId,
    /// Who recorded it.
    pub account: AccountId,
    /// The project it names.
    pub project: ProjectId,
    /// The task it names; for `task.started` the task it makes.
    pub task: TaskId,
    /// When it was captured.
    pub at: Stamp,
    /// What it says.
    pub body: TaskBody,
}

/// The bodies that change a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskBody {
    /// `task.started`
    Started(TaskStarted),
    /// `task.described`
    Described(TaskDescribed),
    /// `result.recorded`
    Recorded(Box<ResultRecorded>),
    /// `photo.taken`
    PhotoTaken(Box<PhotoTaken>),
    /// `photo.withdrawn`
    PhotoWithdrawn(PhotoWithdrawn),
    /// `track.segment`
    TrackSegment(TrackSegment),
    /// `task.submitted`, with its manifest's text read.
    Submitted(Box<SubmittedManifest>),
    /// `task.discarded`
    Discarded(TaskDiscarded),
    /// `fault.handled`
    FaultHandled(FaultHandled),
    /// `review.decided`
    ReviewDecided(ReviewDecided),
}
