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
