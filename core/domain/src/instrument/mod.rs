//! The measuring instruments of a firm and their calibration.

use crate::{
    code::Code,
    text::{self, NAME_MAX, TextError},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An instrument as the firm's list has it: its number is its name there. A task keeps a copy, so that a later
/// calibration does not change what was measured with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// The number on it.
    pub number: String,
    /// What it is, such as a sound-level meter.
    pub kind: String,
    /// The day of its last calibration.
    pub calibrated: NaiveDate,
    /// The last day for which that calibration is good.
    pub valid_to: NaiveDate,
}

/// Why an instrument is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstrumentError {
    /// The number or the kind is not fit to keep.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The calibration ends before it begins.
    #[error("the calibration ends before it begins")]
    CalibrationReversed,
}

impl InstrumentError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::CalibrationReversed => Code::CalibrationReversed,
        }
    }
}

impl Instrument {
    /// The instrument as typed, fit to keep.
    ///
    /// # Errors
    /// See [`InstrumentError`].
    pub fn checked(&self) -> Result<Self, InstrumentError> {
        if self.valid_to < self.calibrated {
            return Err(InstrumentError::CalibrationReversed);
        }
        let (number, kind) = (text::name(&self.number, NAME_MAX)?, text::name(&self.kind, NAME_MAX)?);
        Ok(Self { number, kind, ..self.clone() })
    }

    /// whether its calibration does not hold on `day`.
    pub fn has_expired(&self, day: NaiveDate) -> bool {
        self.valid_to < day
    }

    /// Its texts, each with its limit.
    pub(crate) fn texts(&self) -> [(&str, u32); 2] {
        [(&self.number, NAME_MAX), (&self.kind, NAME_MAX)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_366_a_calibration_holds_to_its_last_day_inclusive() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let meter = Instrument {
            number: " SL-01 ".into(),
            kind: "声级计".into(),
            calibrated: day("2026-01-10"),
            valid_to: day("2027-01-09"),
        };
        assert_eq!(["2027-01-09", "2027-01-10"].map(|text| meter.has_expired(day(text))), [false, true]);
        assert_eq!(meter.checked().map(|kept| kept.number), Ok("SL-01".into()));
        let reversed = Instrument { valid_to: day("2026-01-09"), ..meter.clone() };
        assert_eq!(reversed.checked(), Err(InstrumentError::CalibrationReversed));
        assert_eq!(Instrument { kind: " ".into(), ..meter }.checked(), Err(InstrumentError::Text(TextError::Empty)));
    }
}
