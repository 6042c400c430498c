//! What is beside an action, a status line, a step that is still to be done.

use firebee_client::screen::{Act, Instance, PhotoView, Purpose, Quiet, Step, StepKind, Tone, When};
use firebee_domain::{
    id::{FactId, PlanItemId},
    restore::Isolable,
};

/// An action that a screen offers: no shell decides whether it is open.
#[uniffi::remote(Record)]
pub struct Act {
    /// Whether it may be done now.
    pub allowed: bool,
    /// Why not, and what to do about it.
    pub why_not: Option<String>,
    /// The warning before an act that cannot be undone.
    pub consequence: Option<String>,
}

/// What waits to be sent, and when the phone last heard of the server.
#[uniffi::remote(Record)]
pub struct Quiet {
    /// In one line.
    pub text: String,
    /// Grey while something waits or nothing was heard yet, green when everything is sent.
    pub tone: Tone,
}

/// One thing that is missing.
#[uniffi::remote(Record)]
pub struct Step {
    /// What to do.
    pub text: String,
    /// Where to do it.
    pub kind: StepKind,
}

/// Where a step is done.
#[uniffi::remote(Enum)]
pub enum StepKind {
    /// Answer an item.
    Item(#[uniffi(name = "instance")] Instance),
    /// Take a photo for this purpose.
    Photo(#[uniffi(name = "purpose")] Purpose),
    /// Say what is wrong with an instance.
    Fault(#[uniffi(name = "instance")] Instance),
    /// Confirm that a system is back in automatic.
    Restore(#[uniffi(name = "system")] Isolable),
    /// Confirm a line of the firm's checklist.
    Line,
    /// Take the submitter's selfie.
    Selfie,
    /// Choose the controller, or that there is none.
    Controller,
    /// Have the owner's witness sign.
    Witness,
}

/// One instance of an item.
#[uniffi::remote(Record)]
pub struct Instance {
    /// The plan item.
    pub item: PlanItemId,
    /// The instance of it, from 1.
    pub ordinal: i32,
}

/// A photo of a task.
#[uniffi::remote(Record)]
pub struct PhotoView {
    /// The photo.
    pub photo: FactId,
    /// What it is for.
    pub role_word: String,
    /// The item that it shows.
    pub what: Option<String>,
    /// The file of its thumbnail, where this phone has it.
    pub thumbnail: Option<String>,
    /// The file of its preview, where this phone has it.
    pub preview: Option<String>,
    /// The file of its original, where this phone has it.
    pub original: Option<String>,
    /// When it was taken.
    pub taken: When,
    /// Where it was taken, as the picture itself says.
    pub place_text: Option<String>,
    /// Whether the server has all of it.
    pub on_server: bool,
    /// Withdrawn by its author: shown, not counted.
    pub withdrawn: bool,
    /// What a reader should know of it.
    pub flags: Vec<String>,
}
