//! Collects the stretches without a position that counts, and the cause of each.

use super::coverage::Gap;
use crate::{
    time::Timestamp,
    track::{Cause, TimedHole},
};

pub(super) struct Silences {
    holes: Vec<TimedHole>,
    /// The index of the first hole that can still overlap a later silence.
    passed: usize,
    gaps: Vec<Gap>,
}

impl Silences {
    pub(super) fn new(holes: &[TimedHole]) -> Self {
        let mut holes = holes.to_vec();
        holes.sort_by_key(|hole| hole.from);
        Self { holes, passed: 0, gaps: Vec::new() }
    }

    /// Adds a silence that begins after all earlier ones. `seen` is the cause that the fixes show; with `None` or
    /// `Unknown` the holes give the cause.
    pub(super) fn add(&mut self, from: Timestamp, to: Timestamp, seen: Option<Cause>) {
        let cause = seen.filter(|cause| *cause != Cause::Unknown).unwrap_or_else(|| self.likely_cause(from, to));
        match self.gaps.last_mut() {
            Some(last) if last.to == from && last.cause == cause => last.to = to,
            _ => self.gaps.push(Gap { from, to, cause }),
        }
    }

    pub(super) fn into_gaps(self) -> Vec<Gap> {
        self.gaps
    }

    /// The cause of the hole that covers most of the silence.
    fn likely_cause(&mut self, from: Timestamp, to: Timestamp) -> Cause {
        let ended = |hole: &&TimedHole| hole.to <= from;
        self.passed += self.holes.iter().skip(self.passed).take_while(ended).count();
        let near = self.holes.iter().skip(self.passed).take_while(|hole| hole.from < to);
        let shared_ms = |hole: &TimedHole| hole.to.min(to).ms_since(hole.from.max(from));
        let explains = near.filter(|hole| hole.cause != Cause::Unknown && shared_ms(hole) > 0);
        explains.max_by_key(|hole| shared_ms(hole)).map_or(Cause::Unknown, |hole| hole.cause)
    }
}
