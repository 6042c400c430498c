//! The catalogue as a form needs it: items, fields, limits, and what values lead to.

use firebee_client::work::task::{ItemForm, Proposed};
use firebee_domain::{
    catalogue::{
        BoolField, Choice, ChoiceField, Confidence, Decides, Difference, Field, FieldKind, FieldValue, Finding, Item,
        Kind, Limit, Nature, NumberField, OptionsFrom, OutcomeKind, Percent, PhotoRule, Problem, Record, Rule, Select,
        Severity, Source, Sum, Template, Unit, Variant, VariantLimit, When,
    },
    measure::Decimal,
    result::Verdict,
};

/// The form of one item of a task.
#[uniffi::remote(Record)]
pub struct ItemForm {
    /// The item with its fields, units, limits and variants.
    pub item: Item,
    /// The name of its facility in Chinese.
    pub facility_name: String,
    /// The name of its facility in English.
    pub facility_name_en: String,
    /// Values that the project's design prescribes for its fields.
    pub design_values: Vec<FieldValue>,
}

/// A test item.
#[uniffi::remote(Record)]
pub struct Item {
    /// Its stable id: what data refer to.
    pub id: String,
    /// Its letter within the facility, which may differ between editions.
    pub code: String,
    /// Its name in Chinese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// Other ways in which the manual writes the name.
    pub aliases: Vec<String>,
    /// The pass criterion, in Chinese only.
    pub criteria: String,
    /// The natures of the plans that contain it; cumulative.
    pub frequency: Vec<Nature>,
    /// The form and its judgement.
    pub record: Record,
    /// When a photo is needed.
    pub photo: PhotoRule,
    /// The clause from which the criterion comes, where it is known.
    pub basis: Option<String>,
    /// How sure the threshold is.
    pub confidence: Confidence,
    /// Whether a registered engineer has to compare it with the standard in force before release.
    pub to_be_checked: bool,
    /// The section of the manual from which the name is taken.
    pub manual_ref: Option<String>,
}

/// When a result needs a photo.
#[uniffi::remote(Enum)]
pub enum PhotoRule {
    /// Whatever the verdict is.
    Always,
    /// With the verdict that it does not conform.
    OnFail,
    /// As on fail; the item is about documents only.
    Optional,
}

/// How sure a threshold is.
#[uniffi::remote(Enum)]
pub enum Confidence {
    /// Known.
    High,
    /// To be checked against the standard in force.
    Medium,
}

/// The form of an item, and all that is known about judging it.
#[uniffi::remote(Record)]
#[uniffi(name = "ItemRecord")]
pub struct Record {
    /// What the record is when seen as a whole.
    pub kind: Kind,
    /// How far a good record decides the verdict.
    pub decides: Decides,
    /// What is asked, in the order of the form.
    pub fields: Vec<Field>,
    /// Of which one is chosen, or follows from a field; empty where an item has none.
    pub variants: Vec<Variant>,
    /// What holds between fields.
    pub rules: Vec<Rule>,
    /// The item's own sentence; without one the catalogue's default sentence of its kind is used.
    pub template: Option<Template>,
}

/// The shape of a record.
#[uniffi::remote(Enum)]
pub enum Kind {
    /// One number, with the key `value`.
    Number,
    /// One choice, with the key `value`.
    Choice,
    /// One text, with the key `note`.
    Text,
    /// Several fields.
    Multi,
}

/// How far a record without fault decides the verdict.
#[uniffi::remote(Enum)]
pub enum Decides {
    /// The fields are the whole criterion: a good record is a conforming one.
    Full,
    /// The criterion names more than the fields: a good record only proposes that it conforms.
    Proposal,
    /// Nothing can be judged automatically.
    Person,
}

/// One question of the form.
#[uniffi::remote(Record)]
pub struct Field {
    /// Its name within the item.
    pub key: String,
    /// Its label in Chinese.
    pub label_zh: String,
    /// Its label in English.
    pub label_en: String,
    /// Where the value comes from.
    pub source: Source,
    /// Whether the record is incomplete without it.
    pub required: bool,
    /// What it means to be outside the limit.
    pub severity: Severity,
    /// The keys of the variants in which it is asked; empty = always.
    pub only_in: Vec<String>,
    /// What kind of answer it takes.
    pub kind: FieldKind,
}

