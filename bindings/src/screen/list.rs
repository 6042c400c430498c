//! Lists: what is searched for, and the pages that are found.

use firebee_client::screen::{
    Chip, DispatchChoice, DispatchPage, DispatchQuery, DispatchRow, DispatchSort, MonthChoice, ProjectPage,
    ProjectQuery, ProjectRow, StateChoice, TaskPage, TaskQuery, TaskRow, TaskSort, Whose,
};
use firebee_domain::{
    dispatch::{DispatchKind, DispatchState},
    id::{DispatchId, ProjectId, TaskId},
    project::ProjectStatus,
    task::TaskState,
    time::Month,
};

/// What is searched for. Everything left out admits all.
#[uniffi::remote(Record)]
pub struct TaskQuery {
    /// Words that the names of the task, its executor, its facilities, its project and the project's owner hold: their
    /// characters, their pinyin or its initials.
    #[uniffi(default)]
    pub text: String,
    /// Whose tasks; those of this account when it is left out.
    #[uniffi(default)]
    pub whose: Option<Whose>,
    /// Those in one of these states; empty for all but the discarded.
    #[uniffi(default)]
    pub states: Vec<TaskState>,
    /// Those of this project.
    #[uniffi(default)]
    pub project: Option<ProjectId>,
    /// Those with an item of this facility, by the catalogue's code.
    #[uniffi(default)]
    pub facility: Option<String>,
    /// Those started in this month.
    #[uniffi(default)]
    pub month: Option<Month>,
    /// The order. When it is left out: the rejected first, then the latest; of tasks that wait for a review the oldest
    /// submission first.
    #[uniffi(default)]
    pub sort: Option<TaskSort>,
    /// Whether the order is turned round.
    #[uniffi(default)]
    pub reversed: bool,
    /// Those after this one, as the page before said.
    #[uniffi(default)]
    pub after: Option<TaskId>,
    /// How many rows at most; 50 when it is 0.
    #[uniffi(default)]
    pub limit: i32,
}

/// Whose tasks a list shows.
#[uniffi::remote(Enum)]
pub enum Whose {
    /// Those that this account executes.
    Mine,
    /// Those of the projects that this account leads that wait for its review.
    ToReview,
    /// All that this phone knows, such as those of the projects that this account leads.
    All,
}

/// The orders of a list of tasks.
#[uniffi::remote(Enum)]
pub enum TaskSort {
    /// By name, in the order of pinyin.
    Name,
    /// By the project's name, in the order of pinyin.
    Project,
    /// By the start, the earliest first.
    Started,
}

/// A page of tasks.
#[uniffi::remote(Record)]
pub struct TaskPage {
    /// The rows.
    pub rows: Vec<TaskRow>,
    /// How many tasks there are on all pages.
    pub total: i32,
    /// After which task the next page begins; `None` on the last page.
    pub next: Option<TaskId>,
    /// The states by which these tasks can be narrowed, any of them first; none where all are in one state.
    pub states: Vec<StateChoice>,
    /// The months in which tasks that the query could find were started, any of them first, then the latest.
    pub months: Vec<MonthChoice>,
}

/// A state by which a list can be narrowed.
#[uniffi::remote(Record)]
pub struct StateChoice {
    /// Which; `None` for any.
    pub state: Option<TaskState>,
    /// In words.
    pub word: String,
    /// Whether the query is narrowed by it alone.
    pub chosen: bool,
}

/// A month by which a list can be narrowed.
#[uniffi::remote(Record)]
pub struct MonthChoice {
    /// Which; `None` for any.
    pub month: Option<Month>,
    /// In words.
    pub word: String,
    /// Whether the query is narrowed by it.
    pub chosen: bool,
}

