//! Makes a tape that fails smaller: whole actions go, then kinds of faults, then values fall to 0 or towards it.

use super::Tape;

/// Runs that one shrinking may take.
pub const RUNS_MAX: u32 = 200;

/// The smallest tape found that still fails, and how many runs that took. `fails` plays a tape and says whether it fails
/// in the same way.
pub fn shrink(tape: Tape, fails: impl FnMut(&Tape) -> bool) -> (Tape, u32) {
    let mut search = Search { best: tape, fails, runs: 0 };
    search.actions();
    search.kinds("fault");
    search.actions();
    search.values();
    (search.best, search.runs)
}

struct Search<F> {
    best: Tape,
    fails: F,
    runs: u32,
}

impl<F: FnMut(&Tape) -> bool> Search<F> {
    /// Keeps a smaller tape when it fails too.
    fn keep(&mut self, smaller: Tape) -> bool {
        if self.runs >= RUNS_MAX || smaller == self.best {
            return false;
        }
        self.runs += 1;
        let fails = (self.fails)(&smaller);
        if fails {
            self.best = smaller;
        }
        fails
    }

    /// Drops actions, half of them at first, one at a time at last. The last ones go first: what follows the failure is
    /// of no account.
    fn actions(&mut self) {
        let mut size = self.places().len().div_ceil(2).max(1);
        loop {
            let mut from = self.places().len();
            while from > 0 {
                let places = self.places();
                let first = from.saturating_sub(size);
                let dropped = places.get(first..from.min(places.len())).unwrap_or_default();
                let mut smaller = self.best.clone();
                let mut at = 0;
                smaller.segments.retain(|_| {
                    at += 1;
                    !dropped.contains(&(at - 1))
                });
                self.keep(smaller);
                from = first;
            }
            if size == 1 {
                return;
            }
            size = size.div_ceil(2);
        }
    }

    /// Where the actions are.
    fn places(&self) -> Vec<usize> {
        let named = self.best.segments.iter().enumerate();
        named.filter(|(_, segment)| segment.name == "action").map(|(at, _)| at).collect()
    }

    /// Sets each value of a label to 0 wherever it stands.
    fn kinds(&mut self, label: &str) {
        let draws = self.best.segments.iter().flat_map(|segment| &segment.draws);
        let mut values: Vec<u64> = draws.filter(|draw| draw.label == label).map(|draw| draw.value).collect();
        values.sort_unstable();
        values.dedup();
        for value in values.into_iter().filter(|value| *value > 0) {
            let mut smaller = self.best.clone();
            let draws = smaller.segments.iter_mut().flat_map(|segment| &mut segment.draws);
            draws.filter(|draw| draw.label == label && draw.value == value).for_each(|draw| draw.value = 0);
            self.keep(smaller);
        }
    }

    /// Lowers all values of a segment at once where that does, and else one by one.
    fn values(&mut self) {
        for at in 0..self.best.segments.len() {
            let mut smaller = self.best.clone();
            let segment = smaller.segments.get_mut(at);
            segment.into_iter().flat_map(|segment| &mut segment.draws).skip(1).for_each(|draw| draw.value = 0);
            if self.keep(smaller) {
                continue;
            }
            let count = self.best.segments.get(at).map_or(0, |segment| segment.draws.len());
            (0..count).for_each(|draw| self.value(at, draw));
        }
    }

    /// Sets one value to 0, or halves it as long as that does.
    fn value(&mut self, segment: usize, draw: usize) {
        let mut to = 0;
        loop {
            let mut smaller = self.best.clone();
            let found = smaller.segments.get_mut(segment).and_then(|segment| segment.draws.get_mut(draw));
            let Some(found) = found.filter(|found| found.value > to) else { return };
            let before = found.value;
            found.value = to;
            if self.keep(smaller) || before - to < 2 || self.runs >= RUNS_MAX {
                return;
            }
            to += (before - to).div_ceil(2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Draw, Segment};
    use super::*;

    /// Fails when an action 4 comes before an action 7 whose size is 100 at least.
    fn fails(tape: &Tape) -> bool {
        let of = |segment: &Segment, label: &str| {
            segment.draws.iter().find(|draw| draw.label == label).map_or(0, |draw| draw.value)
        };
        let actions: Vec<&Segment> = tape.segments.iter().filter(|segment| segment.name == "action").collect();
        let Some(first) = actions.iter().position(|action| of(action, "what") == 4) else { return false };
        actions.iter().skip(first).any(|action| of(action, "what") == 7 && of(action, "size") >= 100)
    }

    #[test]
    fn a_long_tape_shrinks_to_the_actions_that_matter_and_to_small_values() {
        let draw = |label: &str, value| Draw { label: label.into(), bound: 1_000, value };
        let action = |n: u64| Segment {
            name: "action".into(),
            draws: vec![draw("what", n % 9), draw("fault", n % 3), draw("size", 37 * n % 400)],
        };
        let segments = (0..80).map(action).collect();
        let (small, runs) = shrink(Tape { seed: 1, segments }, fails);
        assert!(fails(&small));
        assert_eq!(small.segments.len(), 2);
        let last = small.segments.last().unwrap();
        assert!(last.draws.iter().all(|draw| draw.label != "fault" || draw.value == 0));
        assert!(last.draws.iter().any(|draw| draw.label == "size" && draw.value < 200), "{last:?}");
        assert!(runs <= RUNS_MAX);
    }
}
