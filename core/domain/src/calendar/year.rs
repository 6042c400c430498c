//! The file of one year: which days are not as their weekday says, and the documents that say so.

use crate::{
    code::Code,
    text::{self, TextError},
};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// The years that a file may be of.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2199;
/// The most days that a file lists.
const DAYS_MAX: usize = 100;
/// The most characters of a festival's name.
const NAME_MAX: u32 = 20;

/// What one yearly document says. The year is that of its title: it may also say something about the December before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// The year of the document's title.
    pub year: i32,
    /// Where the State Council published it and its changes.
    pub papers: Vec<String>,
    /// The days that are off, weekends within a festival included, and the weekend days that are worked.
    pub days: Vec<SpecialDay>,
}

/// A day that the document names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    /// The festival that it belongs to.
    pub name: String,
    /// The day.
    pub date: NaiveDate,
    /// Whether nobody works.
    #[serde(rename = "isOffDay")]
    pub is_off_day: bool,
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum YearError {
    /// It is not JSON of this shape, or of no year between 2000 and 2199.
    #[error("not the file of a year: {0}")]
    Malformed(String),
    /// `papers` is empty, or names an address that is not the government's.
    #[error("papers does not name the document of the State Council")]
    SourceMissing,
    /// The day lies outside the year and the December before, stands twice, has no name, or is a weekday that is
    /// worked anyway.
    #[error("the day {0} cannot stand in the file")]
    DayWrong(NaiveDate),
    /// The day is off by law, and the file does not say so.
    #[error("the file does not say that {0} is off")]
    DayMissing(NaiveDate),
}

impl YearError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Malformed(_) => Code::CalendarMalformed,
            Self::SourceMissing => Code::CalendarSourceMissing,
            Self::DayWrong(_) => Code::CalendarDayWrong,
            Self::DayMissing(_) => Code::CalendarDayMissing,
        }
    }

    /// The day that is wrong or missing.
    pub const fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::DayWrong(day) | Self::DayMissing(day) => Some(*day),
            Self::Malformed(_) | Self::SourceMissing => None,
        }
    }
}

impl Year {
    /// Reads a file, with its days in order. Keys that nobody knows are left out.
    ///
    /// # Errors
    /// See [`YearError`].
    pub fn read(file: &str) -> Result<Self, YearError> {
        let mut year: Self = serde_json::from_str(file).map_err(|error| YearError::Malformed(error.to_string()))?;
        if !YEARS.contains(&year.year) || year.days.len() > DAYS_MAX {
            return Err(YearError::Malformed("the year or the number of days is out of range".into()));
        }
        year.days.sort_by_key(|day| day.date);
        year.check()?;
        Ok(year)
    }

    fn check(&self) -> Result<(), YearError> {
        if self.papers.is_empty() || !self.papers.iter().all(|paper| is_of_the_government(paper)) {
            return Err(YearError::SourceMissing);
        }
        let twice = self.days.windows(2).find_map(|two| match two {
            [one, other] if one.date == other.date => Some(other),
            _ => None,
        });
        match twice.or_else(|| self.days.iter().find(|day| !self.can_hold(day))) {
            Some(day) => Err(YearError::DayWrong(day.date)),
            None => self.missing().map_or(Ok(()), |day| Err(YearError::DayMissing(day))),
        }
    }

    fn can_hold(&self, day: &SpecialDay) -> bool {
        let of_the_title = day.date.year() == self.year;
        let december_before = day.date.year() == self.year - 1 && day.date.month() == 12;
        let named: Result<String, TextError> = text::name(&day.name, NAME_MAX);
        (of_the_title || december_before) && named.is_ok() && (day.is_off_day || is_weekend(day.date))
    }

    /// The first day that is off by law and not in the file.
    fn missing(&self) -> Option<NaiveDate> {
        let is_off = |date: NaiveDate| self.days.iter().any(|day| day.date == date && day.is_off_day);
        fixed_holidays(self.year).find(|day| !is_off(*day))
    }
}

/// An address of `gov.cn`. A file whose source nobody can look up is not taken.
fn is_of_the_government(paper: &str) -> bool {
    let address = paper.strip_prefix("https://").or_else(|| paper.strip_prefix("http://"));
    let host = address.and_then(|address| address.split('/').next()).unwrap_or_default();
    let plain = paper.bytes().all(|byte| byte.is_ascii_graphic());
    plain && (host == "gov.cn" || host.ends_with(".gov.cn"))
}