/// What is searched for among dispatches. Everything left out admits all.
#[uniffi::remote(Record)]
pub struct DispatchQuery {
    /// Words that the names of the item, its facility, the project and its owner hold: their characters, their pinyin or its
    /// initials.
    #[uniffi(default)]
    pub text: String,
    /// Whether also those of others are shown, in the projects that this account leads.
    #[uniffi(default)]
    pub led: bool,
    /// Only those in these states.
    #[uniffi(default)]
    pub states: Vec<DispatchState>,
    /// Only those for this.
    #[uniffi(default)]
    pub kind: Option<DispatchKind>,
    /// Those of this project.
    #[uniffi(default)]
    pub project: Option<ProjectId>,
    /// Those made in this month.
    #[uniffi(default)]
    pub month: Option<Month>,
    /// The order; the open first, then by the last step, the latest first, when it is left out.
    #[uniffi(default)]
    pub sort: Option<DispatchSort>,
    /// Whether the order is turned round.
    #[uniffi(default)]
    pub reversed: bool,
    /// Those after this one, as the page before said.
    #[uniffi(default)]
    pub after: Option<DispatchId>,
    /// How many rows at most; 50 when it is 0.
    #[uniffi(default)]
    pub limit: i32,
}

/// What a dispatch is for.
#[uniffi::remote(Enum)]
pub enum DispatchKind {
    /// To find the cause.
    Troubleshoot,
    /// To repair what is known.
    Repair,
}

/// Where a dispatch stands.
#[uniffi::remote(Enum)]
pub enum DispatchState {
    /// Made by the handling of a fault; nobody is told yet.
    ToIssue,
    /// Its team lead is told.
    Issued,
    /// Its team lead has taken it on.
    Received,
    /// Work on it has begun.
    Executing,
    /// Done, and the fault is gone: final.
    Resolved,
    /// Done, and the fault is still there: final.
    Unresolved,
    /// Given up before it was issued, or because its fault was withdrawn: final.
    Cancelled,
}

/// The orders of a list of dispatches.
#[uniffi::remote(Enum)]
pub enum DispatchSort {
    /// By the item's name, in the order of pinyin.
    Name,
    /// By the project's name, in the order of pinyin.
    Project,
    /// By when it was made, the earliest first.
    Made,
}

/// A page of dispatches.
#[uniffi::remote(Record)]
pub struct DispatchPage {
    /// The rows.
    pub rows: Vec<DispatchRow>,
    /// How many dispatches there are on all pages.
    pub total: i32,
    /// After which dispatch the next page begins; `None` on the last page.
    pub next: Option<DispatchId>,
    /// The states by which these dispatches can be narrowed, any of them first.
    pub states: Vec<DispatchChoice>,
}

/// A state by which a list of dispatches can be narrowed.
#[uniffi::remote(Record)]
pub struct DispatchChoice {
    /// Which; `None` for any.
    pub state: Option<DispatchState>,
    /// In words.
    pub word: String,
    /// Whether the query is narrowed by it alone.
    pub chosen: bool,
}

/// What is searched for among projects. Everything left out admits all.
#[uniffi::remote(Record)]
pub struct ProjectQuery {
    /// Words that the names of the project, its owner and its lead hold: their characters, their pinyin or its initials.
    #[uniffi(default)]
    pub text: String,
    /// Only those that stand so.
    #[uniffi(default)]
    pub states: Vec<ProjectStatus>,
    /// Whether they are sorted by their owners' names; by their own when it is left out. Both in the order of pinyin.
    #[uniffi(default)]
    pub by_owner: bool,
    /// Whether the order is turned round.
    #[uniffi(default)]
    pub reversed: bool,
    /// Those after this one, as the page before said.
    #[uniffi(default)]
    pub after: Option<ProjectId>,
    /// How many rows at most; 50 when it is 0.
    #[uniffi(default)]
    pub limit: i32,
}

/// How a project stands.
#[uniffi::remote(Enum)]
pub enum ProjectStatus {
    /// Running.
    Active,
    /// Its end date has passed.
    Completed,
    /// Terminated before its time.
    Terminated,
}

/// A project on a list.
#[uniffi::remote(Record)]
pub struct ProjectRow {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// Its owner's name.
    pub owner: String,
    /// Its lead's name.
    pub lead: String,
    /// Where it is.
    pub address: String,
    /// How it stands.
    pub state: Chip,
    /// How many of its tasks are under way on this phone, in words.
    pub open: String,
    /// How many that are.
    pub open_count: i32,
}

/// A page of projects.
#[uniffi::remote(Record)]
pub struct ProjectPage {
    /// The rows.
    pub rows: Vec<ProjectRow>,
    /// How many projects there are on all pages.
    pub total: i32,
    /// After which project the next page begins; `None` on the last page.
    pub next: Option<ProjectId>,
}
