//! Until when a report is to be filed.

use super::{Calendar, Counted};
use crate::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How many working days there are to file a report, unless the region says otherwise.
pub const FILING_WORKING_DAYS: u16 = 5;

/// The last day on which a report is filed in time. Somebody has seen it, so it never becomes earlier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingDeadline {
    /// The last day, in UTC+8.
    pub day: NaiveDate,
    /// A calendar that is not published yet can move it.
    pub provisional: bool,
    /// The version of the calendar that it was last taken from.
    pub calendar: String,
}

impl FilingDeadline {
    /// so many working days, which begin on the day after generation.
    pub fn of(generated: NaiveDate, calendar: &Calendar, working_days: u16) -> Self {
        let Counted { day, provisional } = calendar.add_working_days(generated, working_days);
        Self { day, provisional, calendar: calendar.version() }
    }

    /// The deadline of the same report by another calendar, or another number of days. It moves only away: what was
    /// shown is a promise. A settled one moves, too: twice a document was changed in the middle of its year (2019, 2020).
    #[must_use]
    pub fn again(&self, generated: NaiveDate, calendar: &Calendar, working_days: u16) -> Self {
        let taken = Self::of(generated, calendar, working_days);
        Self { day: self.day.max(taken.day), ..taken }
    }

    /// whether what happens then happens after the last day.
    pub fn is_past(&self, at: Timestamp) -> bool {
        at.china_day() > self.day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::{SpecialDay, Year},
        time::china_midnight,
    };
    use chrono::Days;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn of(generated: &str) -> (String, bool) {
        let deadline = FilingDeadline::of(day(generated), &Calendar::shipped(), FILING_WORKING_DAYS);
        assert_eq!(deadline.calendar, Calendar::shipped().version());
        (deadline.day.to_string(), deadline.provisional)
    }

    #[test]
    fn r_241_r_243_the_three_samples_of_the_manual_are_five_working_days() {
        for (generated, last) in
            [("2019-05-16", "2019-05-23"), ("2019-02-15", "2019-02-22"), ("2019-04-12", "2019-04-19")]
        {
            assert_eq!(of(generated), (last.into(), false), "{generated}");
        }
    }

    #[test]
    fn r_241_holidays_and_worked_weekends_count_as_such() {
        for (generated, last) in [
            ("2019-04-30", "2019-05-09"),
            ("2026-02-12", "2026-02-26"),
            ("2026-04-29", "2026-05-09"), // a Saturday that is worked
            ("2026-09-24", "2026-10-09"),
            ("2026-09-30", "2026-10-13"),
        ] {
            assert_eq!(of(generated), (last.into(), false), "{generated}");
        }
    }

    #[test]
    fn r_383_a_deadline_in_a_year_without_data_is_provisional_and_spares_new_year() {
        assert_eq!(of("2026-12-30"), ("2027-01-07".into(), true));
        assert_eq!(of("2026-12-17"), ("2026-12-24".into(), false));
        assert_eq!(of("2026-12-18"), ("2026-12-25".into(), true));
    }

    /// A document of 2027 in which these days are off, and these are worked.
    fn with(off: &[&str], worked: &[&str]) -> Calendar {
        let special = |date: &&str, is_off_day| SpecialDay { name: "元旦".into(), date: day(date), is_off_day };
        let days = off.iter().map(|date| special(date, true)).chain(worked.iter().map(|date| special(date, false)));
        Calendar::shipped().with([Year { year: 2027, papers: vec![], days: days.collect() }])
    }

    #[test]
    fn r_383_an_import_settles_a_provisional_deadline_and_may_move_it_away() {
        let shown = FilingDeadline::of(day("2026-12-30"), &Calendar::shipped(), FILING_WORKING_DAYS);
        let longer = with(&["2026-12-31", "2027-01-01"], &[]);
        let taken = shown.again(day("2026-12-30"), &longer, FILING_WORKING_DAYS);
        assert_eq!(taken, FilingDeadline { day: day("2027-01-08"), provisional: false, calendar: longer.version() });
    }

    #[test]
    fn r_383_a_deadline_never_becomes_shorter_than_what_was_shown() {
        let shown = FilingDeadline::of(day("2026-12-30"), &Calendar::shipped(), FILING_WORKING_DAYS);
        let shorter = with(&["2027-01-01"], &["2027-01-02", "2027-01-03"]);
        assert_eq!(FilingDeadline::of(day("2026-12-30"), &shorter, FILING_WORKING_DAYS).day, day("2027-01-05"));
        let taken = shown.again(day("2026-12-30"), &shorter, FILING_WORKING_DAYS);
        assert_eq!(taken, FilingDeadline { day: shown.day, provisional: false, calendar: shorter.version() });
    }

    #[test]
    fn r_383_a_document_that_is_changed_in_its_year_moves_a_settled_deadline_away() {
        let known = Calendar::shipped();
        let mut first = known.year(2020).unwrap().clone();
        // Before the festival was prolonged, 31 January was worked and so was Saturday 1 February.
        let february = day("2020-02-01");
        first.days.retain(|named| !["2020-01-31", "2020-02-02"].contains(&named.date.to_string().as_str()));
        first.days.iter_mut().filter(|named| named.date == february).for_each(|named| named.is_off_day = false);
        let shown = FilingDeadline::of(day("2020-01-21"), &known.clone().with([first]), FILING_WORKING_DAYS);
        assert_eq!((shown.day, shown.provisional), (day("2020-02-03"), false));
        assert_eq!(shown.again(day("2020-01-21"), &known, FILING_WORKING_DAYS).day, day("2020-02-05"));
    }

    #[test]
    fn r_244_a_report_is_late_from_the_midnight_after_its_last_day() {
        let deadline = FilingDeadline::of(day("2019-05-16"), &Calendar::shipped(), FILING_WORKING_DAYS);
        let midnight = china_midnight(day("2019-05-24"));
        assert!(!deadline.is_past(midnight.plus_ms(-1)) && deadline.is_past(midnight));
    }

    proptest! {
        #[test]
        fn r_383_no_document_brings_a_deadline_nearer(
            after in 0_u64..400, named in prop::collection::vec((0_u64..400, any::<bool>()), 0..40),
        ) {
            let generated = day("2026-11-01") + Days::new(after);
            let shown = FilingDeadline::of(generated, &Calendar::shipped(), FILING_WORKING_DAYS);
            let special = |(on, is_off_day)| {
                SpecialDay { name: "节".into(), date: day("2026-12-01") + Days::new(on), is_off_day }
            };
            let year = Year { year: 2027, papers: vec![], days: named.into_iter().map(special).collect() };
            let taken = shown.again(generated, &Calendar::shipped().with([year]), FILING_WORKING_DAYS);
            prop_assert!(taken.day >= shown.day);
        }
    }
}
