//! What comes to be told, for a phone whose system gives an app no time of its own: its clock tells it.

use super::{
    Reminder,
    decide::{Standing, UNSENT_MS, decide},
    silence::SILENT_MS,
};
use crate::{
    screen::{Screens, reading::Reading},
    work::Trouble,
};
use firebee_domain::{
    time::{Timestamp, china_midnight},
    track::GAP_MS_MAX,
};
use std::collections::BTreeMap;

/// For so many days ahead: more than a plan's last days, and far less than a system takes.
const DAYS_MAX: u64 = 5;

/// What a day brings is told at eight in the morning in China, in milliseconds since its midnight.
const MORNING_MS: i64 = 28_800_000;

/// A reminder that the phone's own clock tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// What is told.
    pub reminder: Reminder,
    /// In so many seconds from now.
    pub after_s: i32,
}

/// A moment at which something can come to be told, and what of all things that is. Nothing else comes by time alone.
struct Moment {
    after_ms: i64,
    comes: fn(&Reading<'_>) -> Result<Vec<Standing>, Trouble>,
}

impl Screens {
    /// What comes to be told while the app does not run, as the stores stand now. It takes the place of everything
    /// that was given before, and counts as told when its time has come.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores failed.
    pub fn ahead(&self) -> Result<Vec<Ahead>, Trouble> {
        let foreseen = self.0.screen(|reading| reading.foresee())?;
        let now = self.0.ports.clock.now().wall_ms;
        self.0.journal.write("foretold", |tx| {
            let kept =
                foreseen.iter().map(|(after_ms, one)| (one.reminder.key.clone(), one.mark, now.plus_ms(*after_ms)));
            Ok::<_, Trouble>(tx.put_foretold(&kept.collect::<Vec<_>>())?)
        })?;
        Ok(foreseen
            .into_iter()
            .map(|(after_ms, one)| Ahead { reminder: one.reminder, after_s: seconds(after_ms) })
            .collect())
    }
}

impl Reading<'_> {
    /// What is told, and in how many milliseconds: each moment is looked at as if it were now.
    fn foresee(&self) -> Result<Vec<(i64, Standing)>, Trouble> {
        let mut told: BTreeMap<String, i64> = self.eyes.journal.told()?;
        let mut foreseen = Vec::new();
        for Moment { after_ms, comes } in self.moments()? {
            let eyes = self.eyes.later(after_ms);
            let later = Reading { eyes: &eyes, language: self.language, now: self.now.plus_ms(after_ms) };
            let standing = comes(&later)?;
            let decided = decide(&standing, &told, false);
            told.extend(decided.marks);
            let posted = |one: &Standing| decided.reminders.post.contains(&one.reminder);
            foreseen.extend(standing.into_iter().filter(posted).map(|one| (after_ms, one)));
        }
        Ok(foreseen)
    }

    /// The moments to come, in order.
    fn moments(&self) -> Result<Vec<Moment>, Trouble> {
        let silent = [GAP_MS_MAX, SILENT_MS].map(|ms| ms + 1);
        let mut all: Vec<Moment> = silent
            .map(|after_ms| Moment { after_ms, comes: |later| Ok(later.broken_track()?.into_iter().collect()) })
            .into();
        let day_ends = self.unsent_for_ms()?.map(|for_ms| UNSENT_MS.saturating_sub(for_ms)).filter(|left| *left > 0);
        all.extend(
            day_ends.map(|after_ms| Moment { after_ms, comes: |later| Ok(later.long_unsent()?.into_iter().collect()) }),
        );
        all.extend(
            mornings(self.now).into_iter().map(|after_ms| Moment { after_ms, comes: |later| later.of_the_day() }),
        );
        all.sort_by_key(|moment| moment.after_ms);
        Ok(all)
    }
}

/// In how many milliseconds the next days begin for people.
fn mornings(now: Timestamp) -> Vec<i64> {
    let days = (0..=DAYS_MAX).filter_map(|days| now.china_day().checked_add_days(chrono::Days::new(days)));
    let after = days.map(|day| china_midnight(day).plus_ms(MORNING_MS).ms_since(now));
    after.filter(|after_ms| *after_ms > 0).collect()
}

/// Whole seconds, not before the moment.
fn seconds(ms: i64) -> i32 {
    i32::try_from(ms.div_euclid(1_000).saturating_add(1)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_375_a_day_begins_at_eight_in_china() {
        let hour_ms = 3_600_000;
        // Midnight of UTC is eight in the morning there.
        assert_eq!(mornings(Timestamp(-1)).first(), Some(&1));
        assert_eq!(mornings(Timestamp(0)).first(), Some(&(24 * hour_ms)), "this morning has begun");
        assert_eq!(mornings(Timestamp(0)).len(), 5);
        assert_eq!(mornings(Timestamp(-hour_ms)).last(), Some(&(121 * hour_ms)));
        assert_eq!([0, 999, 1_000].map(seconds), [1, 1, 2]);
    }
}
