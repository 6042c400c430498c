//! How long to wait after a failure: 1 s to 15 min with full jitter, no cap on the number of tries.

/// The shortest wait.
pub const WAIT_MS_MIN: i64 = 1_000;
/// The longest wait, unless the server asks for a longer one.
pub const WAIT_MS_MAX: i64 = 900_000;

/// One lane's back-off. Deterministic: the same seed gives the same waits.
#[derive(Clone, Debug)]
pub struct BackOff {
    failures: u32,
    until_ms: Option<i64>,
    dice: u64,
}

impl BackOff {
    /// No failure yet.
    pub const fn new(seed: u64) -> Self {
        Self { failures: 0, until_ms: None, dice: seed }
    }

    /// The end of the wait; `None` when there is nothing to wait for.
    pub fn until(&self, now_ms: i64) -> Option<i64> {
        self.until_ms.filter(|until| *until > now_ms)
    }

    /// How many failures in a row.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// A failure: waits between 1 s and a ceiling that doubles with each, 2 s to 15 min, and never less than the
    /// server asked for.
    pub fn failed(&mut self, now_ms: i64, retry_after_ms: Option<i64>) {
        self.failures = self.failures.saturating_add(1);
        let doublings = self.failures.min(10);
        let ceiling = (WAIT_MS_MIN << doublings).min(WAIT_MS_MAX);
        self.wait(now_ms, WAIT_MS_MIN, ceiling, retry_after_ms);
    }

    /// Waits 7.5 to 15 min at once, for a failure that only a person can end, such as a full disk of the server.
    pub fn failed_for_long(&mut self, now_ms: i64, retry_after_ms: Option<i64>) {
        self.failures = self.failures.saturating_add(1);
        self.wait(now_ms, WAIT_MS_MAX / 2, WAIT_MS_MAX, retry_after_ms);
    }

    /// No wait, and the next failure is the first again.
    pub const fn reset(&mut self) {
        self.failures = 0;
        self.until_ms = None;
    }

    /// A wait that the server asked for gets jitter too, because the server asked every phone for the same wait.
    fn wait(&mut self, now_ms: i64, least: i64, most: i64, asked: Option<i64>) {
        let jitter = self.roll(most - least);
        let wait = asked.map_or(least, |asked| asked.max(least)) + jitter;
        self.until_ms = Some(now_ms.saturating_add(wait));
    }

    /// A number in `0..=most` (splitmix64).
    fn roll(&mut self, most: i64) -> i64 {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.dice;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let number = (z ^ (z >> 31)) >> 1;
        i64::try_from(number).unwrap_or(0) % most.max(0).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_wait_is_between_a_second_and_a_quarter_of_an_hour_or_what_the_server_asked(
            seed: u64,
            waits in prop::collection::vec(prop::option::of(0_i64..3_600_000), 1..40),
        ) {
            let mut back_off = BackOff::new(seed);
            for (n, asked) in waits.into_iter().enumerate() {
                let now = n as i64 * 7;
                back_off.failed(now, asked);
                let wait = back_off.until(now).unwrap() - now;
                prop_assert!(wait >= WAIT_MS_MIN.max(asked.unwrap_or(0)));
                prop_assert!(wait <= WAIT_MS_MAX + asked.unwrap_or(0));
                prop_assert!(n > 0 || wait <= 2_000 + asked.unwrap_or(0), "the first wait is short");
                prop_assert_eq!(back_off.until(now + wait), None);
            }
            back_off.reset();
            prop_assert_eq!(back_off.until(0), None);
        }
    }

    #[test]
    fn phones_that_fail_together_do_not_come_back_together() {
        let waits = |seed| {
            let mut back_off = BackOff::new(seed);
            (0..12).for_each(|_| back_off.failed(0, Some(60_000)));
            back_off.until(0).unwrap()
        };
        let mut all: Vec<i64> = (0..100).map(waits).collect();
        all.sort_unstable();
        all.dedup();
        assert!(all.len() > 90, "{}", all.len());
        assert!(all.last().unwrap() - all.first().unwrap() > WAIT_MS_MAX / 2);
    }
}
