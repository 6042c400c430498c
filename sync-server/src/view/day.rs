//! A day of the calendar.

use super::Reader;
use chrono::NaiveDate;
use firebee_protocol::text::when::date;
use std::fmt;

/// A day in words, and itself for a file that is calculated with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// In words, with its year.
    pub text: String,
    /// The day.
    pub day: NaiveDate,
}

impl Reader<'_> {
    /// A day as people say it.
    #[must_use]
    pub fn day(&self, day: NaiveDate) -> Day {
        Day { text: date(self.language, day), day }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
