//! The verdict on one instance of one item.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What a person finds of an item.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// The criterion is met.
    Conform,
    /// The criterion is not met: needs a photo and a text and creates a fault.
    Nonconform,
    /// The item could not be tested: needs a reason and is no fault.
    Untestable,
}

impl Verdict {
    /// How grave it is: nonconform is graver than untestable, and untestable than conform.
    pub const fn gravity(self) -> u8 {
        match self {
            Self::Conform => 0,
            Self::Untestable => 1,
            Self::Nonconform => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// there are three verdicts, and each has one word everywhere.
    #[test]
    fn a_verdict_is_the_same_word_on_the_wire_and_in_the_store() {
        for verdict in Verdict::VARIANTS {
            assert_eq!(<&str>::from(verdict).parse(), Ok(*verdict));
            assert_eq!(serde_json::to_value(verdict).unwrap(), <&str>::from(verdict));
        }
        assert!("Conform".parse::<Verdict>().is_err());
    }
}
