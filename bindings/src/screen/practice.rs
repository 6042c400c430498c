//! Safe and provable practice on site.

use firebee_client::screen::{Chip, InstrumentChoice, NameChoice, PhotoView, Receiver, RestoreRow, When, WitnessView};
use firebee_domain::{id::AccountId, restore::Isolable};

/// What a test isolates or sets to manual.
#[uniffi::remote(Enum)]
pub enum Isolable {
    /// The fire alarm and what it triggers.
    FireAlarm,
    /// The fire pumps of hydrants and of the water supply.
    FirePumps,
    /// Sprinklers and their pumps.
    Sprinkler,
    /// Water spray, water mist, foam, fire monitors.
    WaterSpray,
    /// Gas, powder and other agents that a false start releases.
    Gas,
    /// Pressurisation and smoke exhaust.
    SmokeControl,
    /// Fire shutters.
    Shutters,
    /// Emergency broadcast.
    Broadcast,
    /// Firefighting lifts.
    Lifts,
}

/// A system that a test isolates.
#[uniffi::remote(Record)]
pub struct RestoreRow {
    /// The system.
    pub system: Isolable,
    /// What it is called.
    pub name: String,
    /// What to do before the test: tell the control room, isolate the system.
    pub before: String,
    /// Who was told in the control room; nothing before the system was isolated.
    pub told: Option<String>,
    /// Who set it back to automatic; nothing until that is confirmed.
    pub restored: Option<String>,
    /// The photo of its panel.
    pub photo: Option<PhotoView>,
}

/// A name that may be chosen.
#[uniffi::remote(Record)]
pub struct NameChoice {
    /// The name.
    pub name: String,
    /// Whether it is chosen for this task.
    pub chosen: bool,
}

/// An instrument that may be chosen.
#[uniffi::remote(Record)]
pub struct InstrumentChoice {
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: String,
    /// Whether its calibration holds today.
    pub valid: Chip,
    /// The last day of its calibration.
    pub valid_to: String,
    /// Whether it is chosen for this task.
    pub chosen: bool,
}

/// The owner's witness.
#[uniffi::remote(Record)]
pub struct WitnessView {
    /// Whether the project asks for one.
    pub asked: bool,
    /// Name and role of who signed.
    pub signed: Option<String>,
    /// When it was signed.
    pub when: Option<When>,
}

/// Somebody who could go on with a task.
#[uniffi::remote(Record)]
pub struct Receiver {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
}
