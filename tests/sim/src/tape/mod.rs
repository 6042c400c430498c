//! The tape: everything that chance decides in a run, draw by draw.
//!
//! A tape is a list of segments: what was set up, one for each action, the end. A draw has a label. When a tape is played
//! again, a draw takes the next value of its label in the segment, and 0 where there is none. So a segment can be cut
//! out and a value be lowered, and the rest still means nearly the same. 0 is always the dullest choice.

mod file;
pub mod shrink;

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
};

/// One decision: a value below a bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// What it decides.
    pub label: String,
    /// The value lies below it.
    pub bound: u64,
    /// What was drawn.
    pub value: u64,
}

/// The draws of one part of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// `setup`, `action` or `end`.
    pub name: String,
    /// Its draws, in order.
    pub draws: Vec<Draw>,
}

/// The draws of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tape {
    /// What random bytes follow from; a tape that is recorded follows from it too.
    pub seed: u64,
    /// Its parts, in order.
    pub segments: Vec<Segment>,
}

#[derive(Default)]
struct Player {
    recorded: Tape,
    random: u64,
    /// What is played, where a tape is.
    played: Option<VecDeque<Segment>>,
    left: BTreeMap<String, VecDeque<u64>>,
}

thread_local! {
    static PLAYER: RefCell<Player> = RefCell::default();
}

/// Draws follow from this seed from now on.
pub fn record(seed: u64) {
    let recorded = Tape { seed, segments: Vec::new() };
    PLAYER.set(Player { recorded, random: seed, played: None, left: BTreeMap::new() });
}

/// Draws come from this tape from now on.
pub fn play(tape: &Tape) {
    let recorded = Tape { seed: tape.seed, segments: Vec::new() };
    let played = Some(tape.segments.iter().cloned().collect());
    PLAYER.set(Player { recorded, random: 0, played, left: BTreeMap::new() });
}

/// What was drawn so far.
pub fn taken() -> Tape {
    PLAYER.with_borrow(|player| player.recorded.clone())
}

/// Whether a tape is played.
pub fn is_played() -> bool {
    PLAYER.with_borrow(|player| player.played.is_some())
}

/// Begins the next segment of this name; false when the played tape has no more of them.
pub fn open(name: &str) -> bool {
    PLAYER.with_borrow_mut(|player| player.open(name))
}

/// A value below `bound`; 0 when there is no other.
pub fn draw(label: &str, bound: u64) -> u64 {
    PLAYER.with_borrow_mut(|player| player.draw(label, bound, |random| random % bound.max(1)))
}

/// One of several, by their weights; the first when all are 0. The tape keeps which, not the weights.
pub fn choose(label: &str, weights: &[u64]) -> usize {
    let total: u64 = weights.iter().sum();
    let pick = |random: u64| {
        let mut left = random % total.max(1);
        let found = weights.iter().position(|weight| {
            let here = left < *weight;
            left = left.saturating_sub(*weight);
            here
        });
        found.unwrap_or(0) as u64
    };
    let value = PLAYER.with_borrow_mut(|player| player.draw(label, weights.len() as u64, pick));
    usize::try_from(value).unwrap_or(0)
}

impl Player {
    fn open(&mut self, name: &str) -> bool {
        let mut draws = Vec::new();
        if let Some(played) = &mut self.played {
            match played.iter().position(|segment| segment.name == name) {
                // What is of another name before it was left out of this run.
                Some(0) => draws = played.pop_front().unwrap_or_default().draws,
                Some(at) if name == "end" => draws = played.drain(..=at).next_back().unwrap_or_default().draws,
                _ if name == "action" => return false,
                _ => {}
            }
        }
        self.left.clear();
        for draw in draws {
            self.left.entry(draw.label).or_default().push_back(draw.value);
        }
        self.recorded.segments.push(Segment { name: name.to_owned(), draws: Vec::new() });
        true
    }

    fn draw(&mut self, label: &str, bound: u64, of: impl FnOnce(u64) -> u64) -> u64 {
        let value = if self.played.is_some() {
            let found = self.left.get_mut(label).and_then(VecDeque::pop_front);
            found.unwrap_or(0).min(bound.saturating_sub(1))
        } else {
            of(split_mix(&mut self.random))
        };
        if let Some(segment) = self.recorded.segments.last_mut() {
            segment.draws.push(Draw { label: label.to_owned(), bound, value });
        }
        value
    }
}

/// SplitMix64.
pub fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> Vec<u64> {
        let mut seen = vec![];
        open("setup");
        seen.push(draw("length", 100));
        while open("action") && seen.len() < 12 {
            seen.push(draw("what", 10));
            seen.push(choose("fault", &[3, 0, 5]) as u64);
        }
        open("end");
        seen.push(draw("last", 1_000));
        seen
    }

    #[test]
    fn a_tape_that_is_played_decides_as_it_did() {
        record(7);
        let first = run();
        let mut tape = taken();
        // The segment that was opened and not used ends the loop of the first run only.
        tape.segments.retain(|segment| segment.name != "action" || !segment.draws.is_empty());
        play(&tape);
        assert_eq!(run(), first);
        record(8);
        assert_ne!(run(), first);
    }

    #[test]
    fn what_is_missing_on_a_tape_is_0_and_a_segment_can_be_cut_out() {
        record(7);
        let first = run();
        let mut tape = taken();
        tape.segments.retain(|segment| segment.name != "action" || !segment.draws.is_empty());
        tape.segments.remove(1);
        tape.segments.iter_mut().for_each(|segment| segment.draws.retain(|draw| draw.label != "last"));
        play(&tape);
        let again = run();
        assert_eq!(again.first(), first.first());
        assert_eq!(again.get(1..3), first.get(3..5));
        assert_eq!(again.last(), Some(&0));
    }

    #[test]
    fn a_weight_of_0_is_never_chosen() {
        record(3);
        open("setup");
        assert!((0..1_000).all(|_| choose("fault", &[1, 0, 1]) != 1));
        assert!((0..1_000).all(|_| draw("small", 3) < 3));
    }
}