/// Where the value of a field comes from.
#[uniffi::remote(Enum)]
pub enum Source {
    /// Measured or seen on site.
    Measured,
    /// A value of the project's design, prefilled from there.
    Design,
}

/// What it means when a field is outside its limit.
#[uniffi::remote(Enum)]
pub enum Severity {
    /// It does not conform.
    Fault,
    /// It is remarked and no fault, as with clauses that say "should".
    Remark,
}

/// The kinds of answer.
#[uniffi::remote(Enum)]
pub enum FieldKind {
    /// A decimal number.
    Number(#[uniffi(name = "field")] NumberField),
    /// One of several options; the value is the option's.
    Choice(#[uniffi(name = "field")] ChoiceField),
    /// Yes or no; the value is `true` or `false`.
    Bool(#[uniffi(name = "field")] BoolField),
    /// Free text.
    Text,
}

/// What a number field adds.
#[uniffi::remote(Record)]
pub struct NumberField {
    /// The unit of the value.
    pub unit: Unit,
    /// How many places a value may have; a count has none.
    pub decimals: u8,
    /// The allowed range, where no variant gives one.
    pub limit: Limit,
}

/// What a choice field adds.
#[uniffi::remote(Record)]
pub struct ChoiceField {
    /// What can be chosen, in the order of the form; for `options_from` filled from there when the catalogue is read.
    pub options: Vec<Choice>,
    /// Where the options come from when they are not listed.
    pub options_from: Option<OptionsFrom>,
}

/// One option of a choice field.
#[uniffi::remote(Record)]
pub struct Choice {
    /// The value that is recorded.
    pub value: String,
    /// Its label in Chinese.
    pub label_zh: String,
    /// Its label in English.
    pub label_en: String,
    /// Whether the answer passes; `None` = it decides nothing alone.
    pub pass: Option<bool>,
}

/// A source of options within the catalogue.
#[uniffi::remote(Enum)]
pub enum OptionsFrom {
    /// Every system: its code is the value.
    Systems,
}

/// What a yes-or-no field adds.
#[uniffi::remote(Record)]
pub struct BoolField {
    /// The answer that passes; `None` = the answer decides nothing alone.
    pub pass: Option<bool>,
}

/// One of the alternatives of an item, with its limits. There is no default limit: one variant is always in force.
#[uniffi::remote(Record)]
pub struct Variant {
    /// Its name within the item.
    pub key: String,
    /// Its label in Chinese.
    pub label_zh: String,
    /// Its label in English.
    pub label_en: String,
    /// The limits that hold in it. All variants of an item limit the same fields.
    pub limits: Vec<VariantLimit>,
    /// Where present, the variant follows from a field and is not asked.
    pub select: Option<Select>,
}

/// The limit of one field in one variant.
#[uniffi::remote(Record)]
pub struct VariantLimit {
    /// The key of the limited field.
    pub field: String,
    /// Its range in this variant.
    pub limit: Limit,
}

/// The answer from which a variant follows.
#[uniffi::remote(Record)]
pub struct Select {
    /// The key of a choice or yes-or-no field.
    pub field: String,
    /// The value that it must have, written as a field's value is.
    pub equals: String,
}

/// An allowed range of numbers.
#[uniffi::remote(Record)]
pub struct Limit {
    /// The lower end; `None` = no lower limit.
    pub min: Option<Decimal>,
    /// The upper end; `None` = no upper limit.
    pub max: Option<Decimal>,
    /// Whether the lower end itself is allowed.
    pub min_inclusive: bool,
    /// Whether the upper end itself is allowed.
    pub max_inclusive: bool,
}

/// A rule over number fields. One over a field that the variant in force does not ask does not apply.
#[uniffi::remote(Enum)]
#[uniffi(name = "FieldRule")]
pub enum Rule {
    /// One field must exceed another by so much.
    Difference(#[uniffi(name = "rule")] Difference),
    /// One field must be so many percent of another.
    Percent(#[uniffi(name = "rule")] Percent),
    /// Fields must add up, otherwise the entry is wrong.
    Sum(#[uniffi(name = "rule")] Sum),
}

/// `of - minus >= min`, two fields of one unit.
#[uniffi::remote(Record)]
pub struct Difference {
    /// The key of the greater field.
    pub of: String,
    /// The key of the field taken from it.
    pub minus: String,
    /// The least difference, in the unit of the fields.
    pub min: Decimal,
    /// Where present, the rule holds only under this condition.
    pub when: Option<When>,
}

/// A condition: a field lies above a bound, the bound itself excluded.
#[uniffi::remote(Record)]
pub struct When {
    /// The key of a number field.
    pub field: String,
    /// The bound, in the unit of the field.
    pub above: Decimal,
}

/// `of * 100 >= min * base`.
#[uniffi::remote(Record)]
pub struct Percent {
    /// The key of the part.
    pub of: String,
    /// The key of the whole.
    pub base: String,
    /// The least share, in percent.
    pub min: Decimal,
}

/// The fields `of` add up to `equals`.
#[uniffi::remote(Record)]
pub struct Sum {
    /// The keys of the parts.
    pub of: Vec<String>,
    /// The key of the total.
    pub equals: String,
}

/// A unit of values or of facilities.
#[uniffi::remote(Record)]
#[uniffi(name = "UnitOfMeasure")]
pub struct Unit {
    /// The unit as the catalogue writes it, which is also its Chinese form.
    pub symbol: String,
    /// The English word for one.
    pub en: String,
    /// The English word for any other number.
    pub en_plural: String,
    /// Whether values below zero exist.
    pub negative: bool,
}

/// The measured-record sentence of one item.
#[uniffi::remote(Record)]
pub struct Template {
    /// The Chinese sentence, with placeholders.
    pub zh: String,
    /// The English sentence, with placeholders.
    pub en: String,
}

/// What the values of a form propose.
#[uniffi::remote(Record)]
pub struct Proposed {
    /// What comes of them.
    pub kind: OutcomeKind,
    /// The variant in force.
    pub variant: Option<String>,
    /// What the form has to point at.
    pub findings: Vec<Finding>,
    /// The verdict they propose; another one needs a reason.
    pub verdict: Option<Verdict>,
    /// The measured record as it would be kept, in Chinese; with the verdict asked about or, without one, the
    /// proposed. `None` while neither is known.
    pub measured_record: Option<String>,
}

/// What comes of a record, in the order in which it is decided.
#[uniffi::remote(Enum)]
pub enum OutcomeKind {
    /// A required field or the variant is missing.
    Incomplete,
    /// A value has the wrong form, or a sum does not add up.
    Invalid,
    /// A fault: it does not conform.
    Nonconform,
    /// A person has to judge.
    Person,
    /// Outside the limit of a remark: proposes that it conforms, with a remark.
    Remark,
    /// It conforms, and the fields are the whole criterion.
    Conform,
    /// The fields are good, and a person confirms what they do not cover.
    ProposeConform,
}

/// One thing found in a record.
#[uniffi::remote(Record)]
pub struct Finding {
    /// What it is.
    pub problem: Problem,
    /// The keys of the fields that it concerns; empty when a variant is to be chosen.
    pub fields: Vec<String>,
    /// The range that the value is outside of.
    pub limit: Option<Limit>,
    /// The rule that is broken or open.
    pub rule: Option<Rule>,
}

/// What can be found in a record.
#[uniffi::remote(Enum)]
pub enum Problem {
    /// A required field has no value.
    Missing,
    /// No variant is chosen, or the field from which it follows has no value.
    VariantMissing,
    /// The item has no such variant.
    VariantUnknown,
    /// The variant is not the one that follows from the field.
    VariantContradicted,
    /// The item has no such field.
    FieldUnknown,
    /// The field has more than one value.
    FieldRepeated,
    /// Not a decimal number.
    NotANumber,
    /// More places than the field takes.
    TooManyPlaces,
    /// Below zero where the unit has nothing below zero.
    Negative,
    /// Not one of the options.
    NotAnOption,
    /// Neither `true` nor `false`.
    NotABool,
    /// The fields do not add up.
    SumMismatch,
    /// Outside the allowed range.
    OutOfLimit,
    /// An answer that does not pass.
    FailingAnswer,
    /// A rule between fields is broken.
    RuleBroken,
    /// A rule between fields cannot be judged, because one of them is empty.
    RuleOpen,
    /// Outside what should be, and no fault.
    Remark,
}