/// Saturday or Sunday.
pub(super) fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The holidays that lie on the same days of every year. 2 May is one since 2025.
pub(super) fn fixed_holidays(year: i32) -> impl Iterator<Item = NaiveDate> {
    let days = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)];
    let held = days.into_iter().filter(move |day| year >= 2025 || *day != (5, 2));
    held.filter_map(move |(month, day)| NaiveDate::from_ymd_opt(year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../calendar/2026.json");

    fn refused(file: &str) -> (Code, Option<String>) {
        let error = Year::read(file).unwrap_err();
        (error.code(), error.day().map(|day| day.to_string()))
    }

    fn day(date: &str) -> Option<String> {
        Some(date.to_owned())
    }

    #[test]
    fn r_383_a_file_with_keys_of_others_is_read_and_its_days_are_sorted() {
        let year = Year::read(FILE).unwrap();
        let foreign = FILE.replacen('{', r#"{"$schema": "https://example.org/schema.json", "#, 1);
        assert_eq!(Year::read(&foreign).as_ref(), Ok(&year));
        let mut reversed = year.clone();
        reversed.days.reverse();
        assert_eq!(Year::read(&serde_json::to_string(&reversed).unwrap()), Ok(year));
    }

    #[test]
    fn r_383_what_is_no_file_of_a_year_is_refused() {
        for bad in ["", "[]", r#"{"year": 2026}"#, &FILE.replacen("2026", "1026", 1), &FILE.replace("01-04", "13-04")] {
            assert_eq!(refused(bad), (Code::CalendarMalformed, None), "{bad}");
        }
    }

    #[test]
    fn r_383_a_file_without_an_address_of_the_government_is_refused() {
        let of = |papers: &[&str]| {
            let year =
                Year { papers: papers.iter().map(|&paper| paper.to_owned()).collect(), ..Year::read(FILE).unwrap() };
            serde_json::to_string(&year).unwrap()
        };
        for good in
            ["https://www.gov.cn/a.htm", "http://www.gov.cn/a", "https://gov.cn", "https://www.qinghai.gov.cn/a"]
        {
            assert!(Year::read(&of(&[good])).is_ok(), "{good}");
        }
        let bad =
            ["", "www.gov.cn/a", "https://example.org/www.gov.cn", "https://notgov.cn/a", "https://www.gov.cn/a b"];
        assert_eq!(refused(&of(&[])), (Code::CalendarSourceMissing, None));
        for bad in bad {
            assert_eq!(refused(&of(&["https://www.gov.cn/a.htm", bad])), (Code::CalendarSourceMissing, None), "{bad}");
        }
    }

    #[test]
    fn r_383_a_day_that_cannot_stand_in_the_file_is_named() {
        let of = |from: &str, to: &str| refused(&FILE.replacen(from, to, 1));
        let wrong = |date: &str| (Code::CalendarDayWrong, day(date));
        assert_eq!(of("2026-10-10", "2027-01-02"), wrong("2027-01-02"), "of the year after");
        assert_eq!(of("2026-01-04", "2025-11-30"), wrong("2025-11-30"), "of November before");
        assert_eq!(of("2026-10-10", "2026-10-07"), wrong("2026-10-07"), "twice");
        assert_eq!(of("2026-10-10", "2026-10-12"), wrong("2026-10-12"), "a Monday is worked anyway");
        assert_eq!(of("中秋节", " "), wrong("2026-09-25"), "without a name");
        assert!(Year::read(&FILE.replacen("2026-01-04", "2025-12-28", 1)).is_ok(), "December before is fine");
    }

    #[test]
    fn r_383_a_file_that_forgets_a_holiday_of_the_law_is_refused() {
        let half = r#"{"name": "国庆节", "date": "2026-10-03", "isOffDay": true},"#;
        assert_eq!(refused(&FILE.replace(half, "")), (Code::CalendarDayMissing, day("2026-10-03")));
        assert_eq!(fixed_holidays(2024).count() + 1, fixed_holidays(2025).count());
    }
}
