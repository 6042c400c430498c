//! Cases with the outcome that any implementation must give.

use super::{outcome::OutcomeKind, read, value::FieldValue};
use serde::Deserialize;

/// The cases of one item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Example {
    /// The id of the item.
    pub item: String,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// What is entered and what comes of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Case {
    /// The variant that is chosen, if any.
    #[serde(default)]
    pub variant: Option<String>,
    /// What is entered.
    #[serde(deserialize_with = "read::field_values")]
    pub values: Vec<FieldValue>,
    /// What comes of it.
    pub outcome: OutcomeKind,
}
