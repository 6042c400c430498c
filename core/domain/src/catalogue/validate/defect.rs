//! What can be wrong with a catalogue.

use std::fmt;
use strum::{IntoStaticStr, VariantArray};

/// One defect of a catalogue, with its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// Where it stands, as `items[power-panel.a].fields[value].unit`.
    pub path: String,
    /// What is wrong.
    pub kind: DefectKind,
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.kind)
    }
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum DefectKind {
    /// A form that came after this program.
    #[error("this program does not read this form of a catalogue")]
    FormUnknown,
    /// Words that only one of the languages has.
    #[error("has sentences in one language that the other lacks")]
    OneLanguageOnly,
    /// The interval of the code of practice does not lead to the first nature.
    #[error("does not fall into the first nature of the item")]
    EveryDiffers,
    /// A text, list or number that must not be empty.
    #[error("is empty")]
    Empty,
    /// A name that stands twice in one list.
    #[error("stands more than once")]
    Repeated,
    /// Codes are lower-case words.
    #[error("is not made of lower-case letters, digits, '-', '_' and '.'")]
    MalformedCode,
    /// A verdict without a word.
    #[error("this verdict has no name")]
    VerdictUnnamed,
    /// A unit that the list does not hold.
    #[error("is not in the list of units")]
    UnknownUnit,
    /// A monthly item belongs to the quarter and the year too.
    #[error("is not month, quarter, year or an end of it")]
    NotCumulative,
    /// The natures of a facility are those of its items.
    #[error("are not the natures that the items have")]
    NaturesDiffer,
    /// Confidence and the mark for checking say different things.
    #[error("does not agree with the confidence")]
    ConfidenceDiffers,
    /// The kind of the record does not fit its fields.
    #[error("does not fit the fields")]
    KindDiffers,
    /// The key of a lone field is `value`, of a text `note`.
    #[error("a lone field is called value, a lone text note")]
    LoneKey,
    /// How far the record decides does not fit what can be judged.
    #[error("does not fit what the fields, variants and rules can judge")]
    DecidesDiffers,
    /// A value has at most six places.
    #[error("a value has at most six places")]
    TooManyDecimals,
    /// What is counted has no places.
    #[error("a count has no decimals")]
    CountWithPlaces,
    /// No number is within the limit.
    #[error("allows no number")]
    LimitReversed,
    /// The limit has more places than a value can have.
    #[error("has more places than a value can have")]
    LimitTooFine,
    /// The limit is below zero where values cannot be.
    #[error("is below zero in a unit that has nothing below zero")]
    LimitNegative,
    /// A range with two ends excludes one of them; the sentences have no words for that.
    #[error("a range with two ends includes both")]
    OpenRange,
    /// A choice needs at least two options.
    #[error("a choice needs at least two options")]
    TooFewOptions,
    /// A variant that the item does not have.
    #[error("the item has no such variant")]
    UnknownVariant,
    /// One variant is no choice.
    #[error("one variant leaves nothing to choose")]
    LoneVariant,
    /// All variants limit the same fields.
    #[error("the variants do not limit the same fields")]
    LimitsDiffer,
    /// A field that the variants limit has no limit of its own.
    #[error("has a limit beside those of the variants")]
    LimitTwice,
    /// A limit on what is not asked in the variant.
    #[error("limits a field that this variant does not ask")]
    LimitUnasked,
    /// All variants follow from one field, or none does.
    #[error("all variants follow from the same field, or none does")]
    SelectMixed,
    /// The field from which variants follow is always asked and answered.
    #[error("follows from a field that is not always asked and required")]
    SelectOptional,
    /// Each answer leads to one variant.
    #[error("each answer must lead to exactly one variant")]
    SelectAmbiguous,
    /// A field that the item does not have.
    #[error("the item has no such field")]
    UnknownField,
    /// A field of another kind than number.
    #[error("is not a number field")]
    NotANumber,
    /// Fields that are compared have one unit.
    #[error("compares fields of different units")]
    UnitsDiffer,
    /// A rule that compares a field with itself.
    #[error("names a field twice")]
    SameField,
    /// A sum has at least two parts.
    #[error("a sum needs two parts")]
    TooFewTerms,
    /// A brace without its partner.
    #[error("has a brace without its partner")]
    BrokenTemplate,
    /// A placeholder that nothing fills.
    #[error("nothing fills this placeholder")]
    UnknownPlaceholder,
    /// All measured fields are in the sentence.
    #[error("this measured field is not in the sentence")]
    FieldUntold,
    /// The sentence ends with the verdict.
    #[error("the sentence does not end with the verdict")]
    VerdictNotLast,
    /// An item that the catalogue does not have.
    #[error("the catalogue has no such item")]
    UnknownItem,
    /// An example has another outcome than it says.
    #[error("has another outcome than it says")]
    OutcomeDiffers,
}
