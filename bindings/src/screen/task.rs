//! A task.

use firebee_client::screen::{
    Act, Chip, ControllerChoice, Count, DueView, InstrumentChoice, ItemRow, Left, NameChoice, Opinion, PhotoView,
    PickOption, Quiet, Receiver, RestoreRow, Step, TaskScreen, When, WitnessView,
};
use firebee_domain::id::{PlanItemId, TaskId};

/// A task.
#[uniffi::remote(Record)]
pub struct TaskScreen {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// The name of its project.
    pub project_name: String,
    /// What it is for.
    pub kind: String,
    /// What it means that it is outside the plan; nothing for a task of a plan.
    pub outside_plan: Option<String>,
    /// Where it stands.
    pub state: Chip,
    /// The one status line.
    pub quiet: Quiet,
    /// Its items.
    pub items: Vec<ItemRow>,
    /// How many of them have a result.
    pub answered: Count,
    /// What is still to be done before it can be submitted, in the order of the items.
    pub steps: Vec<Step>,
    /// The submitter's selfie.
    pub selfie: Option<PhotoView>,
    /// The controller on site; nothing where the kind of the project asks for none.
    pub controller: Option<ControllerChoice>,
    /// What a test isolates, and whether each is back in automatic.
    pub restore: Vec<RestoreRow>,
    /// The firm's own lines of the checklist, those that are confirmed chosen.
    pub checklist: Vec<NameChoice>,
    /// Persons present: those chosen, then the colleagues, then those of earlier tasks of the project.
    pub helpers: Vec<NameChoice>,
    /// The firm's instruments, those chosen first.
    pub instruments: Vec<InstrumentChoice>,
    /// The owner's witness.
    pub witness: WitnessView,
    /// Who could go on with the task.
    pub receivers: Vec<Receiver>,
    /// How its track stands against the fence, as the server found it.
    pub coverage: Option<Chip>,
    /// By when it is due, and whether it came in time.
    pub due: Option<DueView>,
    /// What the lead said last.
    pub opinion: Option<Opinion>,
    /// That the office has deleted it, with the reason, and when.
    pub gone: Option<Opinion>,
    /// What the executor should know before going on.
    pub warnings: Vec<String>,
    /// Facts of this phone that the server keeps without counting them, each with its reason.
    pub not_counted: Vec<String>,
    /// Recording into it.
    pub record: Act,
    /// Submitting it.
    pub submit: Act,
    /// Giving it up.
    pub discard: Act,
    /// Handing it to somebody else.
    pub hand_over: Act,
}

/// By when a task is due.
#[uniffi::remote(Record)]
pub struct DueView {
    /// The last day that is in time.
    pub day: String,
    /// How near that day is, while the round is still to be handed in.
    pub left: Option<Left>,
    /// Whether the last round came in time, once the server has placed it.
    pub in_time: Option<Chip>,
    /// What decided that, as a sentence.
    pub decided_by: Option<String>,
}

/// An item of a task.
#[uniffi::remote(Record)]
pub struct ItemRow {
    /// The plan item.
    pub item: PlanItemId,
    /// Its name.
    pub name: String,
    /// The name of its facility.
    pub facility: String,
    /// Where in the building.
    pub position: Option<String>,
    /// How many of its known instances have a result.
    pub instances: Count,
    /// The gravest verdict among them.
    pub verdict: Option<Chip>,
    /// How many of its photos are on the server.
    pub photos: Count,
    /// Whether one of its faults is not handled.
    pub open_fault: bool,
}

/// The controller on site, and the brands that other tasks of the project named.
#[uniffi::remote(Record)]
pub struct ControllerChoice {
    /// The brand chosen.
    pub chosen: Option<String>,
    /// Whether it was said that there is no alarm system.
    pub none: bool,
    /// Brands of other tasks of the project.
    pub known: Vec<String>,
    /// The makers that the plan's catalogue lists.
    pub listed: Vec<PickOption>,
}

/// What a lead said.
#[uniffi::remote(Record)]
pub struct Opinion {
    /// In the lead's words.
    pub text: String,
    /// When.
    pub when: When,
}
