//! How long the files of evidence are kept. What they were stays provable: the facts keep their hashes.

use crate::code::Code;
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The archive period of the practice rules, in years.
pub const RETENTION_YEARS: u16 = 6;
/// The most years that a region may ask for.
pub const RETENTION_YEARS_MAX: u16 = 50;

/// A kind of file of a task.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray, Serialize,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kept {
    /// Photos and selfies, with their smaller pictures.
    Photo,
    /// The signatures of witnesses.
    Signature,
    /// The tracks of executors.
    Track,
    /// Files of a decision or of the handling of a fault.
    File,
}

/// How many years each kind is kept, from the day on which its task was handed in last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// Of [`Kept::Photo`].
    pub photo: u16,
    /// Of [`Kept::Signature`].
    pub signature: u16,
    /// Of [`Kept::Track`].
    pub track: u16,
    /// Of [`Kept::File`].
    pub file: u16,
}

/// The archive period, of each kind.
impl Default for Retention {
    fn default() -> Self {
        let [photo, signature, track, file] = [RETENTION_YEARS; 4];
        Self { photo, signature, track, file }
    }
}

/// A number of years that no region asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} years")]
pub struct RetentionError(pub u16);

impl RetentionError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::RetentionOutOfRange
    }
}

impl Retention {
    /// The years of a kind.
    pub const fn years(self, kept: Kept) -> u16 {
        match kept {
            Kept::Photo => self.photo,
            Kept::Signature => self.signature,
            Kept::Track => self.track,
            Kept::File => self.file,
        }
    }

    /// The first day, in UTC+8, whose tasks keep their files of this kind: those of the days before are past.
    pub fn kept_from(self, kept: Kept, today: NaiveDate) -> NaiveDate {
        let months = Months::new(12 * u32::from(self.years(kept)));
        today.checked_sub_months(months).unwrap_or(NaiveDate::MIN)
    }

    /// The years, where a region can ask for them.
    ///
    /// # Errors
    /// One of them is none, or more than [`RETENTION_YEARS_MAX`].
    pub fn checked(self) -> Result<Self, RetentionError> {
        let wrong = |years: &u16| !(1..=RETENTION_YEARS_MAX).contains(years);
        let mut years = Kept::VARIANTS.iter().map(|kept| self.years(*kept));
        years.find(wrong).map_or(Ok(self), |years| Err(RetentionError(years)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// six years, each kind by itself, and never a day less at the end of a February.
    #[test]
    fn r_373_a_file_is_kept_for_its_years_to_the_day() {
        let held = Retention { track: 2, ..Retention::default() };
        assert_eq!(held.kept_from(Kept::Photo, day(2032, 11, 17)), day(2026, 11, 17));
        assert_eq!(held.kept_from(Kept::Track, day(2032, 2, 29)), day(2030, 2, 28));
        assert_eq!(held.kept_from(Kept::File, day(2030, 2, 28)), day(2024, 2, 28), "the 29th is kept");
    }

    #[test]
    fn r_373_years_that_no_region_asks_for_are_refused() {
        assert_eq!(Retention::default().checked(), Ok(Retention::default()));
        for years in [0, 51, u16::MAX] {
            let held = Retention { signature: years, ..Retention::default() };
            assert_eq!(held.checked(), Err(RetentionError(years)));
        }
        assert_eq!(serde_json::from_str::<Retention>("{}").unwrap(), Retention::default());
    }
}
