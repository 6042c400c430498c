//! The interval that a plan covers, and the kind of project that a system is for.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The nature of a plan: the interval that it covers. Frequencies add up: an item that is tested monthly is
/// also in the plans of the quarter and of the year.
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
pub enum Nature {
    /// Of one month.
    Month,
    /// Of one quarter.
    Quarter,
    /// Of one year.
    Year,
}

/// How often the code of practice asks for an item, where no nature of plan says it: twice a year, every five years.
/// The plan of the nearest nature that is not longer contains the item; where every nature is longer, that of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Every {
    /// How many of the unit lie between two tests, from 1.
    pub count: u8,
    /// What is counted.
    pub unit: Span,
}

/// What the time between two tests is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Half months.
    HalfMonth,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl Every {
    /// The first nature whose plans contain the item.
    pub const fn nature(self) -> Nature {
        let months = match self.unit {
            Span::Day | Span::Week | Span::HalfMonth => 0,
            Span::Month => self.count as u16,
            Span::Year => self.count as u16 * 12,
        };
        match months {
            12.. => Nature::Year,
            3.. => Nature::Quarter,
            _ => Nature::Month,
        }
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
