//! The firm's instruments in words.

use super::{Day, Reader};
use firebee_domain::instrument::Instrument;
use firebee_protocol::text::Chip;

/// An instrument in a list.
pub struct InstrumentLine {
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: String,
    /// The day of its last calibration.
    pub calibrated: Day,
    /// The last day of that calibration.
    pub valid_to: Day,
    /// Whether it holds today.
    pub state: Chip,
}

/// An instrument in words.
#[must_use]
pub fn line(reader: Reader<'_>, instrument: &Instrument) -> InstrumentLine {
    InstrumentLine {
        number: instrument.number.clone(),
        kind: instrument.kind.clone(),
        calibrated: reader.day(instrument.calibrated),
        valid_to: reader.day(instrument.valid_to),
        state: Chip::calibration(reader.language, instrument.has_expired(reader.now.china_day())),
    }
}
