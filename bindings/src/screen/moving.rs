//! Moving an answer that was recorded in the wrong place.

use firebee_client::screen::{Act, Instance, MoveScreen, MoveTarget};
use firebee_domain::id::TaskId;

/// Where an answer can go.
#[uniffi::remote(Record)]
pub struct MoveScreen {
    /// What is moved.
    pub what: String,
    /// Moving it.
    pub act: Act,
    /// The items that ask for the same: those of its own task first, then those of other tasks of this account.
    pub targets: Vec<MoveTarget>,
}

/// An item to which an answer can go.
#[uniffi::remote(Record)]
pub struct MoveTarget {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub task_name: String,
    /// The name of its project.
    pub project_name: String,
    /// Whether it is the task in which the answer stands.
    pub here: bool,
    /// The item and the instance that is proposed: the first without an answer. Any other without one will do.
    pub instance: Instance,
    /// The name of the item.
    pub name: String,
    /// The name of its facility.
    pub facility: String,
    /// Where the instance is.
    pub position: Option<String>,
}
