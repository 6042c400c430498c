//! Contestants that take turns, and what came of each turn.

use std::{collections::BTreeMap, time::Instant};

/// How often each contestant is measured, after one round that does not count.
pub const ROUNDS: usize = 7;

/// Numbers by name, one a round.
#[derive(Default)]
pub struct Rounds {
    series: BTreeMap<String, Vec<f64>>,
}

impl Rounds {
    /// Keeps the number of this round.
    pub fn keep(&mut self, name: &str, value: f64) {
        self.series.entry(name.to_owned()).or_default().push(value);
    }

    /// The rounds kept so far did not count: caches were cold, files had to grow.
    pub fn forget(&mut self) {
        self.series.clear();
    }

    /// How many rounds were kept.
    pub fn count(&self) -> usize {
        self.series.values().map(Vec::len).max().unwrap_or(0)
    }

    /// The median of a name.
    pub fn median(&self, name: &str) -> f64 {
        median(self.of(name))
    }

    /// The value of a name that this share of its values does not exceed.
    pub fn percentile(&self, name: &str, share: f64) -> f64 {
        percentile(self.of(name), share)
    }

    /// The mean of a name, for counts.
    pub fn mean(&self, name: &str) -> f64 {
        let values = self.of(name);
        values.iter().sum::<f64>() / values.len() as f64
    }

    /// The median of the ratios of each round.
    pub fn ratio(&self, over: &str, under: &str) -> f64 {
        let pairs = self.of(over).iter().zip(self.of(under));
        median(&pairs.map(|(over, under)| over / under).collect::<Vec<_>>())
    }

    fn of(&self, name: &str) -> &[f64] {
        self.series.get(name).unwrap_or_else(|| panic!("nothing was kept of {name}"))
    }
}

/// The order of a round: everybody once, another one first each time, so that none always comes after the same.
pub fn turns<T: Copy, const N: usize>(round: usize, contestants: [T; N]) -> [T; N] {
    let mut order = contestants;
    order.rotate_left(round % N);
    order
}

/// The middle value; of an even number the mean of the two.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) }
}

/// The value that this share of the values does not exceed.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() as f64 * share).ceil() as usize;
    sorted[at.clamp(1, sorted.len()) - 1]
}

/// How long something takes, in milliseconds.
pub fn ms<T>(act: impl FnOnce() -> T) -> f64 {
    let begun = Instant::now();
    let done = act();
    let ms = begun.elapsed().as_secs_f64() * 1_000.0;
    drop(done);
    ms
}
