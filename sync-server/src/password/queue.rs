//! Who waits for a hash: few hashes at once, each source in its turn, in memory that is used again. Memory that every
//! hash took and gave back for itself would stay with the allocator of each thread.

use argon2::Block;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot;

/// Hashes computed at once: each takes a core, and its memory for as long as the server runs.
pub(super) const AT_ONCE: usize = 2;
/// Passwords of one source that may be under way.
const OF_A_SOURCE_MAX: usize = 32;
/// When the strangers together have so many passwords under way, each address gets one only.
const OF_STRANGERS_MAX: usize = 128;

/// Where a password was typed. Waits hold for one login from one source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A phone or a browser that has signed in with this login before, and proves it. It goes before strangers.
    Known(String),
    /// The network address of a stranger.
    Address(String),
}

impl Source {
    /// The name under which failures are counted. An address never equals the name of a phone or a browser.
    pub fn key(&self) -> &str {
        match self {
            Self::Known(name) | Self::Address(name) => name,
        }
    }
}

/// The queue, and the memory of the hashes that nobody computes now.
#[derive(Default)]
pub(super) struct Queue(Mutex<Line>);

struct Line {
    free: Vec<Vec<Block>>,
    under_way: HashMap<Source, usize>,
    strangers: usize,
    first: VecDeque<oneshot::Sender<Slot>>,
    /// The sources that wait, in the order of their turns.
    turns: VecDeque<Source>,
    waiting: HashMap<Source, VecDeque<oneshot::Sender<Slot>>>,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            free: vec![Vec::new(); AT_ONCE],
            under_way: HashMap::new(),
            strangers: 0,
            first: VecDeque::new(),
            turns: VecDeque::new(),
            waiting: HashMap::new(),
        }
    }
}

impl Line {
    /// Whose turn it is.
    fn next(&mut self) -> Option<oneshot::Sender<Slot>> {
        if let Some(next) = first_that_stays(&mut self.first) {
            return Some(next);
        }
        while let Some(source) = self.turns.pop_front() {
            let Some(mut waiting) = self.waiting.remove(&source) else { continue };
            let next = first_that_stays(&mut waiting);
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
}

/// The first who has not left; those before are forgotten.
fn first_that_stays(waiting: &mut VecDeque<oneshot::Sender<Slot>>) -> Option<oneshot::Sender<Slot>> {
    std::iter::from_fn(|| waiting.pop_front()).find(|grant| !grant.is_closed())
}

impl Queue {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one password. A source gets none while `OF_A_SOURCE_MAX` of its passwords are under way. A stranger
    /// also gets none while it has one under way and the strangers together have `OF_STRANGERS_MAX`. So a few sources
    /// that try many passwords keep no other out.
    pub(super) fn enter(self: &Arc<Self>, source: &Source) -> Option<Place> {
        let mut line = self.line();
        let stranger = matches!(source, Source::Address(_));
        let of_source = line.under_way.get(source).copied().unwrap_or(0);
        let crowded = stranger && line.strangers >= OF_STRANGERS_MAX && of_source > 0;
        if of_source >= OF_A_SOURCE_MAX || crowded {
            return None;
        }
        line.under_way.insert(source.clone(), of_source + 1);
        line.strangers += usize::from(stranger);
        Some(Place { queue: Arc::clone(self), source: source.clone() })
    }

    /// A slot for the office itself, which goes before strangers and is never refused.
    pub(super) async fn slot(self: &Arc<Self>) -> Option<Slot> {
        self.wait(None).await
    }

    async fn wait(self: &Arc<Self>, turn: Option<&Source>) -> Option<Slot> {
        let granted = {
            let mut line = self.line();
            // The memory that was used last goes first, so that a server with few sign-ins takes it once.
            if let Some(blocks) = line.free.pop() {
                return Some(Slot { queue: Arc::clone(self), blocks: Some(blocks) });
            }
            let (grant, granted) = oneshot::channel();
            match turn {
                None => line.first.push_back(grant),
                Some(source) => {
                    let waiting = line.waiting.entry(source.clone()).or_default();
                    waiting.push_back(grant);
                    if waiting.len() == 1 {
                        line.turns.push_back(source.clone());
                    }
                }
            }
            granted
        };
        granted.await.ok()
    }

    /// Hands the memory of a hash to whoever is next, or keeps it.
    fn hand_on(self: &Arc<Self>, mut blocks: Vec<Block>) {
        loop {
            let next = {
                let mut line = self.line();
                match line.next() {
                    Some(next) => next,
                    None => {
                        line.free.push(blocks);
                        return;
                    }
                }
            };
            match next.send(Slot { queue: Arc::clone(self), blocks: Some(blocks) }) {
                Ok(()) => return,
                // Whoever waited has left.
                Err(mut refused) => blocks = refused.blocks.take().unwrap_or_default(),
            }
        }
    }
}

/// A place in the queue. Dropping it lets another password of its source in.
pub struct Place {
    queue: Arc<Queue>,
    source: Source,
}

impl Place {
    pub(super) async fn slot(&self) -> Option<Slot> {
        let turn = match &self.source {
            Source::Known(_) => None,
            Source::Address(_) => Some(&self.source),
        };
        self.queue.wait(turn).await
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut line = self.queue.line();
        line.strangers -= usize::from(matches!(self.source, Source::Address(_)));
        match line.under_way.get_mut(&self.source) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                line.under_way.remove(&self.source);
            }
        }
    }
}

