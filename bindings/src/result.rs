//! Results: the answers of a task.

use firebee_client::work::task::RecordResult;
use firebee_domain::{
    catalogue::FieldValue,
    id::{ContentId, FactId, PlanItemId, TaskId},
    result::{FaultText, ResultKey, ResultRecorded, TaskResult, Verdict},
    task::Stamp,
};

/// A result as the task holds it.
#[uniffi::remote(Record)]
pub struct TaskResult {
    /// The `result.recorded` fact.
    pub fact: FactId,
    /// Which answer it is.
    pub key: ResultKey,
    /// When it was recorded.
    pub at: Stamp,
    /// What it says.
    pub recorded: ResultRecorded,
    /// Whether an accepted result replaces it.
    pub replaced: bool,
    /// It names a result to replace that is not known here: kept and flagged.
    pub replaces_unknown: bool,
}

/// Which answer a result is: the item of the task and the ordinal of the instance, from 1.
#[uniffi::remote(Record)]
pub struct ResultKey {
    /// The plan item.
    pub item: PlanItemId,
    /// The instance of it, from 1.
    pub ordinal: u32,
}

/// Body of `result.recorded`. A correction is a new one that `replaces` the old.
#[uniffi::remote(Record)]
pub struct ResultRecorded {
    /// The plan item.
    pub item: PlanItemId,
    /// The instance, from 1.
    pub ordinal: u32,
    /// Where it is, in words.
    pub position: Option<String>,
    /// The catalogue pack that was used.
    pub catalogue: ContentId,
    /// The catalogue item.
    pub item_id: String,
    /// Its name as shown.
    pub name: String,
    /// The pass criterion as shown.
    pub criterion: String,
    /// The variant chosen, where the item has any.
    pub variant: Option<String>,
    /// The values entered, in the order of the form.
    pub values: Vec<FieldValue>,
    /// What the values proposed.
    pub proposed: Option<Verdict>,
    /// What counts.
    pub verdict: Verdict,
    /// Why a person decided against the proposal.
    pub override_reason: Option<String>,
    /// Why it could not be tested.
    pub untestable_reason: Option<String>,
    /// What is wrong, when it does not conform.
    pub fault: Option<FaultText>,
    /// The measured record in Chinese.
    pub measured_record: String,
    /// Photos that show it, by their `photo.taken`.
    pub photos: Vec<FactId>,
    /// The result that this one corrects.
    pub replaces: Option<FactId>,
}

/// One answer: a number as a decimal string, a choice as the option's value, yes or no as `true` or `false`, a text as
/// it is. An empty or blank value is no answer.
#[uniffi::remote(Record)]
pub struct FieldValue {
    /// The key of the field.
    pub key: String,
    /// The answer.
    pub value: String,
}

/// What is wrong: part and defect from lists, and a text.
#[uniffi::remote(Record)]
pub struct FaultText {
    /// The part, such as the oil tank.
    #[uniffi(default)]
    pub part: Option<String>,
    /// The defect, such as a damaged fitting.
    #[uniffi(default)]
    pub defect: Option<String>,
    /// In words.
    pub text: String,
}

/// What a person finds of an item.
#[uniffi::remote(Enum)]
pub enum Verdict {
    /// The criterion is met.
    Conform,
    /// The criterion is not met: needs a photo and a text and creates a fault.
    Nonconform,
    /// The item could not be tested: needs a reason and is no fault.
    Untestable,
}

/// One answer, as a person gives it.
#[uniffi::remote(Record)]
pub struct RecordResult {
    /// The task.
    pub task: TaskId,
    /// The plan item.
    pub item: PlanItemId,
    /// The instance of it, from 1.
    pub ordinal: u32,
    /// Where it is, in words.
    #[uniffi(default)]
    pub position: Option<String>,
    /// The variant, where the item asks for one.
    #[uniffi(default)]
    pub variant: Option<String>,
    /// The values of the form, in its order; blank ones may be left out.
    #[uniffi(default)]
    pub values: Vec<FieldValue>,
    /// What the person finds.
    pub verdict: Verdict,
    /// Why it is not what the values propose.
    #[uniffi(default)]
    pub override_reason: Option<String>,
    /// Why it could not be tested.
    #[uniffi(default)]
    pub untestable_reason: Option<String>,
    /// What is wrong, when it does not conform. May follow as a correction before submission.
    #[uniffi(default)]
    pub fault: Option<FaultText>,
    /// Photos of this task that show it, beside those taken for it.
    #[uniffi(default)]
    pub photos: Vec<FactId>,
}
