//! The region that a server serves: what the manual leaves to a province.

mod pattern;

pub use pattern::{CodePattern, PATTERN_LENGTH_MAX, PatternError};

use crate::{
    calendar::FILING_WORKING_DAYS,
    code::Code,
    geofence::{RADIUS_M_DEFAULT, RADIUS_M_MAX, RADIUS_M_MIN},
    report::Overdue,
    retention::{Retention, RetentionError},
    text::{self, NAME_MAX, TEXT_MAX, TextError},
};
use serde::{Deserialize, Serialize};

/// The most working days that a region may give for the filing of a report.
pub const FILING_WORKING_DAYS_MAX: u16 = 60;

/// The settings of a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Region {
    /// What it is called; empty where nobody said so.
    pub name: String,
    /// Which law asks for the filing of reports, in the region's own words; empty where nobody said so.
    pub legal_note: String,
    /// The form of a report's code; free text without one.
    pub report_code: Option<CodePattern>,
    /// The radius of a fence for which nobody types one, in metres.
    pub fence_radius_m: u32,
    /// The working days to file a report.
    pub filing_working_days: u16,
    /// What becomes of a report that is generated after its period.
    pub overdue: Overdue,
    /// Whether selfies are printed in reports.
    pub selfies_printed: bool,
    /// How long the files of evidence are kept.
    pub retention: Retention,
}

/// What holds until somebody says otherwise.
impl Default for Region {
    fn default() -> Self {
        Self {
            name: String::new(),
            legal_note: String::new(),
            report_code: None,
            fence_radius_m: RADIUS_M_DEFAULT,
            filing_working_days: FILING_WORKING_DAYS,
            overdue: Overdue::Refuse,
            selfies_printed: false,
            retention: Retention::default(),
        }
    }
}

/// Why settings are not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegionError {
    /// The name or the note.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The radius is none of a fence.
    #[error("a fence of {0} m")]
    FenceRadius(u32),
    /// No working day, or too many.
    #[error("{0} working days")]
    FilingWorkingDays(u16),
    /// The years that files are kept.
    #[error(transparent)]
    Retention(#[from] RetentionError),
}

impl RegionError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::FenceRadius(_) => Code::FenceRadiusOutOfRange,
            Self::FilingWorkingDays(_) => Code::FilingDaysOutOfRange,
            Self::Retention(error) => error.code(),
        }
    }
}

impl Region {
    /// The settings with their texts fit to keep.
    ///
    /// # Errors
    /// See [`RegionError`].
    pub fn checked(self) -> Result<Self, RegionError> {
        if !(RADIUS_M_MIN..=RADIUS_M_MAX).contains(&self.fence_radius_m) {
            return Err(RegionError::FenceRadius(self.fence_radius_m));
        }
        if !(1..=FILING_WORKING_DAYS_MAX).contains(&self.filing_working_days) {
            return Err(RegionError::FilingWorkingDays(self.filing_working_days));
        }
        let name = if self.name.trim().is_empty() { String::new() } else { text::name(&self.name, NAME_MAX)? };
        let note = self.legal_note.trim();
        let legal_note = if note.is_empty() { String::new() } else { text::clean(note, TEXT_MAX)? };
        let retention = self.retention.checked()?;
        Ok(Self { name, legal_note, retention, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_has_the_settings_of_the_manual_until_somebody_says_otherwise() {
        let read: Region = serde_json::from_str("{}").unwrap();
        assert_eq!(read, Region::default());
        assert_eq!((read.fence_radius_m, read.filing_working_days, read.selfies_printed), (200, 5, false));
        assert_eq!(Region { name: "  ".into(), ..read.clone() }.checked(), Ok(read));
    }

    #[test]
    fn settings_that_no_region_can_have_are_refused() {
        for metres in [0, 49, 10_001] {
            let region = Region { fence_radius_m: metres, ..Region::default() };
            assert_eq!(region.checked(), Err(RegionError::FenceRadius(metres)));
        }
        for days in [0, 61] {
            let region = Region { filing_working_days: days, ..Region::default() };
            assert_eq!(region.checked(), Err(RegionError::FilingWorkingDays(days)));
        }
        let long = Region { name: "q".repeat(300), ..Region::default() };
        assert!(matches!(long.checked(), Err(RegionError::Text(TextError::TooLong { .. }))));
        assert!(serde_json::from_str::<Region>("{\"fence_radius\":80}").is_err());
    }
}
