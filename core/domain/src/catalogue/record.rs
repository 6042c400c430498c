//! The record of an item: its fields, their limits, and the verdict that the answers decide.

use super::{
    outcome::Problem,
    read,
    rule::Rule,
    value::{FieldValue, answer},
    words::{Template, Unit},
};
use crate::measure::Decimal;
use serde::Deserialize;

/// The form of an item, and all that is known about judging it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Record {
    /// The kind of the whole record.
    pub kind: Kind,
    /// How far a good record decides the verdict.
    pub decides: Decides,
    /// What is asked, in the order of the form.
    pub fields: Vec<Field>,
    /// The alternatives, of which one is in force: chosen, or given by a field. Empty where the item has none.
    #[serde(default)]
    pub variants: Vec<Variant>,
    /// What holds between fields.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Fields that raise the limit of another.
    #[serde(default)]
    pub extends: Vec<Extends>,
    /// The item's own sentence; without one the catalogue's default sentence of its kind is used.
    #[serde(default)]
    pub template: Option<Template>,
}

/// A field whose value is added to both ends of the limit of another: the time that a lamp burns without a fire adds to
/// the time that it must burn in one. While it is empty, a value within the bare limit is left to a person.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Extends {
    /// The key of the limited field.
    pub limit_of: String,
    /// The key of the field that is added, of the same unit.
    pub by: String,
}

/// The shape of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decides {
    /// The fields are the whole criterion: a good record is a conforming one.
    Full,
    /// The criterion names more than the fields: a good record only proposes that it conforms.
    Proposal,
    /// Nothing can be judged automatically.
    Person,
}

/// One question of the form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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
    #[serde(default)]
    pub severity: Severity,
    /// The keys of the variants in which it is asked; empty = always.
    #[serde(default)]
    pub only_in: Vec<String>,
    /// What kind of answer it takes.
    #[serde(flatten)]
    pub kind: FieldKind,
}

impl Field {
    /// Whether the field is asked when `variant` is in force.
    pub fn is_asked(&self, variant: Option<&str>) -> bool {
        self.only_in.is_empty() || variant.is_some_and(|variant| self.only_in.iter().any(|key| key == variant))
    }

    /// Whether a number is measured on site for it.
    pub const fn is_measured(&self) -> bool {
        matches!(self.source, Source::Measured) && self.number().is_some()
    }

    /// The part that only number fields have; `None` for other kinds.
    pub const fn number(&self) -> Option<&NumberField> {
        match &self.kind {
            FieldKind::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// Where the value of a field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Measured or seen on site.
    Measured,
    /// Read off or counted on site: a setting, a count, a nameplate. A sentence tells it without "measured".
    Stated,
    /// A value of the project's design, prefilled from there.
    Design,
}

/// What it means when a field is outside its limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It does not conform.
    #[default]
    Fault,
    /// A remark and no fault, as for clauses that say "should".
    Remark,
}

/// The kinds of answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldKind {
    /// A decimal number.
    Number(NumberField),
    /// One of several options; the value is the option's.
    Choice(ChoiceField),
    /// Yes or no; the value is `true` or `false`.
    Bool(BoolField),
    /// Free text.
    Text,
}

/// What a number field adds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct NumberField {
    /// The unit of the value.
    #[serde(deserialize_with = "read::unit")]
    pub unit: Unit,
    /// How many places a value may have; a count has none.
    pub decimals: u8,
    /// The allowed range, where no variant gives one.
    #[serde(flatten)]
    pub limit: Limit,
}

impl NumberField {
    /// Reads a typed number: at most `decimals` places, never rounded, negative only where the unit allows negative
    /// values.
    pub fn value(&self, text: &str) -> Result<Decimal, Problem> {
        let value: Decimal = text.parse().map_err(|_| Problem::NotANumber)?;
        match value {
            _ if value.places() > self.decimals => Err(Problem::TooManyPlaces),
            _ if value.is_negative() && !self.unit.negative => Err(Problem::Negative),
            _ => Ok(value),
        }
    }
}

/// An allowed range of numbers. Each end may have a severity of its own; without one, that of the field counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Limit {
    /// The lower end; `None` = no lower limit.
    #[serde(default, deserialize_with = "read::decimal")]
    pub min: Option<Decimal>,
    /// The upper end; `None` = no upper limit.
    #[serde(default, deserialize_with = "read::decimal")]
    pub max: Option<Decimal>,
    /// Whether the lower end itself is allowed.
    #[serde(default = "read::yes")]
    pub min_inclusive: bool,
    /// Whether the upper end itself is allowed.
    #[serde(default = "read::yes")]
    pub max_inclusive: bool,
    /// What it means to be below the lower end.
    #[serde(default)]
    pub min_severity: Option<Severity>,
    /// What it means to be above the upper end.
    #[serde(default)]
    pub max_severity: Option<Severity>,
}

/// An end of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// The lower one.
    Min,
    /// The upper one.
    Max,
}

impl Limit {
    /// No limit at all.
    pub const NONE: Self =
        Self { min: None, max: None, min_inclusive: true, max_inclusive: true, min_severity: None, max_severity: None };

    /// Whether nothing is limited.
    pub const fn is_none(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }

    /// Whether `value` is within the range, compared as entered.
    pub fn allows(&self, value: Decimal) -> bool {
        self.broken_end(value).is_none()
    }

