//! An item: its instances and photos, the form and what it asks.

use firebee_client::screen::{
    Act, Chip, FieldNote, FormView, Input, Instance, InstanceRow, InstrumentChoice, ItemScreen, NumberInput,
    OpenFaultRow, PhotoView, PickInput, PickOption, Previous, ProposedVerdict, Question, Rest, Tone, VariantPick,
    VerdictChoice, When, YesNoInput,
};
use firebee_client::work::task::Draft;
use firebee_domain::id::PlanItemId;
use firebee_domain::result::Verdict;

/// One instance of an item of a task.
#[uniffi::remote(Record)]
pub struct ItemScreen {
    /// The plan item.
    pub item: PlanItemId,
    /// The instance of it, from 1.
    pub ordinal: i32,
    /// Its name; of a facility that the catalogue lacks the typed one, once it is recorded.
    pub name: String,
    /// What it means that its task is outside the plan; nothing for a task of a plan.
    pub outside_plan: Option<String>,
    /// The name of its facility.
    pub facility: String,
    /// The pass criterion, in Chinese.
    pub criterion: String,
    /// The clause that the criterion comes from.
    pub basis: Option<String>,
    /// How often the code of practice asks for it, where that is no nature of plan.
    pub every: Option<String>,
    /// Where this instance is.
    pub position: Option<String>,
    /// The instances of the project's list, in its order, those that have a result, and this one.
    pub instances: Vec<InstanceRow>,
    /// The next instance without a result.
    pub next: Option<Instance>,
    /// The instances without a result, where there are several.
    pub rest: Option<Rest>,
    /// The form, filled with the answer that counts.
    pub form: FormView,
    /// What an earlier task of the project found.
    pub previous: Option<Previous>,
    /// The faults of this instance that are still open.
    pub open_faults: Vec<OpenFaultRow>,
    /// Where its answer comes from, and where answers went that were recorded here by mistake.
    pub moves: Vec<String>,
    /// Moving its answer to another place.
    pub move_away: Act,
    /// The photos of this instance.
    pub photos: Vec<PhotoView>,
    /// The task's instruments; the one that it was measured with is chosen.
    pub instruments: Vec<InstrumentChoice>,
}

/// An instance of an item.
#[uniffi::remote(Record)]
pub struct InstanceRow {
    /// Which, from 1.
    pub ordinal: i32,
    /// Where it is.
    pub position: Option<String>,
    /// Its verdict.
    pub verdict: Option<Chip>,
}

/// The instances that have no result yet.
#[uniffi::remote(Record)]
pub struct Rest {
    /// How many.
    pub count: i32,
    /// What is recorded of them.
    pub text: String,
    /// Recording that they conform, in one fact.
    pub conform: Act,
    /// The keys of the questions that are measured at each; `record_each` records them. Empty where all are alike.
    pub measured: Vec<String>,
}

/// A fault that an earlier task found and that is still open.
#[uniffi::remote(Record)]
pub struct OpenFaultRow {
    /// What is wrong.
    pub text: String,
    /// Where it stands.
    pub state: Chip,
    /// The name of the task that found it.
    pub task_name: String,
}

/// What an earlier task found.
#[uniffi::remote(Record)]
pub struct Previous {
    /// The name of that task.
    pub task_name: String,
    /// The measured record, in Chinese.
    pub record: String,
    /// Its verdict.
    pub verdict: Chip,
    /// When it was recorded.
    pub when: When,
}

/// The form of one instance of an item, as it is filled in now.
#[uniffi::remote(Record)]
pub struct FormView {
    /// What it is filled with.
    pub draft: Draft,
    /// What is asked, in order; those that the variant in force does not ask are left out.
    pub questions: Vec<Question>,
    /// The variants, where a person chooses one.
    pub variant: Option<VariantPick>,
    /// What the values propose.
    pub proposed: Option<ProposedVerdict>,
    /// The verdicts, each with what it asks for.
    pub verdicts: Vec<VerdictChoice>,
    /// The measured record, in Chinese, as it would be recorded; `None` while there is no verdict.
    pub sentence: Option<String>,
    /// From which other item the values were taken over, where the same thing is measured there.
    pub taken_over: Option<String>,
    /// Why a photo is needed; `None` when none is, or it is there.
    pub photo: Option<String>,
    /// What was found that concerns no single question.
    pub notes: Vec<FieldNote>,
    /// Recording it.
    pub save: Act,
}

