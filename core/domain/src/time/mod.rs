//! Instants, periods and calendar days. Days, months and deadlines are of fixed UTC+8, whatever zone a phone is in.

mod bound;
mod captured;
mod deadline;

pub use bound::{
    Bound, DRIFT_PPM, GNSS_DOUBT_MS, NEVER, ORDER_DOUBT_MS, Previous, TimeEvidence, TrustedTime, boot_began_ms,
    trusted_time,
};
pub use captured::{Anchor, Captured};
pub use deadline::{Cutoff, DecidedBy, Punctuality, STATED_STRETCH_MAX_MS, Timeliness, submitted_in_time};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

const CHINA_OFFSET_MS: i64 = 8 * 3_600_000;

/// An instant: Unix milliseconds, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This instant moved by `ms` milliseconds.
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
    /// Milliseconds from `earlier` to this instant; negative when it is later.
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
    /// The local time of UTC+8; `None` outside the calendar. A wrong phone clock can be that far off.
    pub fn china_time(self) -> Option<NaiveDateTime> {
        // The shift is added as a number, because chrono's conversion panics on its last day.
        let moved = self.0.checked_add(CHINA_OFFSET_MS)?;
        DateTime::from_timestamp_millis(moved).map(|shown| shown.naive_utc())
    }
    /// The calendar day in UTC+8; beyond the calendar its first or last day.
    pub fn china_day(self) -> NaiveDate {
        let end = if self.0 < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
        self.china_time().map_or(end, |shown| shown.date())
    }
}

/// The first instant of a calendar day of UTC+8.
pub fn china_midnight(day: NaiveDate) -> Timestamp {
    let utc = day.and_hms_opt(0, 0, 0).map_or(0, |local| local.and_utc().timestamp_millis());
    Timestamp(utc - CHINA_OFFSET_MS)
}

/// Day, hour and minute of UTC+8, as sentences and lists show an instant.
pub fn china_minute(at: Timestamp) -> String {
    let day = at.china_day();
    let minutes = at.ms_since(china_midnight(day)).div_euclid(60_000);
    format!("{day} {:02}:{:02}", minutes.div_euclid(60), minutes.rem_euclid(60))
}

/// A calendar month of UTC+8, `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year, 2000 to 2199.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

/// The text is not `YYYY-MM` between 2000-01 and 2199-12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month between 2000-01 and 2199-12")]
pub struct MonthError;

impl Month {
    /// The month, if there is such a one.
    pub const fn new(year: i32, month: u32) -> Result<Self, MonthError> {
        if year >= 2000 && year <= 2199 && month >= 1 && month <= 12 {
            Ok(Self { year, month })
        } else {
            Err(MonthError)
        }
    }
    /// The month that a day lies in; `None` outside the years 2000 to 2199.
    pub fn of(day: NaiveDate) -> Option<Self> {
        Self::new(day.year(), day.month()).ok()
    }
    /// The month after this one.
    pub const fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }
    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or(NaiveDate::MIN)
    }
    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day().checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MIN)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}
impl FromStr for Month {
    type Err = MonthError;
    fn from_str(text: &str) -> Result<Self, MonthError> {
        let (year, month) = text.split_once('-').ok_or(MonthError)?;
        if year.len() != 4 || month.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
            return Err(MonthError);
        }
        Self::new(year.parse().map_err(|_| MonthError)?, month.parse().map_err(|_| MonthError)?)
    }
}
impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_utc_plus_8() {
        let last_second = Timestamp(1_582_991_999_000); // 2020-02-29T23:59:59+08:00
        assert_eq!(last_second.china_day().to_string(), "2020-02-29");
        assert_eq!(last_second.plus_ms(1_000).china_day().to_string(), "2020-03-01");
        assert_eq!(china_midnight(last_second.plus_ms(1_000).china_day()), last_second.plus_ms(1_000));
    }

    #[test]
    fn a_month_knows_its_last_day_in_leap_years_too() {
        let last = |text: &str| text.parse::<Month>().unwrap().last_day().to_string();
        assert_eq!(
            (last("2020-02"), last("2021-02"), last("2021-12")),
            ("2020-02-29".into(), "2021-02-28".into(), "2021-12-31".into())
        );
        for bad in ["2020-13", "2020-00", "1999-12", "2020-1", "20-10", "2020/01", "+020-01"] {
            assert_eq!(bad.parse::<Month>(), Err(MonthError), "{bad}");
        }
    }

    proptest::proptest! {
        /// Every integer that JSON may carry is an instant of some day, and of the nearest there is when the calendar ends.
        #[test]
        fn every_integer_below_two_to_the_53_has_a_day_and_a_minute(ms in -(1_i64 << 53)..(1 << 53)) {
            let at = Timestamp(ms);
            let day = at.china_day();
            proptest::prop_assert!(day <= at.plus_ms(86_400_000).china_day());
            if day != NaiveDate::MIN && day != NaiveDate::MAX {
                let since = at.ms_since(china_midnight(day));
                proptest::prop_assert!((0..86_400_000).contains(&since), "{} is not within {}", ms, day);
            }
            proptest::prop_assert!(!china_minute(at).is_empty());
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_days() {
        // The last eight hours of the calendar in UTC are the day after it in UTC+8.
        for ms in [8_210_266_848_000_000, 8_210_266_876_799_999, 8_210_266_876_800_000, 1 << 53, i64::MAX] {
            assert_eq!(Timestamp(ms).china_day(), NaiveDate::MAX, "{ms}");
        }
        for ms in [-8_334_601_228_800_001, -(1 << 53), i64::MIN] {
            assert_eq!(Timestamp(ms).china_day(), NaiveDate::MIN, "{ms}");
        }
    }
}
