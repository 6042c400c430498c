//! What may be started outside the plan.

use firebee_client::screen::{Act, OfferedFacility, OfferedItem, OfferedSystem, OutsidePlan, SupplementaryScreen};
use firebee_domain::id::ProjectId;

/// What may be started in a project outside its plan.
#[uniffi::remote(Record)]
pub struct OutsidePlan {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// What it means that a task is outside the plan.
    pub meaning: String,
    /// Starting a supplementary test.
    pub supplementary: Act,
    /// Starting a task for facilities that the catalogue lacks.
    pub mismatch: Act,
}

/// What a supplementary test of a project can be of.
#[uniffi::remote(Record)]
pub struct SupplementaryScreen {
    /// What may be started.
    pub offer: OutsidePlan,
    /// The systems that hold the words, with their facilities and items, in the order of the catalogue.
    pub systems: Vec<OfferedSystem>,
    /// That nothing holds the words; nothing when something does.
    pub nothing: Option<String>,
}

/// A system of the catalogue.
#[uniffi::remote(Record)]
pub struct OfferedSystem {
    /// Its name.
    pub name: String,
    /// Its facilities.
    pub facilities: Vec<OfferedFacility>,
}

/// A facility of the catalogue.
#[uniffi::remote(Record)]
pub struct OfferedFacility {
    /// Its name.
    pub name: String,
    /// Whether the project has it ticked.
    pub ticked: bool,
    /// Its items.
    pub items: Vec<OfferedItem>,
}

/// An item of the catalogue.
#[uniffi::remote(Record)]
pub struct OfferedItem {
    /// Its id in the catalogue: what the start of a task names.
    pub item_id: String,
    /// Its name.
    pub name: String,
}
