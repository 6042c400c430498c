//! The interval that a plan covers, and the kind of project that a system is for.

use crate::code::Code;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The nature of a plan: the interval that it covers. Frequencies add up: an item that is tested monthly is
/// also in the plans of the quarter and of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Of one month.
    Month,
    /// Of one quarter.
    Quarter,
    /// Of one year.
    Year,
}

/// The text names no nature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the nature of a plan")]
pub struct NatureError;

impl NatureError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::NatureUnknown
    }
}

impl Nature {
    /// Every nature, shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// The word that stands for it on the wire and in the store.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

impl fmt::Display for Nature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Nature {
    type Err = NatureError;
    fn from_str(text: &str) -> Result<Self, NatureError> {
        Self::ALL.into_iter().find(|nature| nature.code() == text).ok_or(NatureError)
    }
}

/// The kind of contract or project that may tick a system (R-090…R-092).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Usage {
    /// Maintenance: every fire protection system that a building can have.
    Maintenance,
    /// The three kinds of inspection: the site record only.
    Inspection,
    /// Safety evaluation: the evaluation items only.
    Assessment,
    /// Special sites: the site record of special sites only.
    SpecialSite,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// the natures of a plan are month, quarter and year.
    #[test]
    fn a_nature_is_the_same_word_on_the_wire_and_in_the_store() {
        for nature in Nature::ALL {
            assert_eq!(nature.code().parse(), Ok(nature));
            assert_eq!(serde_json::to_value(nature).unwrap(), nature.code());
        }
        assert_eq!("monthly".parse::<Nature>(), Err(NatureError));
    }
}
