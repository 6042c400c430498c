//! The verdict on one instance of one item.

use crate::code::Code;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a person finds of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The criterion is met.
    Conform,
    /// The criterion is not met: needs a photo and a text and creates a fault.
    Nonconform,
    /// The item could not be tested: needs a reason and is no fault.
    Untestable,
}

/// The text names no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a verdict")]
pub struct VerdictError;

impl VerdictError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::VerdictUnknown
    }
}

impl Verdict {
    /// Every verdict, in the order in which a form offers them.
    pub const ALL: [Self; 3] = [Self::Conform, Self::Nonconform, Self::Untestable];

    /// The word that stands for it on the wire and in the store.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Conform => "conform",
            Self::Nonconform => "nonconform",
            Self::Untestable => "untestable",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Verdict {
    type Err = VerdictError;
    fn from_str(text: &str) -> Result<Self, VerdictError> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == text).ok_or(VerdictError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// there are three verdicts, and each has one word everywhere.
    #[test]
    fn a_verdict_is_the_same_word_on_the_wire_and_in_the_store() {
        for verdict in Verdict::ALL {
            assert_eq!(verdict.code().parse(), Ok(verdict));
            assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.code());
        }
        assert_eq!("Conform".parse::<Verdict>(), Err(VerdictError));
    }
}