    /// The end that `value` lies beyond, compared as entered.
    pub fn broken_end(&self, value: Decimal) -> Option<End> {
        if self.min.is_some_and(|min| if self.min_inclusive { value < min } else { value <= min }) {
            return Some(End::Min);
        }
        let above = self.max.is_some_and(|max| if self.max_inclusive { value > max } else { value >= max });
        above.then_some(End::Max)
    }

    /// What it means to be beyond an end, in a field of this severity.
    pub fn severity(&self, end: End, of_field: Severity) -> Severity {
        let own = match end {
            End::Min => self.min_severity,
            End::Max => self.max_severity,
        };
        own.unwrap_or(of_field)
    }

    /// The range with both ends raised by `by`.
    fn raised(self, by: Decimal) -> Self {
        let raise = |end: Option<Decimal>| end.map(|end| end.plus(by));
        Self { min: raise(self.min), max: raise(self.max), ..self }
    }
}

/// What a choice field adds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ChoiceField {
    /// The options in the order of the form. With `options_from`, reading the catalogue copies the options of that
    /// list.
    #[serde(default)]
    pub options: Vec<Choice>,
    /// Where the options come from when they are not listed.
    #[serde(default)]
    pub options_from: Option<OptionsFrom>,
}

/// A source of options within the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionsFrom {
    /// Every system: its code is the value.
    Systems,
}

/// One option of a choice field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Choice {
    /// The value that is recorded.
    pub value: String,
    /// Its label in Chinese.
    pub label_zh: String,
    /// Its label in English.
    pub label_en: String,
    /// Whether the answer passes; `None` where the answer alone decides nothing.
    #[serde(default)]
    pub pass: Option<bool>,
}

/// What a yes-or-no field adds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BoolField {
    /// The answer that passes; `None` = the answer decides nothing alone.
    #[serde(default)]
    pub pass: Option<bool>,
    /// What a sentence says of each answer; without it, label and yes or no.
    #[serde(default)]
    pub told: Option<BoolWords>,
}

/// What a sentence says of a yes-or-no answer: serviced before, or not yet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BoolWords {
    /// Of `true`.
    pub yes: Template,
    /// Of `false`.
    pub no: Template,
}

/// One of the alternatives of an item, with its limits. There is no default limit: one variant is always in force.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Variant {
    /// Its name within the item.
    pub key: String,
    /// Its label in Chinese.
    pub label_zh: String,
    /// Its label in English.
    pub label_en: String,
    /// The limits that hold in it. All variants of an item limit the same fields.
    #[serde(deserialize_with = "read::variant_limits")]
    pub limits: Vec<VariantLimit>,
    /// Where present, the variant follows from a field and is not asked.
    #[serde(default)]
    pub select: Option<Select>,
}

/// The limit of one field in one variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantLimit {
    /// The key of the limited field.
    pub field: String,
    /// Its range in this variant.
    pub limit: Limit,
}

/// The answer from which a variant follows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Select {
    /// The key of a choice or yes-or-no field.
    pub field: String,
    /// The required value, written as in [`super::FieldValue`].
    #[serde(deserialize_with = "read::value_text")]
    pub equals: String,
}

impl Record {
    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The variant with this key.
    pub fn variant(&self, key: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.key == key)
    }

    /// The variant in force: given by a field where the item says so, otherwise the chosen one.
    pub fn variant_in_force(&self, chosen: Option<&str>, values: &[FieldValue]) -> Option<&Variant> {
        if self.variants.iter().all(|variant| variant.select.is_none()) {
            return chosen.and_then(|key| self.variant(key));
        }
        let selected = |select: &Select| answer(values, &select.field) == Some(select.equals.as_str());
        self.variants.iter().find(|variant| variant.select.as_ref().is_some_and(selected))
    }

    /// The range of a number field, given the other values: that of the variant where the variants limit it, else its
    /// own; raised by the fields that extend it, as far as they are filled.
    pub fn limit(&self, field: &Field, variant: Option<&Variant>, values: &[FieldValue]) -> Limit {
        let of_variant = variant.and_then(|variant| variant.limits.iter().find(|limit| limit.field == field.key));
        let bare =
            of_variant.map_or_else(|| field.number().map_or(Limit::NONE, |number| number.limit), |held| held.limit);
        self.extensions(field).fold(bare, |limit, by| match self.number_of(by, values) {
            Some(value) => limit.raised(value),
            None => limit,
        })
    }

    /// The keys of the fields whose number is measured at each instance: an answer for many has a value of them
    /// for each. What is read off, seen or taken from the design is the same at many.
    pub fn measured_at_each(&self, variant: Option<&str>) -> Vec<&str> {
        let asked = self.fields.iter().filter(|field| field.is_asked(variant));
        asked.filter(|field| field.is_measured()).map(|field| field.key.as_str()).collect()
    }

    /// The keys of the fields that extend the limit of this one.
    pub fn extensions<'r>(&'r self, field: &'r Field) -> impl Iterator<Item = &'r str> {
        let of_field = self.extends.iter().filter(|held| held.limit_of == field.key);
        of_field.map(|held| held.by.as_str())
    }

    /// The number that stands in a field; `None` where nothing or no number of the field's form does.
    pub(super) fn number_of(&self, key: &str, values: &[FieldValue]) -> Option<Decimal> {
        self.field(key)?.number()?.value(answer(values, key)?).ok()
    }
}
