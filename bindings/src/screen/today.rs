//! What is to be done today.

use firebee_client::screen::{
    Act, Chip, Count, DispatchRow, HandedRow, IssuedGroup, IssuedPage, IssuedQuery, IssuedRow, Left, OutsidePlan,
    Quiet, TaskRow, Today, Waiting, When,
};
use firebee_domain::id::{PlanId, PlanItemId, ProjectId, TaskId};

/// The first screen of a day.
#[uniffi::remote(Record)]
pub struct Today {
    /// The one status line.
    pub quiet: Quiet,
    /// The tasks that this account may work on, the rejected first, then the latest. At most fifty: a search finds the
    /// others.
    pub tasks: Vec<TaskRow>,
    /// How many these tasks are in all.
    pub tasks_total: i32,
    /// What is issued to this account, the nearest deadline first.
    pub issued: Vec<IssuedGroup>,
    /// What may be started outside the plan, in each project in which this account works.
    pub outside_plan: Vec<OutsidePlan>,
    /// What this account is sent for and has not finished, the latest first.
    pub dispatches: Vec<DispatchRow>,
    /// Tasks that wait for this account's review; for a lead.
    pub review: Option<Waiting>,
    /// Faults in them that nobody has handled; for a lead.
    pub faults: Option<Waiting>,
    /// Records that the server does not count and on which this account decides; for a lead.
    pub undecided: Option<Waiting>,
    /// The tasks that went to somebody else, the latest first.
    pub handed: Vec<HandedRow>,
}

/// A task that went to somebody else.
#[uniffi::remote(Record)]
pub struct HandedRow {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// Who goes on with it, who said so, and why.
    pub text: String,
    /// When.
    pub when: When,
}

/// Something that waits for somebody.
#[uniffi::remote(Record)]
pub struct Waiting {
    /// How much of it.
    pub count: i32,
    /// In words.
    pub text: String,
}

/// A task on a list.
#[uniffi::remote(Record)]
pub struct TaskRow {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// The name of its project.
    pub project_name: String,
    /// The name of its executor.
    pub executor: String,
    /// What it is for, and whether it is part of the plan.
    pub kind: Chip,
    /// Where it stands.
    pub state: Chip,
    /// How many of its items have a result.
    pub answered: Count,
    /// How many of its photos of this phone are on the server.
    pub photos: Count,
    /// The opinion of the last review, when it was rejected.
    pub opinion: Option<String>,
    /// How near its last day is, while its next round is still to be handed in.
    pub left: Option<Left>,
    /// Whether its last round came in time, once the server has placed it.
    pub in_time: Option<Chip>,
    /// What comes next.
    pub next: String,
    /// Whether this account reads it at its review: it leads the project, and the task was handed in and is not its own to
    /// mend.
    pub review: bool,
}

/// What is issued to this account in one plan.
#[uniffi::remote(Record)]
pub struct IssuedGroup {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// The plan.
    pub plan: PlanId,
    /// Its name.
    pub plan_name: String,
    /// How near its deadline is.
    pub left: Left,
    /// How many items are handed in, of those issued.
    pub done: Count,
    /// The items, in the order of the plan: all of them as long as the screen has at most 400, else the first twenty, and none
    /// once it is full. The others are read page by page.
    pub items: Vec<IssuedRow>,
    /// Starting a task on those of its items that are free.
    pub start: Act,
}

/// Which issued items are wanted. Everything left out admits all.
#[uniffi::remote(Record)]
pub struct IssuedQuery {
    /// Those of this project.
    #[uniffi(default)]
    pub project: Option<ProjectId>,
    /// Those of this plan.
    #[uniffi(default)]
    pub plan: Option<PlanId>,
    /// Those of this facility, by the catalogue's code.
    #[uniffi(default)]
    pub facility: Option<String>,
    /// The cursor that the previous page returned, or the last item that a screen shows.
    #[uniffi(default)]
    pub after: Option<PlanItemId>,
    /// How many rows at most; 50 when it is 0.
    #[uniffi(default)]
    pub limit: i32,
}

/// A page of issued items: the plan with the nearest deadline first, each in its own order.
#[uniffi::remote(Record)]
pub struct IssuedPage {
    /// The rows.
    pub rows: Vec<IssuedRow>,
    /// How many items there are on all pages.
    pub total: i32,
    /// After which item the next page begins; `None` on the last page.
    pub next: Option<PlanItemId>,
}

/// An item issued to this account.
#[uniffi::remote(Record)]
pub struct IssuedRow {
    /// The plan item.
    pub item: PlanItemId,
    /// Its name.
    pub name: String,
    /// The name of its facility.
    pub facility: String,
    /// The catalogue's code of its system.
    pub system: String,
    /// Where in the building.
    pub position: Option<String>,
    /// The day it is meant for.
    pub planned: Option<String>,
    /// How far it is.
    pub state: Chip,
    /// The live task that holds it.
    pub task: Option<TaskId>,
}
