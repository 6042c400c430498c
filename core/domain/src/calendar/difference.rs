//! What a file would change: shown before it is imported.

use super::{Calendar, Year};
use chrono::{Datelike, NaiveDate};

/// A day that would be worked and was off, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedDay {
    /// The day.
    pub day: NaiveDate,
    /// The festival that the file names; empty where the file says nothing of the day.
    pub name: String,
    /// Whether it would be worked.
    pub is_worked: bool,
}

impl Calendar {
    /// The days, in their order, that are worked by one of this calendar and this calendar with `year`, and not by the
    /// other.
    pub fn difference(&self, year: &Year) -> Vec<ChangedDay> {
        let after = self.clone().with([year.clone()]);
        let named = |day: NaiveDate| year.days.iter().find(|named| named.date == day).map(|named| named.name.clone());
        let first = NaiveDate::from_ymd_opt(year.year - 1, 12, 1);
        let days = first.into_iter().flat_map(|first| first.iter_days().take_while(|day| day.year() <= year.year));
        let changed = days.filter_map(|day| {
            let is_worked = after.working_day(day).is_worked;
            let differs = is_worked != self.working_day(day).is_worked;
            differs.then(|| ChangedDay { day, name: named(day).unwrap_or_default(), is_worked })
        });
        changed.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_383_a_file_that_is_known_changes_nothing_and_a_day_less_is_shown() {
        let calendar = Calendar::shipped();
        let mut year = calendar.year(2026).unwrap().clone();
        assert_eq!(calendar.difference(&year), []);
        year.days.retain(|day| day.name != "端午节");
        // Of three days only the Friday is no weekend.
        let friday = NaiveDate::from_ymd_opt(2026, 6, 19).unwrap();
        assert_eq!(calendar.difference(&year), [ChangedDay { day: friday, name: String::new(), is_worked: true }]);
    }

    #[test]
    fn r_383_a_year_that_is_new_shows_what_is_not_as_the_fallback_says() {
        let calendar = Calendar::shipped();
        let year = calendar.year(2019).unwrap();
        let without = Calendar::default().with(calendar.year(2018).cloned());
        let changed = without.difference(year);
        let shown = |at: usize| (changed[at].day.to_string(), changed[at].name.as_str(), changed[at].is_worked);
        assert_eq!(shown(0), ("2018-12-29".into(), "元旦", true));
        assert_eq!(shown(1), ("2018-12-31".into(), "元旦", false));
        assert_eq!(shown(2), ("2019-02-02".into(), "春节", true));
        assert!(changed.iter().all(|changed| changed.day.to_string() != "2019-10-01"), "off by the fallback, too");
    }
}
