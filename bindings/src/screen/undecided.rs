//! Work that the server received and does not count, for the lead who decides on it.

use firebee_client::screen::{Act, UndecidedFact, UndecidedGroup, UndecidedScreen, When};
use firebee_domain::id::{FactId, TaskId};

/// The work that waits for this lead.
#[uniffi::remote(Record)]
pub struct UndecidedScreen {
    /// How much of it, in words.
    pub text: String,
    /// What belongs together, the longest waiting first.
    pub groups: Vec<UndecidedGroup>,
}

/// What one person recorded for one task, and why it does not count.
#[uniffi::remote(Record)]
pub struct UndecidedGroup {
    /// The task.
    pub task: TaskId,
    /// Its name; a task that begins with these records has none yet.
    pub task_name: String,
    /// The project's name.
    pub project_name: String,
    /// Who recorded it.
    pub author_name: String,
    /// Why it does not count.
    pub why: String,
    /// How many records.
    pub count: i32,
    /// The records, in the order of the author's clock.
    pub rows: Vec<UndecidedFact>,
    /// Adopting: the records are judged anew.
    pub adopt: Act,
    /// Refusing: the records never count.
    pub refuse: Act,
}

/// A record that waits.
#[uniffi::remote(Record)]
pub struct UndecidedFact {
    /// The fact: handed back with the decision.
    pub fact: FactId,
    /// What it records.
    pub what: String,
    /// What it says, in short; may be empty.
    pub says: String,
    /// When it was recorded: of a record that does not count nothing is proved.
    pub when: When,
}