/// The right to compute one hash, with the memory for it. Dropping it hands both on.
pub(super) struct Slot {
    queue: Arc<Queue>,
    blocks: Option<Vec<Block>>,
}

impl Slot {
    /// Memory of so many blocks, with whatever the last hash left there.
    pub(super) fn blocks(&mut self, count: usize) -> &mut [Block] {
        let blocks = self.blocks.get_or_insert_default();
        if blocks.len() != count {
            blocks.resize(count, Block::new());
        }
        blocks
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        if let Some(blocks) = self.blocks.take() {
            self.queue.hand_on(blocks);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(n: u8) -> Source {
        Source::Address(format!("10.0.0.{n}"))
    }

    #[tokio::test]
    async fn a_source_gets_its_turn_after_one_of_each_other_and_who_is_known_goes_first() {
        let queue = Arc::new(Queue::default());
        let held = [queue.slot().await.unwrap(), queue.slot().await.unwrap()];
        let (told, mut order) = tokio::sync::mpsc::unbounded_channel();
        let known = Source::Known("phone".into());
        for (name, source) in
            [("a1", address(1)), ("a2", address(1)), ("a3", address(1)), ("b1", address(2)), ("known", known)]
        {
            let place = queue.enter(&source).unwrap();
            let told = told.clone();
            tokio::spawn(async move {
                let _slot = place.slot().await.unwrap();
                told.send(name).unwrap();
            });
            tokio::task::yield_now().await;
        }
        drop(held);
        let mut got = Vec::new();
        for _ in 0..5 {
            got.push(order.recv().await.unwrap());
        }
        assert_eq!(got, ["known", "a1", "b1", "a2", "a3"]);
        assert_eq!(queue.line().free.len(), AT_ONCE);
    }

    #[tokio::test]
    async fn a_source_that_has_many_under_way_is_refused_and_others_are_not() {
        let queue = Arc::new(Queue::default());
        let all_of = |n| (0..OF_A_SOURCE_MAX).map(|_| queue.enter(&address(n)).unwrap()).collect::<Vec<_>>();
        let first = all_of(1);
        assert!(queue.enter(&address(1)).is_none());
        let others = [all_of(2), all_of(3), all_of(4)];
        assert_eq!(queue.line().strangers, OF_STRANGERS_MAX);
        let alone = queue.enter(&address(5)).unwrap();
        assert!(queue.enter(&address(5)).is_none(), "in a crowd each has one");
        assert!(queue.enter(&Source::Known("phone".into())).is_some());
        drop(first);
        assert!(queue.enter(&address(5)).is_some() && queue.enter(&address(1)).is_some());
        drop((alone, others));
        assert_eq!(queue.line().strangers, 0);
    }

    #[tokio::test]
    async fn who_leaves_the_queue_takes_nothing_along() {
        let queue = Arc::new(Queue::default());
        let held = [queue.slot().await.unwrap(), queue.slot().await.unwrap()];
        for _ in 0..100 {
            let place = queue.enter(&address(1)).unwrap();
            assert!(tokio::time::timeout(std::time::Duration::ZERO, place.slot()).await.is_err());
        }
        drop(held);
        let line = queue.line();
        assert_eq!((line.free.len(), line.waiting.len(), line.turns.len(), line.under_way.len()), (AT_ONCE, 0, 0, 0));
    }
}
