//! Which of the things that could be told are told now. Pure.

use super::{Reminder, Reminders};
use std::collections::{BTreeMap, BTreeSet};

/// For how long something has to be unsent before it is reminded of, in milliseconds: a day.
pub(super) const UNSENT_MS: i64 = 86_400_000;

/// Something that could be told now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) reminder: Reminder,
    /// Grows when there is more of it, which is told again.
    pub(super) mark: i64,
}

/// What is told now, and what counts as told from now on.
pub(super) struct Decided {
    pub(super) reminders: Reminders,
    pub(super) marks: Vec<(String, i64)>,
}

/// `told` are the marks of what was told before.
pub(super) fn decide(standing: &[Standing], told: &BTreeMap<String, i64>, seen: bool) -> Decided {
    let is_news = |one: &&Standing| told.get(&one.reminder.key).is_none_or(|held| one.mark > *held);
    let is_told = |one: &&Standing| one.reminder.presses || !seen;
    let post = standing.iter().filter(is_news).filter(is_told).map(|one| one.reminder.clone()).collect();
    let changed = standing.iter().filter(|one| told.get(&one.reminder.key) != Some(&one.mark));
    let marks = changed.map(|one| (one.reminder.key.clone(), one.mark)).collect();
    let held: BTreeSet<&str> = standing.iter().map(|one| one.reminder.key.as_str()).collect();
    let take_down = told.keys().filter(|key| !held.contains(key.as_str())).cloned().collect();
    Decided { reminders: Reminders { post, take_down }, marks }
}

/// The mark of a plan that is not handed in with so many days left: each of its last `most` days anew, and once that it is
/// late.
pub(super) fn days_left(days: i32, most: u8) -> Option<i64> {
    (days <= i32::from(most)).then(|| -i64::from(days.max(-1)))
}

/// The mark of what is unsent for so long, on a day: once a day.
pub(super) fn unsent(for_ms: i64, day: i64) -> Option<i64> {
    (for_ms >= UNSENT_MS).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::{super::About, *};
    use firebee_domain::ways::REMINDER_DAYS;

    fn standing(key: &str, mark: i64) -> Standing {
        let (title, text, about) = (String::new(), String::new(), About::Today);
        Standing { reminder: Reminder { key: key.into(), title, text, about, presses: key == "track" }, mark }
    }

    /// What is posted and taken down, and what was told afterwards.
    fn round(now: &[Standing], told: &mut BTreeMap<String, i64>, seen: bool) -> (Vec<String>, Vec<String>) {
        let decided = decide(now, told, seen);
        told.extend(decided.marks);
        told.retain(|key, _| !decided.reminders.take_down.contains(key));
        (decided.reminders.post.into_iter().map(|one| one.key).collect(), decided.reminders.take_down)
    }

    #[test]
    fn r_375_each_thing_is_told_once_until_there_is_more_of_it_and_taken_down_when_it_is_over() {
        let mut told = BTreeMap::new();
        let none = Vec::<String>::new;
        assert_eq!(round(&[standing("left", -3)], &mut told, false), (vec!["left".into()], none()));
        assert_eq!(round(&[standing("left", -3)], &mut told, false), (none(), none()), "the same is not told twice");
        assert_eq!(round(&[standing("left", -2)], &mut told, false).0, ["left"], "another day");
        assert_eq!(round(&[standing("left", -5)], &mut told, false).0, none(), "the plan has more days now");
        assert_eq!(round(&[standing("left", -3)], &mut told, false).0, ["left"], "and they pass again");
        assert_eq!(round(&[], &mut told, false), (none(), vec!["left".into()]));
        assert_eq!(round(&[], &mut told, false), (none(), none()));
        assert_eq!(round(&[standing("left", -3)], &mut told, false).0, ["left"]);
    }

    #[test]
    fn r_375_what_a_screen_shows_is_not_told_to_somebody_who_looks_and_a_broken_track_is() {
        let mut told = BTreeMap::new();
        let both = [standing("track", 0), standing("dispatch", 1)];
        assert_eq!(round(&both, &mut told, true).0, ["track"]);
        assert_eq!(round(&both, &mut told, false).0, Vec::<String>::new(), "it was seen");
    }

    #[test]
    fn r_375_the_last_three_days_of_a_plan_are_told_one_by_one_and_being_late_once() {
        assert_eq!(
            [4, 3, 2, 1, 0, -1, -9].map(|days| days_left(days, REMINDER_DAYS)),
            [None, Some(-3), Some(-2), Some(-1), Some(0), Some(1), Some(1)]
        );
        assert_eq!([11, 10].map(|days| days_left(days, 10)), [None, Some(-10)], "as early as the firm says (R-393)");
    }

    #[test]
    fn r_375_what_is_unsent_for_a_day_is_told_once_a_day() {
        assert_eq!(unsent(86_399_999, 7), None);
        assert_eq!(unsent(86_400_000, 7), Some(7));
        assert_eq!(unsent(9 * 86_400_000, 8), Some(8));
    }
}
