//! What was entered in a form.

use crate::text;
use serde::{Deserialize, Serialize};

/// One answer: a number as a decimal string, a choice as the option's value, yes or no as `true` or `false`, a text as
/// it is. An empty or blank value is no answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FieldValue {
    /// The key of the field.
    pub key: String,
    /// The answer.
    pub value: String,
}

impl FieldValue {
    /// An answer to the field `key`.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

/// The answer to `key`, if there is one that is not blank.
pub(super) fn answer<'a>(values: &'a [FieldValue], key: &str) -> Option<&'a str> {
    let value = values.iter().find(|value| value.key == key)?;
    (!text::is_blank(&value.value)).then_some(value.value.as_str())
}
