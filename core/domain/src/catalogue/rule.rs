//! What holds between the fields of one record.

use super::read;
use crate::measure::Decimal;
use serde::Deserialize;

/// A rule over number fields. It does not apply when the variant in force does not ask for one of its fields.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rule {
    /// One field must exceed another by so much.
    Difference(Difference),
    /// One field must be so many percent of another.
    Percent(Percent),
    /// Fields must add up, otherwise the entry is wrong.
    Sum(Sum),
}

/// `of - minus >= min`, two fields of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Difference {
    /// The key of the greater field.
    pub of: String,
    /// The key of the field taken from it.
    pub minus: String,
    /// The least difference, in the unit of the fields.
    #[serde(deserialize_with = "read::required_decimal")]
    pub min: Decimal,
    /// Where present, the rule holds only under this condition.
    #[serde(default)]
    pub when: Option<When>,
}

/// A condition: a field lies above a bound, the bound itself excluded.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct When {
    /// The key of a number field.
    pub field: String,
    /// The bound, in the unit of the field.
    #[serde(deserialize_with = "read::required_decimal")]
    pub above: Decimal,
}

/// `of * 100 >= min * base`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Percent {
    /// The key of the part.
    pub of: String,
    /// The key of the whole.
    pub base: String,
    /// The least share, in percent.
    #[serde(deserialize_with = "read::required_decimal")]
    pub min: Decimal,
}

/// The fields `of` add up to `equals`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Sum {
    /// The keys of the parts.
    pub of: Vec<String>,
    /// The key of the total.
    pub equals: String,
}

impl Rule {
    /// The keys of the fields that it compares, the condition's field last.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::Difference(rule) => {
                let when = rule.when.iter().map(|when| when.field.as_str());
                [rule.of.as_str(), rule.minus.as_str()].into_iter().chain(when).collect()
            }
            Self::Percent(rule) => vec![&rule.of, &rule.base],
            Self::Sum(rule) => rule.of.iter().chain([&rule.equals]).map(String::as_str).collect(),
        }
    }
}
