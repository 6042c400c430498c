//! What a team lead is sent for.

use firebee_client::screen::{Act, Chip, DispatchRow, DispatchScreen, StepRow, When};
use firebee_domain::id::DispatchId;

/// A dispatch on a list.
#[uniffi::remote(Record)]
pub struct DispatchRow {
    /// The dispatch.
    pub dispatch: DispatchId,
    /// What for: troubleshooting or repair.
    pub kind_word: String,
    /// The name of its project.
    pub project_name: String,
    /// The facility and the item of its fault.
    pub what: String,
    /// Where the fault is.
    pub position: Option<String>,
    /// The name of its team lead.
    pub team_lead: String,
    /// Where it stands.
    pub state: Chip,
    /// Its last step.
    pub when: When,
    /// Receiving it.
    pub receive: Act,
    /// Starting the work.
    pub start: Act,
    /// Finishing the work.
    pub finish: Act,
}

/// A dispatch in detail.
#[uniffi::remote(Record)]
pub struct DispatchScreen {
    /// What a list shows of it.
    pub row: DispatchRow,
    /// The address of its project, as far as this phone knows it.
    pub address: String,
    /// The name of its system.
    pub system: String,
    /// What is wrong.
    pub fault: String,
    /// The repair plan; empty where a cause is looked for.
    pub plan: String,
    /// The name of the task that found its fault.
    pub task_name: String,
    /// Its steps, in order.
    pub log: Vec<StepRow>,
    /// Why steps of this phone do not count.
    pub not_counted: Vec<String>,
}

/// A step of a dispatch.
#[uniffi::remote(Record)]
pub struct StepRow {
    /// What happened.
    pub what: String,
    /// Who.
    pub who: String,
    /// When.
    pub when: When,
    /// What was said of it.
    pub details: String,
    /// How many files belong to it.
    pub attachments: i32,
}
