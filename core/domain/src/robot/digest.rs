//! What a group is told: counts and nothing else, and at most one message a quarter of an hour.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A quarter of an hour, in milliseconds.
pub const SLOT_MS: i64 = 15 * 60_000;

/// The first slot of an hour begins at minute 7: full and half hours are when everybody sends.
const FIRST_MS: i64 = 7 * 60_000;

/// The number of the quarter of an hour in which an instant lies.
#[must_use]
pub const fn slot(at: Timestamp) -> i64 {
    (at.0 - FIRST_MS).div_euclid(SLOT_MS)
}

/// What waits for somebody of the firm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Tasks that wait for a review.
    pub to_review: u64,
    /// Faults for which nobody has chosen a way.
    pub unhandled: u64,
    /// Reports that wait to be filed and are not late.
    pub to_file: u64,
    /// Reports that wait to be filed and are late.
    pub late: u64,
    /// Repair requests that nobody has taken up.
    pub repairs: u64,
}

impl Digest {
    /// Whether a group is told of it after `said`: what it knows is not said again, and that nothing waits is not said at all.
    #[must_use]
    pub fn is_news(&self, said: Option<&Self>) -> bool {
        *self != Self::default() && said != Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_388_a_slot_is_a_quarter_of_an_hour_and_begins_at_minute_7() {
        let minute = |n: i64| Timestamp(n * 60_000);
        assert_eq!(slot(minute(7)), slot(minute(21)));
        assert_eq!(slot(minute(22)), slot(minute(7)) + 1);
        assert_eq!(slot(minute(6)), slot(minute(7)) - 1);
    }

    #[test]
    fn r_388_a_group_hears_nothing_twice_and_never_that_nothing_waits() {
        let one = Digest { unhandled: 1, ..Digest::default() };
        assert!(one.is_news(None) && !one.is_news(Some(&one)));
        assert!(Digest { unhandled: 2, ..one }.is_news(Some(&one)));
        assert!(!Digest::default().is_news(Some(&one)));
    }
}
