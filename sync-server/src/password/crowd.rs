//! Those who wait: each source in its turn, and of one source the newest first.
//!
//! Under a storm whoever waited longest is the likeliest to have left, and whoever comes has waited least. So the newest is
//! served first, and the oldest is told to come again; nobody is refused because others came before.

use super::Source;
use std::collections::{HashMap, VecDeque};
use tokio::sync::oneshot::{self, Receiver, Sender};

/// Passwords of one source that may wait.
pub(super) const OF_A_SOURCE_MAX: usize = 32;
/// Passwords of all sources that may wait.
pub(super) const OF_ALL_MAX: usize = 256;

/// The sources that wait for a `T`, and what each waits with.
pub(super) struct Crowd<T> {
    /// In the order of their turns: a source that comes goes first, one that had its turn goes last.
    turns: VecDeque<Source>,
    /// The oldest stands first.
    waiting: HashMap<Source, VecDeque<Sender<T>>>,
}

impl<T> Default for Crowd<T> {
    fn default() -> Self {
        Self { turns: VecDeque::new(), waiting: HashMap::new() }
    }
}

impl<T> Crowd<T> {
    /// Waits with one more password of a source. Where too many wait already, the oldest of that source, or of the source
    /// that has its turn last, waits no more: its receiver fails.
    pub(super) fn join(&mut self, source: &Source) -> Receiver<T> {
        let (grant, granted) = oneshot::channel();
        let waiting = self.waiting.entry(source.clone()).or_default();
        if waiting.is_empty() {
            self.turns.push_front(source.clone());
        }
        waiting.retain(|grant| !grant.is_closed());
        waiting.push_back(grant);
        if waiting.len() > OF_A_SOURCE_MAX {
            waiting.pop_front();
        }
        if self.len() > OF_ALL_MAX {
            self.send_away();
        }
        granted
    }

    /// Whose turn it is. Those who have left are forgotten.
    pub(super) fn next(&mut self) -> Option<Sender<T>> {
        while let Some(source) = self.turns.pop_front() {
            let Some(mut waiting) = self.waiting.remove(&source) else { continue };
            let next = std::iter::from_fn(|| waiting.pop_back()).find(|grant| !grant.is_closed());
            if !waiting.is_empty() {
                self.waiting.insert(source.clone(), waiting);
                self.turns.push_back(source);
            }
            if next.is_some() {
                return next;
            }
        }
        None
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.waiting.values().map(VecDeque::len).sum()
    }

    /// The oldest of the source that has its turn last.
    fn send_away(&mut self) {
        let Some(source) = self.turns.pop_back() else { return };
        let Some(mut waiting) = self.waiting.remove(&source) else { return };
        waiting.pop_front();
        if !waiting.is_empty() {
            self.waiting.insert(source.clone(), waiting);
            self.turns.push_back(source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(n: usize) -> Source {
        Source::Address(format!("10.0.0.{n}"))
    }

    /// Gives to whoever is next until nobody waits, and tells who got something, by the names in `waiting`.
    fn served(crowd: &mut Crowd<()>, waiting: &mut [(&'static str, Receiver<()>)]) -> Vec<&'static str> {
        let mut order = Vec::new();
        while let Some(next) = crowd.next() {
            next.send(()).unwrap();
            let got = waiting.iter_mut().find_map(|(name, granted)| granted.try_recv().ok().map(|()| *name));
            order.push(got.unwrap());
        }
        order
    }

    #[test]
    fn sources_take_turns_and_of_a_source_the_newest_goes_first() {
        let mut crowd = Crowd::default();
        let joined = [("a1", 1), ("a2", 1), ("a3", 1), ("b1", 2), ("b2", 2), ("c1", 3)];
        let mut waiting = joined.map(|(name, n)| (name, crowd.join(&address(n))));
        assert_eq!(served(&mut crowd, &mut waiting), ["c1", "b2", "a3", "b1", "a2", "a1"]);
    }

    #[test]
    fn whoever_comes_waits_and_the_oldest_of_its_source_is_told_to_come_again() {
        let mut crowd = Crowd::default();
        let mut storm: Vec<_> = (0..400).map(|_| crowd.join(&address(1))).collect();
        let mut other = crowd.join(&address(2));
        let mut newest = crowd.join(&address(1));
        assert_eq!(crowd.len(), OF_A_SOURCE_MAX + 1);
        let (sent_away, stay) = storm.split_at_mut(400 - OF_A_SOURCE_MAX + 1);
        assert!(sent_away.iter_mut().all(|granted| granted.try_recv() == Err(oneshot::error::TryRecvError::Closed)));
        assert!(stay.iter_mut().all(|granted| granted.try_recv() == Err(oneshot::error::TryRecvError::Empty)));
        for _ in 0..2 {
            crowd.next().unwrap().send(()).unwrap();
        }
        assert!(other.try_recv().is_ok() && newest.try_recv().is_ok(), "they wait for one turn each");
    }

    #[test]
    fn whoever_comes_from_an_address_of_its_own_goes_before_a_crowd_of_addresses() {
        let mut crowd = Crowd::default();
        let mut storm: Vec<_> = (0..400).map(|n| crowd.join(&address(n))).collect();
        let mut newest = crowd.join(&address(1_000));
        assert_eq!(crowd.len(), OF_ALL_MAX);
        crowd.next().unwrap().send(()).unwrap();
        assert!(newest.try_recv().is_ok());
        let left = storm.iter_mut().filter_map(|granted| granted.try_recv().err());
        let sent_away = left.filter(|error| *error == oneshot::error::TryRecvError::Closed).count();
        assert_eq!(sent_away, 400 - OF_ALL_MAX + 1);
    }

    #[test]
    fn who_leaves_takes_nothing_along() {
        let mut crowd = Crowd::<()>::default();
        for _ in 0..100 {
            drop(crowd.join(&address(1)));
        }
        assert!(crowd.next().is_none());
        assert_eq!((crowd.len(), crowd.turns.len()), (0, 0));
    }
}
