//! What can be wrong with a catalogue.

use std::fmt;

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

macro_rules! kinds { ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal;)*) => {
    /// What can be wrong.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
    pub enum DefectKind { $($(#[$doc])* #[error($text)] $name,)* }

    impl DefectKind {
        /// Every kind.
        pub const ALL: &[Self] = &[$(Self::$name),*];

        /// The stable code of this kind.
        pub const fn code(self) -> &'static str {
            match self { $(Self::$name => $code,)* }
        }
    }
}; }

kinds! {
    /// A text, list or number that must not be empty.
    Empty = "empty", "is empty";
    /// A name that stands twice in one list.
    Repeated = "repeated", "stands more than once";
    /// Codes are lower-case words.
    MalformedCode = "malformed_code", "is not made of lower-case letters, digits, '-', '_' and '.'";
    /// A verdict without a word.
    VerdictUnnamed = "verdict_unnamed", "this verdict has no name";
    /// A unit that the list does not hold.
    UnknownUnit = "unknown_unit", "is not in the list of units";
    /// A monthly item belongs to the quarter and the year too.
    NotCumulative = "not_cumulative", "is not month, quarter, year or an end of it";
    /// The natures of a facility are those of its items.
    NaturesDiffer = "natures_differ", "are not the natures that the items have";
    /// Confidence and the mark for checking say different things.
    ConfidenceDiffers = "confidence_differs", "does not agree with the confidence";
    /// The kind of the record does not fit its fields.
    KindDiffers = "kind_differs", "does not fit the fields";
    /// The key of a lone field is `value`, of a text `note`.
    LoneKey = "lone_key", "a lone field is called value, a lone text note";
    /// How far the record decides does not fit what can be judged.
    DecidesDiffers = "decides_differs", "does not fit what the fields, variants and rules can judge";
    /// A value has at most six places.
    TooManyDecimals = "too_many_decimals", "a value has at most six places";
    /// What is counted has no places.
    CountWithPlaces = "count_with_places", "a count has no decimals";
    /// No number is within the limit.
    LimitReversed = "limit_reversed", "allows no number";
    /// The limit has more places than a value can have.
    LimitTooFine = "limit_too_fine", "has more places than a value can have";
    /// The limit is below zero where values cannot be.
    LimitNegative = "limit_negative", "is below zero in a unit that has nothing below zero";
    /// A range with two ends excludes one of them; the sentences have no words for that.
    OpenRange = "open_range", "a range with two ends includes both";
    /// A choice needs at least two options.
    TooFewOptions = "too_few_options", "a choice needs at least two options";
    /// A variant that the item does not have.
    UnknownVariant = "unknown_variant", "the item has no such variant";
    /// One variant is no choice.
    LoneVariant = "lone_variant", "one variant leaves nothing to choose";
    /// All variants limit the same fields.
    LimitsDiffer = "limits_differ", "the variants do not limit the same fields";
    /// A field that the variants limit has no limit of its own.
    LimitTwice = "limit_twice", "has a limit beside those of the variants";
    /// A limit on what is not asked in the variant.
    LimitUnasked = "limit_unasked", "limits a field that this variant does not ask";
    /// All variants follow from one field, or none does.
    SelectMixed = "select_mixed", "all variants follow from the same field, or none does";
    /// The field from which variants follow is always asked and answered.
    SelectOptional = "select_optional", "follows from a field that is not always asked and required";
    /// Each answer leads to one variant.
    SelectAmbiguous = "select_ambiguous", "each answer must lead to exactly one variant";
    /// A field that the item does not have.
    UnknownField = "unknown_field", "the item has no such field";
    /// A field of another kind than number.
    NotANumber = "not_a_number", "is not a number field";
    /// Fields that are compared have one unit.
    UnitsDiffer = "units_differ", "compares fields of different units";
    /// A rule that compares a field with itself.
    SameField = "same_field", "names a field twice";
    /// A sum has at least two parts.
    TooFewTerms = "too_few_terms", "a sum needs two parts";
    /// A brace without its partner.
    BrokenTemplate = "broken_template", "has a brace without its partner";
    /// A placeholder that nothing fills.
    UnknownPlaceholder = "unknown_placeholder", "nothing fills this placeholder";
    /// All measured fields are in the sentence.
    FieldUntold = "field_untold", "this measured field is not in the sentence";
    /// The sentence ends with the verdict.
    VerdictNotLast = "verdict_not_last", "the sentence does not end with the verdict";
    /// An item that the catalogue does not have.
    UnknownItem = "unknown_item", "the catalogue has no such item";
    /// An example has another outcome than it says.
    OutcomeDiffers = "outcome_differs", "has another outcome than it says";
}