/// A question of a form.
#[uniffi::remote(Record)]
pub struct Question {
    /// Its key within the item.
    pub key: String,
    /// Its label.
    pub label: String,
    /// What is entered.
    pub value: Option<String>,
    /// How it is answered.
    pub input: Input,
    /// The limit, with its unit.
    pub limit: Option<String>,
    /// Whether the record is incomplete without it.
    pub required: bool,
    /// The value that the design prescribes.
    pub from_design: Option<String>,
    /// The value that was entered last for the same question in this task.
    pub last_used: Option<String>,
    /// What is to be said of the value.
    pub note: Option<FieldNote>,
}

/// How a question is answered.
#[uniffi::remote(Enum)]
#[uniffi(name = "AnswerInput")]
pub enum Input {
    /// With a number.
    Number(#[uniffi(name = "input")] NumberInput),
    /// With one of several options.
    Pick(#[uniffi(name = "input")] PickInput),
    /// With yes (`true`) or no (`false`).
    YesNo(#[uniffi(name = "input")] YesNoInput),
    /// With words.
    Words,
}

/// A number with its unit.
#[uniffi::remote(Record)]
pub struct NumberInput {
    /// The unit.
    pub unit: String,
    /// How many places it may have.
    pub decimals: i32,
    /// Whether it may be below zero.
    pub negative: bool,
}

/// Options to pick from.
#[uniffi::remote(Record)]
pub struct PickInput {
    /// In the order of the form.
    pub options: Vec<PickOption>,
}

/// An option.
#[uniffi::remote(Record)]
pub struct PickOption {
    /// The value that is recorded.
    pub value: String,
    /// Its label.
    pub label: String,
}

/// The words for yes and no.
#[uniffi::remote(Record)]
pub struct YesNoInput {
    /// The word for `true`.
    pub yes: String,
    /// The word for `false`.
    pub no: String,
}

/// The variants of an item.
#[uniffi::remote(Record)]
pub struct VariantPick {
    /// In the order of the form; the value is the variant's key.
    pub options: Vec<PickOption>,
    /// The key of the one chosen.
    pub chosen: Option<String>,
}

/// A proposed verdict.
#[uniffi::remote(Record)]
pub struct ProposedVerdict {
    /// Which.
    pub verdict: Verdict,
    /// In words, shape and colour.
    pub chip: Chip,
}

/// A verdict that may be chosen.
#[uniffi::remote(Record)]
pub struct VerdictChoice {
    /// Which.
    pub verdict: Verdict,
    /// In words, shape and colour.
    pub chip: Chip,
    /// Whether it counts now: chosen or, without a choice, proposed.
    pub chosen: bool,
    /// The label of the reason that it asks for.
    pub asks_reason: Option<String>,
    /// The reasons to pick from, by code.
    pub reasons: Vec<PickOption>,
    /// The label of the field for the defect.
    pub asks_fault: Option<String>,
    /// The parts to pick from; free text fits as well.
    pub parts: Vec<PickOption>,
    /// The defects to pick from; free text fits as well.
    pub defects: Vec<PickOption>,
}

/// What is to be said of the value of one question.
#[uniffi::remote(Record)]
pub struct FieldNote {
    /// The key of the question; empty where several or none are concerned.
    pub key: String,
    /// The instance, in an answer that has a value for each of many.
    pub ordinal: Option<i32>,
    /// In words.
    pub text: String,
    /// Amber where something is still to be entered, red where it is wrong, grey where it is only remarked.
    pub tone: Tone,
}
