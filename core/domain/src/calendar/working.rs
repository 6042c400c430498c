//! Which days are worked, and counting them.

use super::{
    shipped,
    year::{Year, fixed_holidays, is_weekend},
};
use chrono::{Datelike, Days, NaiveDate};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, sync::LazyLock};

/// From this day of December on, the next year's document can still change a day: New Year's Day lies in a run of at
/// most three days, and the weekend that is worked for it lies in the same week.
const OPEN_FROM_DECEMBER: u32 = 25;

/// The years that are known, one file each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
    /// Whether a day is off, of every day that a file names.
    days: BTreeMap<NaiveDate, bool>,
}

/// Whether a day is worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkingDay {
    /// Whether it is.
    pub is_worked: bool,
    /// A document that is not published yet can change it.
    pub provisional: bool,
}

/// The day at the end of a number of working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The last of them.
    pub day: NaiveDate,
    /// A day on the way can still change.
    pub provisional: bool,
}

impl Calendar {
    /// The years that the program brings along.
    pub fn shipped() -> Self {
        static SHIPPED: LazyLock<Calendar> = LazyLock::new(|| Calendar::default().with(shipped::years()));
        SHIPPED.clone()
    }

    /// This calendar with further years. A year takes the place of what was known of it.
    #[must_use]
    pub fn with(mut self, years: impl IntoIterator<Item = Year>) -> Self {
        self.years.extend(years.into_iter().map(|year| (year.year, year)));
        // A later document is the later word on a day of December.
        let named = self.years.values().flat_map(|year| &year.days);
        self.days = named.map(|day| (day.date, day.is_off_day)).collect();
        self
    }

    /// What is known of a year; `None` while it has no file.
    pub fn year(&self, year: i32) -> Option<&Year> {
        self.years.get(&year)
    }

    /// The last year that has a file.
    pub fn last_year(&self) -> Option<i32> {
        self.years.last_key_value().map(|(year, _)| *year)
    }

    /// Names the data: the last year and the beginning of a hash of all days. Equal data have one version, whoever
    /// wrote the files.
    pub fn version(&self) -> String {
        let mut text = String::new();
        for year in self.years.keys() {
            text.push_str(&format!("{year}\n"));
        }
        for (day, is_off) in &self.days {
            text.push_str(&format!("{day} {}\n", if *is_off { "off" } else { "worked" }));
        }
        let hash: String = Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        format!("{}-{hash}", self.last_year().unwrap_or_default())
    }

    /// Whether a day is worked: as its file says, else as its weekday says. In a year without a file the holidays with a
    /// fixed day are off, too.
    pub fn working_day(&self, day: NaiveDate) -> WorkingDay {
        let provisional = !self.is_settled(day);
        let by_week =
            || is_weekend(day) || (!self.has(day.year()) && fixed_holidays(day.year()).any(|fixed| fixed == day));
        let is_off = self.days.get(&day).copied().unwrap_or_else(by_week);
        WorkingDay { is_worked: !is_off, provisional }
    }

    /// The working day that is `count` working days after `from`. Counting begins on the next day. Beyond the
    /// calendar it is the last day that there is.
    pub fn add_working_days(&self, from: NaiveDate, count: u16) -> Counted {
        let mut reached = Counted { day: from, provisional: false };
        let mut left = count;
        while left > 0 {
            let Some(next) = reached.day.checked_add_days(Days::new(1)) else { break };
            let WorkingDay { is_worked, provisional } = self.working_day(next);
            reached = Counted { day: next, provisional: reached.provisional || provisional };
            left -= u16::from(is_worked);
        }
        reached
    }

    fn has(&self, year: i32) -> bool {
        self.years.contains_key(&year)
    }

