//! The first month, the last month and the last day of a plan's period.

use crate::{catalogue::Nature, time::Month};
use chrono::NaiveDate;

/// The first month of the period of this nature that `month` lies in.
pub const fn period_start(nature: Nature, month: Month) -> Month {
    match nature {
        Nature::Month => month,
        Nature::Quarter => Month { year: month.year, month: (month.month - 1) / 3 * 3 + 1 },
        Nature::Year => Month { year: month.year, month: 1 },
    }
}

/// The last month of the period of this nature that `month` lies in.
pub const fn period_last_month(nature: Nature, month: Month) -> Month {
    let first = period_start(nature, month);
    let more = match nature {
        Nature::Month => 0,
        Nature::Quarter => 2,
        Nature::Year => 11,
    };
    Month { year: first.year, month: first.month + more }
}

/// the last day of the month, the quarter or the year that `month` lies in.
pub fn period_end(nature: Nature, month: Month) -> NaiveDate {
    period_last_month(nature, month).last_day()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// the end of the month, of February in leap years too, of the quarter, of the year.
    #[test]
    fn a_period_ends_with_the_last_day_of_its_last_month() {
        let end = |nature, month: &str| period_end(nature, month.parse().unwrap()).to_string();
        assert_eq!(end(Nature::Month, "2020-02"), "2020-02-29");
        assert_eq!(end(Nature::Month, "2021-02"), "2021-02-28");
        assert_eq!(["2020-01", "2020-03"].map(|month| end(Nature::Quarter, month)), ["2020-03-31", "2020-03-31"]);
        assert_eq!(["2020-10", "2020-12"].map(|month| end(Nature::Quarter, month)), ["2020-12-31", "2020-12-31"]);
        assert_eq!(["2020-01", "2020-12"].map(|month| end(Nature::Year, month)), ["2020-12-31", "2020-12-31"]);
        let start = |nature, month: &str| period_start(nature, month.parse().unwrap()).to_string();
        assert_eq!(
            ["2020-04", "2020-06", "2020-07"].map(|month| start(Nature::Quarter, month)),
            ["2020-04", "2020-04", "2020-07"]
        );
        assert_eq!(start(Nature::Year, "2020-09"), "2020-01");
    }
}
