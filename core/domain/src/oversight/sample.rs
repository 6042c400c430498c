//! The sample of a week: drawn by a seed that is shown, so that anybody can draw it again.

use crate::{
    code::Code,
    id::TaskId,
    time::{Timestamp, china_midnight},
};
use chrono::{Datelike as _, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{fmt, str::FromStr};

/// How many tasks a sample has, where so many were submitted.
pub const SAMPLE_TASKS: usize = 10;

/// A week from Monday to Sunday, in UTC+8: its Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Week(NaiveDate);

/// The text names no Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no Monday")]
pub struct WeekError;

impl WeekError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::FieldMalformed
    }
}

impl Week {
    /// The week of a day.
    pub fn of(day: NaiveDate) -> Self {
        let since = Days::new(u64::from(day.weekday().num_days_from_monday()));
        Self(day.checked_sub_days(since).unwrap_or(day))
    }

    /// The last week that is over on a day.
    pub fn last_before(day: NaiveDate) -> Self {
        let this = Self::of(day).0;
        Self(this.checked_sub_days(Days::new(7)).unwrap_or(this))
    }

    /// Its Monday.
    pub const fn monday(self) -> NaiveDate {
        self.0
    }

    /// Its Sunday.
    pub fn sunday(self) -> NaiveDate {
        self.0.checked_add_days(Days::new(6)).unwrap_or(self.0)
    }

    /// Its first instant, and the first one after it.
    pub fn instants(self) -> (Timestamp, Timestamp) {
        let next = self.0.checked_add_days(Days::new(7)).unwrap_or(self.0);
        (china_midnight(self.0), china_midnight(next))
    }

    /// Whether it is over on a day.
    pub fn is_over(self, day: NaiveDate) -> bool {
        self.sunday() < day
    }
}

impl fmt::Display for Week {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(to)
    }
}

impl FromStr for Week {
    type Err = WeekError;

    fn from_str(text: &str) -> Result<Self, WeekError> {
        let day: NaiveDate = text.parse().map_err(|_| WeekError)?;
        Some(Self::of(day)).filter(|week| week.0 == day).ok_or(WeekError)
    }
}

/// Draws up to `size` of the tasks that were submitted in a week. The order of `candidates` is without meaning: each task has
/// the SHA-256 of the seed's eight bytes, the Monday as text and its own sixteen bytes, and the least are drawn.
pub fn draw(seed: u64, week: Week, candidates: &[TaskId], size: usize) -> Vec<TaskId> {
    let lot = |task: &TaskId| {
        let mut hash = Sha256::new();
        hash.update(seed.to_be_bytes());
        hash.update(week.to_string());
        hash.update(task.0.as_bytes());
        <[u8; 32]>::from(hash.finalize())
    };
    let mut lots: Vec<([u8; 32], TaskId)> = candidates.iter().map(|task| (lot(task), *task)).collect();
    lots.sort_unstable();
    lots.dedup();
    lots.into_iter().take(size).map(|(_, task)| task).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personnel::tests::day;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn tasks(count: u128) -> Vec<TaskId> {
        (1..=count).map(|number| TaskId(Uuid::from_u128(number))).collect()
    }

    /// Monday to Sunday, and the last whole week.
    #[test]
    fn r_340_a_week_runs_from_monday_to_sunday() {
        let week = Week::of(day("2026-11-29"));
        assert_eq!((week.monday(), week.sunday()), (day("2026-11-23"), day("2026-11-29")));
        assert_eq!(Week::last_before(day("2026-11-30")), week);
        assert!(week.is_over(day("2026-11-30")) && !week.is_over(day("2026-11-29")));
        assert_eq!("2026-11-23".parse(), Ok(week));
        assert_eq!("2026-11-24".parse::<Week>(), Err(WeekError));
    }

    /// the same seed and week draw the same, wherever somebody draws again: these are kept for ever.
    #[test]
    fn r_340_the_draw_of_a_seed_is_fixed_for_ever() {
        let week: Week = "2026-11-23".parse().unwrap();
        let drawn =
            |seed, week| draw(seed, week, &tasks(100), 3).iter().map(|task| task.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(drawn(7, week), DRAWN);
        assert_ne!(drawn(8, week), DRAWN, "another seed");
        assert_ne!(drawn(7, "2026-11-30".parse().unwrap()), DRAWN, "another week");
    }

    const DRAWN: [u128; 3] = [45, 47, 10];

    proptest! {
        /// the order of the candidates means nothing, and nobody is drawn twice.
        #[test]
        fn r_340_the_order_of_the_candidates_means_nothing(seed: u64, count in 0_u128..60, size in 0_usize..20) {
            let week: Week = "2026-11-23".parse().unwrap();
            let mut all = tasks(count);
            let drawn = draw(seed, week, &all, size);
            all.reverse();
            all.extend(tasks(count));
            prop_assert_eq!(&draw(seed, week, &all, size), &drawn);
            prop_assert_eq!(drawn.len(), size.min(usize::try_from(count).unwrap()));
        }
    }
}
