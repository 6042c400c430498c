//! The hashes that are computed now, and who comes next: few hashes at once, in memory that is used again. Memory that
//! every hash took and gave back for itself would stay with the allocator of each thread.

use super::{Source, crowd::Crowd};
use argon2::Block;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot::{self, Sender};

/// Hashes computed at once: each takes a core, and its memory for as long as the server runs.
pub(super) const AT_ONCE: usize = 2;

/// The queue, and the memory of the hashes that nobody computes now.
#[derive(Default)]
pub(super) struct Queue(Mutex<Line>);

struct Line {
    free: Vec<Vec<Block>>,
    /// The office itself.
    office: VecDeque<Sender<Slot>>,
    known: Crowd<Slot>,
    strangers: Crowd<Slot>,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            free: vec![Vec::new(); AT_ONCE],
            office: VecDeque::new(),
            known: Crowd::default(),
            strangers: Crowd::default(),
        }
    }
}

impl Line {
    /// Whose turn it is: the office's before those of phones and browsers that are known, and strangers' last.
    fn next(&mut self) -> Option<Sender<Slot>> {
        let office = std::iter::from_fn(|| self.office.pop_front()).find(|grant| !grant.is_closed());
        office.or_else(|| self.known.next()).or_else(|| self.strangers.next())
    }
}

impl Queue {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A slot for the office itself, which is never refused.
    pub(super) async fn slot(self: &Arc<Self>) -> Option<Slot> {
        self.wait(None).await
    }

    /// A slot for a password from a source; `None` when too many wait, and this one has waited longest.
    pub(super) async fn slot_of(self: &Arc<Self>, source: &Source) -> Option<Slot> {
        self.wait(Some(source)).await
    }

    async fn wait(self: &Arc<Self>, source: Option<&Source>) -> Option<Slot> {
        let granted = {
            let mut line = self.line();
            // The memory that was used last goes first, so that a server with few sign-ins takes it once.
            if let Some(blocks) = line.free.pop() {
                return Some(Slot { queue: Arc::clone(self), blocks: Some(blocks) });
            }
            match source {
                None => {
                    let (grant, granted) = oneshot::channel();
                    line.office.push_back(grant);
                    granted
                }
                Some(source @ Source::Known(_)) => line.known.join(source),
                Some(source @ Source::Address(_)) => line.strangers.join(source),
            }
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

    #[tokio::test]
    async fn the_office_goes_before_whoever_is_known_and_they_before_strangers() {
        let queue = Arc::new(Queue::default());
        let held = [queue.slot().await.unwrap(), queue.slot().await.unwrap()];
        let (told, mut order) = tokio::sync::mpsc::unbounded_channel();
        let (stranger, known) = (Source::Address("10.0.0.1".into()), Source::Known("phone".into()));
        for (name, source) in [("stranger", Some(stranger)), ("known", Some(known)), ("office", None)] {
            let (told, queue) = (told.clone(), Arc::clone(&queue));
            tokio::spawn(async move {
                let _slot = queue.wait(source.as_ref()).await.unwrap();
                told.send(name).unwrap();
            });
            tokio::task::yield_now().await;
        }
        drop(held);
        let mut got = Vec::new();
        for _ in 0..3 {
            got.push(order.recv().await.unwrap());
        }
        assert_eq!(got, ["office", "known", "stranger"]);
    }

    #[tokio::test]
    async fn a_slot_comes_back_whoever_has_left_meanwhile() {
        let queue = Arc::new(Queue::default());
        let held = [queue.slot().await.unwrap(), queue.slot().await.unwrap()];
        for source in [None, Some(Source::Known("phone".into())), Some(Source::Address("10.0.0.1".into()))] {
            let waiting = queue.wait(source.as_ref());
            assert!(tokio::time::timeout(std::time::Duration::ZERO, waiting).await.is_err());
        }
        drop(held);
        let line = queue.line();
        assert_eq!((line.free.len(), line.known.len(), line.strangers.len()), (AT_ONCE, 0, 0));
    }
}
