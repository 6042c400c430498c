//! Sets of ordinals, as ranges: the instances of an item that one answer is for.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The greatest ordinal of an instance of an item. A site has no more of a facility.
pub const ORDINAL_MAX: u32 = 10_000;
/// The most ranges of a set.
pub const RANGES_MAX: usize = 1_000;

/// A set of ordinals as its ranges, both ends included: `[[2,57],[59,600]]`. Six hundred instances take a few bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ordinals(Vec<(u32, u32)>);

impl Ordinals {
    /// The set of these ordinals.
    pub fn of(ordinals: impl IntoIterator<Item = u32>) -> Self {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for ordinal in ordinals.into_iter().collect::<BTreeSet<u32>>() {
            match ranges.last_mut() {
                Some((_, end)) if end.checked_add(1) == Some(ordinal) => *end = ordinal,
                _ => ranges.push((ordinal, ordinal)),
            }
        }
        Self(ranges)
    }

    /// Whether nothing is in it.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the ranges ascend, leave a gap between each other, and lie above `first` and within [`ORDINAL_MAX`], and
    /// are not too many. A set that came from elsewhere is asked this before anything else.
    pub fn is_fit(&self, first: u32) -> bool {
        let ascends = |(from, to): (u32, u32)| from <= to;
        let within = self.0.first().is_none_or(|(from, _)| *from > first)
            && self.0.last().is_none_or(|(_, to)| *to <= ORDINAL_MAX);
        let apart = self.0.is_sorted_by(|one, next| one.1.saturating_add(1) < next.0);
        self.0.len() <= RANGES_MAX && within && apart && self.0.iter().copied().all(ascends)
    }

    /// Whether an ordinal is in it.
    pub fn contains(&self, ordinal: u32) -> bool {
        let at = self.0.partition_point(|(_, to)| *to < ordinal);
        self.0.get(at).is_some_and(|(from, _)| *from <= ordinal)
    }

    /// Its ordinals, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().flat_map(|(from, to)| *from..=*to)
    }

    /// How many ordinals it has.
    pub fn len(&self) -> usize {
        self.0.iter().map(|(from, to)| (to - from) as usize + 1).sum()
    }

    /// What is in it and not in the other.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self::of(self.iter().filter(|ordinal| !other.contains(*ordinal)))
    }

    /// As a person writes it: `1–57, 59–600`. `join` stands between two ranges.
    pub fn told(&self, join: &str) -> String {
        let range = |(from, to): &(u32, u32)| if from == to { from.to_string() } else { format!("{from}\u{2013}{to}") };
        self.0.iter().map(range).collect::<Vec<_>>().join(join)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn six_hundred_ordinals_are_a_few_ranges() {
        let rest = Ordinals::of((1..=600).filter(|ordinal| *ordinal != 58));
        assert_eq!(serde_json::to_string(&rest).unwrap(), "[[1,57],[59,600]]");
        assert_eq!((rest.len(), rest.told(", ").as_str()), (599, "1\u{2013}57, 59\u{2013}600"));
        assert_eq!(Ordinals::of([3]).told(", "), "3");
    }

    #[test]
    fn ranges_that_touch_overlap_fall_or_leave_the_bounds_are_not_fit() {
        let fit = |ranges: &[(u32, u32)]| Ordinals(ranges.to_vec()).is_fit(1);
        assert!(fit(&[]) && fit(&[(2, 2)]) && fit(&[(2, 5), (7, ORDINAL_MAX)]));
        let unfit: [&[(u32, u32)]; 6] =
            [&[(1, 5)], &[(2, 5), (6, 7)], &[(2, 5), (4, 7)], &[(7, 8), (2, 3)], &[(5, 2)], &[(2, ORDINAL_MAX + 1)]];
        for ranges in unfit {
            assert!(!fit(ranges), "{ranges:?}");
        }
        assert!(!fit(&[(2, u32::MAX)]) && !fit(&[(2, u32::MAX), (3, 4)]));
        let many: Vec<(u32, u32)> = (1..=RANGES_MAX as u32 + 1).map(|n| (2 * n, 2 * n)).collect();
        assert!(!fit(&many) && fit(&many[1..]));
    }

    proptest! {
        #[test]
        fn a_set_of_ranges_is_the_set(held in proptest::collection::btree_set(1_u32..80, 0..60), other in proptest::collection::btree_set(1_u32..80, 0..60)) {
            let (a, b) = (Ordinals::of(held.iter().copied()), Ordinals::of(other.iter().copied()));
            prop_assert!(a.is_fit(0));
            prop_assert_eq!(a.iter().collect::<BTreeSet<_>>(), held.clone());
            prop_assert_eq!(a.len(), held.len());
            for ordinal in 0..82 {
                prop_assert_eq!(a.contains(ordinal), held.contains(&ordinal));
            }
            let rest: BTreeSet<u32> = held.difference(&other).copied().collect();
            prop_assert_eq!(a.without(&b), Ordinals::of(rest));
        }
    }
}