    /// Whether no document is still to come that can change the day.
    fn is_settled(&self, day: NaiveDate) -> bool {
        let open_end = day.month() == 12 && day.day() >= OPEN_FROM_DECEMBER;
        self.has(day.year()) && (!open_end || self.has(day.year() + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn worked(text: &str) -> (bool, bool) {
        let WorkingDay { is_worked, provisional } = Calendar::shipped().working_day(day(text));
        (is_worked, provisional)
    }

    #[test]
    fn r_383_a_file_goes_before_the_weekday() {
        assert_eq!(worked("2026-05-09"), (true, false), "a Saturday that is worked");
        assert_eq!(worked("2026-05-05"), (false, false), "a Tuesday that is off");
        assert_eq!(worked("2026-05-06"), (true, false));
        assert_eq!(worked("2026-05-16"), (false, false));
        assert_eq!(worked("2018-12-29"), (true, false), "the document of 2019 speaks of December 2018");
        assert_eq!(worked("2018-12-31"), (false, false));
    }

    #[test]
    fn r_383_a_year_without_data_counts_weekends_and_the_fixed_holidays_and_is_provisional() {
        for off in ["2027-01-01", "2027-05-01", "2027-05-02", "2027-10-01", "2027-10-02", "2027-10-03", "2027-03-06"] {
            assert_eq!(worked(off), (false, true), "{off}");
        }
        for on in ["2027-01-04", "2027-02-08", "2027-05-03", "2027-10-04"] {
            assert_eq!(worked(on), (true, true), "{on}");
        }
    }

    #[test]
    fn r_383_the_end_of_december_waits_for_the_document_of_the_next_year() {
        assert_eq!(worked("2026-12-24"), (true, false));
        assert_eq!(worked("2026-12-25"), (true, true));
        assert_eq!(worked("2025-12-31"), (true, false));
        // Nothing that is known ever reached further back than that.
        let early = Calendar::shipped().days.into_keys().filter(|day| day.month() == 12).map(|day| day.day()).min();
        assert!(early >= Some(OPEN_FROM_DECEMBER), "{early:?}");
    }

    #[test]
    fn r_383_an_imported_year_takes_the_place_of_a_shipped_one() {
        let shipped = Calendar::shipped();
        let mut year = shipped.year(2026).unwrap().clone();
        year.days.retain(|held| held.date != day("2026-05-09"));
        let changed = shipped.clone().with([year]);
        assert!(!changed.working_day(day("2026-05-09")).is_worked);
        assert_ne!(changed.version(), shipped.version());
        assert_eq!(changed.with(shipped.year(2026).cloned()), shipped);
        assert_eq!((shipped.last_year(), Calendar::default().last_year()), (Some(2026), None));
    }

    #[test]
    fn r_383_the_version_names_days_and_years_and_nothing_else() {
        let shipped = Calendar::shipped();
        let mut year = shipped.year(2026).unwrap().clone();
        year.papers.push("https://www.gov.cn/again.htm".into());
        assert_eq!(shipped.clone().with([year]).version(), shipped.version());
        assert!(shipped.version().starts_with("2026-") && shipped.version().len() == 13, "{}", shipped.version());
        let empty = Year { year: 2027, papers: vec![], days: vec![] };
        assert_ne!(shipped.clone().with([empty]).version(), shipped.version());
    }

    #[test]
    fn counting_ends_with_the_calendar() {
        let counted = Calendar::shipped().add_working_days(NaiveDate::MAX, 5);
        assert_eq!(counted, Counted { day: NaiveDate::MAX, provisional: false });
        assert_eq!(Calendar::default().add_working_days(day("2026-05-09"), 0).day, day("2026-05-09"));
    }

    fn days() -> impl Strategy<Value = NaiveDate> {
        (0_u64..4_500).prop_map(|after| day("2017-06-01") + Days::new(after))
    }

    proptest! {
        #[test]
        fn r_383_n_working_days_later_exactly_n_days_were_worked(from in days(), count in 1_u16..60) {
            let calendar = Calendar::shipped();
            let Counted { day, provisional } = calendar.add_working_days(from, count);
            let passed = from.iter_days().skip(1).take_while(|passed| *passed <= day);
            let way: Vec<_> = passed.map(|passed| calendar.working_day(passed)).collect();
            prop_assert_eq!(way.iter().filter(|passed| passed.is_worked).count(), usize::from(count));
            prop_assert!(calendar.working_day(day).is_worked);
            prop_assert_eq!(provisional, way.iter().any(|passed| passed.provisional));
        }

        #[test]
        fn r_383_a_later_day_or_a_longer_count_never_ends_earlier(
            from in days(), after in 0_u64..40, count in 0_u16..40, more in 0_u16..10,
        ) {
            let calendar = Calendar::shipped();
            let end = calendar.add_working_days(from, count).day;
            prop_assert!(end <= calendar.add_working_days(from + Days::new(after), count).day);
            prop_assert!(end <= calendar.add_working_days(from, count + more).day);
            prop_assert!(more == 0 || end < calendar.add_working_days(from, count + more).day);
        }
    }
}
