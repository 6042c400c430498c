//! A facility of a project over the months: where its instances are, what was last found at each, and what is
//! still wrong there.

mod learn;
mod positions;

pub use positions::{Position, PositionError, Positions, PositionsError};

use crate::{
    fault::FaultState,
    id::{FaultId, ProjectId, TaskId},
    ordinals::Ordinals,
    result::{FaultText, Verdict},
    task::Stamp,
};
use serde::{Deserialize, Serialize};

/// What is known of a facility of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The project.
    pub project: ProjectId,
    /// The catalogue's code of the facility.
    pub facility: String,
    /// Where its instances are.
    pub positions: Positions,
    /// What was last found at each instance, by the approved task that found it. The oldest task comes first.
    pub visits: Vec<Visit>,
    /// The faults that approved tasks found and that are still open, by item and instance.
    pub faults: Vec<OpenFault>,
}

/// What an approved task found that nothing later has replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub task_name: String,
    /// Its answers.
    pub found: Vec<Found>,
}

/// An answer that is the last one at each of these instances.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The catalogue's id of the item.
    pub item_id: String,
    /// The instances.
    pub ordinals: Ordinals,
    /// When it was recorded.
    pub at: Stamp,
    /// The verdict.
    pub verdict: Verdict,
    /// The measured record in Chinese.
    pub record: String,
    /// What was measured at each of the instances, in Chinese and in their order; empty where one record tells of
    /// all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measured: Vec<String>,
}

impl Found {
    /// What was measured at one of the instances, where that is not told by the record.
    pub fn measured_at(&self, ordinal: u32) -> Option<&str> {
        let place = self.ordinals.iter().position(|held| held == ordinal)?;
        self.measured.get(place).map(String::as_str)
    }

    /// Leaves only these instances.
    fn keep(&mut self, ordinals: Ordinals) {
        let places = self.ordinals.iter().zip(&self.measured);
        let stay = places.filter(|(ordinal, _)| ordinals.contains(*ordinal)).map(|(_, told)| told.clone());
        self.measured = stay.collect();
        self.ordinals = ordinals;
    }
}

/// A fault that is still open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenFault {
    /// The fault.
    pub fault: FaultId,
    /// The catalogue's id of the item.
    pub item_id: String,
    /// The instance.
    pub ordinal: u32,
    /// The name of the task that found it.
    pub task_name: String,
    /// What is wrong.
    pub description: FaultText,
    /// Where it stands.
    pub state: FaultState,
}

impl History {
    /// Of a facility that nothing is known of yet.
    pub fn new(project: ProjectId, facility: &str) -> Self {
        Self {
            project,
            facility: facility.to_owned(),
            positions: Positions::default(),
            visits: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// What was last found of an item at an instance, and in which task.
    pub fn last(&self, item_id: &str, ordinal: u32) -> Option<(&Visit, &Found)> {
        let mut all = self.visits.iter().flat_map(|visit| visit.found.iter().map(move |found| (visit, found)));
        all.find(|(_, found)| found.item_id == item_id && found.ordinals.contains(ordinal))
    }

    /// Whether anything was found at an instance, or is still wrong there.
    pub fn tells_of(&self, ordinal: u32) -> bool {
        let found = self.visits.iter().flat_map(|visit| &visit.found).any(|found| found.ordinals.contains(ordinal));
        found || self.faults.iter().any(|fault| fault.ordinal == ordinal)
    }

    /// The open faults of an item at an instance.
    pub fn open_faults(&self, item_id: &str, ordinal: u32) -> impl Iterator<Item = &OpenFault> {
        self.faults.iter().filter(move |fault| fault.item_id == item_id && fault.ordinal == ordinal)
    }
}
