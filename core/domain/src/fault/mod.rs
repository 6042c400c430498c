//! Faults: one for each result that does not conform, born at submission. A fault has a life of its own: it
//! outlives the review of the task that found it (R-176…R-184).

mod apply;
mod counter;
mod follow;
mod handle;
mod id;
mod particulars;
mod record;
mod standing;
mod way;

pub use apply::{ChangesFault, advance};
pub use counter::{Counter, Tally};
pub use follow::{FaultEvent, follow};
pub use id::fault_id;
pub use particulars::{Particulars, Removal};
pub use record::{FaultRecorded, RecordEntry};
pub use standing::{Standing, standing};
pub use way::{Asks, Way, follows, offered};

use crate::{
    dispatch::Order,
    id::{AccountId, ContentId, EventId, FaultId, ProjectId, TaskId},
    result::{FaultText, ResultKey},
    task::{Stamp, Task},
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Where a fault stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FaultState {
    /// Nobody has chosen a way yet.
    Unhandled,
    /// The owner is being talked to.
    Negotiating,
    /// The owner refuses the repair.
    OwnerRefused,
    /// Out of contract scope: final.
    OutOfScope,
    /// Resolving: a dispatch is made for it.
    Resolving,
    /// Resolved: final.
    Resolved,
    /// Its result was corrected to conform before approval.
    Withdrawn,
}

/// Body of `fault.handled`; the console makes the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultHandled {
    /// The fault.
    pub fault: FaultId,
    /// The round that the lead looked at. A rejection clears what was done before it, so a way that was chosen in
    /// an earlier round counts for no later one.
    pub round: u32,
    /// The way chosen.
    pub way: Way,
    /// Required when the owner refuses and when the repair is out of scope.
    pub explanation: String,
    /// Whom the way sends; required where it sends somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Files that belong to the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<ContentId>,
    /// What is known of the fault by now. What is left out stays as it was said before.
    #[serde(default, skip_serializing_if = "Particulars::is_empty")]
    pub particulars: Particulars,
}

/// One handling of a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handling {
    /// The fact or the act of the office.
    pub event: EventId,
    /// Who.
    pub by: AccountId,
    /// When.
    pub at: Stamp,
    /// The way chosen.
    pub way: Way,
    /// The explanation.
    pub explanation: String,
    /// Whom the way sends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Files that belong to the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<ContentId>,
}

/// A fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Its id.
    pub id: FaultId,
    /// The task that found it.
    pub task: TaskId,
    /// The project of that task.
    pub project: ProjectId,
    /// The result that did not conform.
    pub key: ResultKey,
    /// The name of its item in Chinese, as shown when it was answered.
    pub item_name: String,
    /// What is wrong.
    pub description: FaultText,
    /// Where it stands.
    pub state: FaultState,
    /// The handlings of this round, in order; a rejection clears them.
    pub handlings: Vec<Handling>,
    /// What its record says beside the description.
    #[serde(default, skip_serializing_if = "Particulars::is_empty")]
    pub particulars: Particulars,
    /// Who said what of that, in order; it only grows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RecordEntry>,
}

impl FaultState {
    /// Whether no way is open any more.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::OutOfScope | Self::Resolved | Self::Withdrawn)
    }
}

/// How many of the faults nobody has handled yet.
pub fn unhandled(faults: &[Fault]) -> u32 {
    let count = faults.iter().filter(|fault| fault.is_unhandled()).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Fault {
    /// A fault that a submission has found: nobody has handled it yet.
    pub(crate) fn found(task: &Task, key: ResultKey, item_name: String, description: FaultText) -> Self {
        Self {
            id: fault_id(task.id, key),
            task: task.id,
            project: task.project,
            key,
            item_name,
            description,
            state: FaultState::Unhandled,
            handlings: Vec::new(),
            particulars: Particulars::default(),
            records: Vec::new(),
        }
    }

    /// Whether it still waits for a way.
    pub const fn is_unhandled(&self) -> bool {
        matches!(self.state, FaultState::Unhandled)
    }
}
