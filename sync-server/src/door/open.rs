//! The connections that are open, and which of them can be spared.

use firebee_domain::id::StoreId;
use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// How many requests of one phone may be under way at once. A phone has a few.
const OF_A_PHONE_MAX: usize = 16;
/// How soon to look again for a silent connection when all have a request under way.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// All connections of a listener.
pub(super) struct Open {
    places: Arc<Semaphore>,
    connections: Mutex<HashMap<u64, Arc<Life>>>,
    next: AtomicU64,
    known: Arc<Known>,
}

impl Open {
    pub(super) fn new(max: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(max)),
            connections: Mutex::default(),
            next: AtomicU64::new(0),
            known: Arc::default(),
        }
    }

    fn connections(&self) -> MutexGuard<'_, HashMap<u64, Arc<Life>>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more connection. A full house closes the connection that has been silent longest.
    pub(super) async fn place(self: &Arc<Self>) -> Place {
        loop {
            if self.places.available_permits() == 0 {
                self.close_the_longest_silent();
            }
            let waiting = tokio::time::timeout(LOOK_AGAIN, Arc::clone(&self.places).acquire_owned());
            let Ok(Ok(permit)) = waiting.await else { continue };
            let (number, life) = (self.next.fetch_add(1, Ordering::Relaxed), Arc::new(Life::new(&self.known)));
            self.connections().insert(number, Arc::clone(&life));
            return Place { open: Arc::clone(self), number, life, _permit: permit };
        }
    }

    /// Closes the connection that has been silent longest; false when none is silent.
    pub(super) fn close_the_longest_silent(&self) -> bool {
        let mut connections = self.connections();
        let silent = connections.iter().filter_map(|(number, life)| Some((life.silent_since()?, *number)));
        let Some((_, longest)) = silent.min() else { return false };
        // It is taken out at once, so that the next look finds another.
        if let Some(life) = connections.remove(&longest) {
            life.spared.notify_one();
        }
        true
    }
}

/// The place of one connection, free again when dropped.
pub(super) struct Place {
    open: Arc<Open>,
    number: u64,
    pub(super) life: Arc<Life>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.connections().remove(&self.number);
    }
}

/// When a connection last moved a byte, and whether a request of it is under way and counts.
pub(super) struct Life {
    opened: Instant,
    /// Milliseconds after `opened`.
    moved_ms: AtomicU64,
    /// Whether a request is under way.
    asked: AtomicBool,
    /// Since when the connection can be spared: milliseconds after `opened`, or [`BUSY`].
    silent_ms: AtomicU64,
    /// Told when the connection has to go.
    pub(super) spared: Notify,
    known: Arc<Known>,
    /// The phone whose request is under way, once the server knows it.
    phone: Mutex<Option<StoreId>>,
}

/// How many requests of each phone are under way.
type Known = Mutex<HashMap<StoreId, usize>>;

/// A request is under way and counts, so the connection cannot be spared.
const BUSY: u64 = u64::MAX;

impl Life {
    fn new(known: &Arc<Known>) -> Self {
        Self {
            known: Arc::clone(known),
            phone: Mutex::default(),
            opened: Instant::now(),
            moved_ms: AtomicU64::new(0),
            asked: AtomicBool::new(false),
            silent_ms: AtomicU64::new(0),
            spared: Notify::new(),
        }
    }

    fn age_ms(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(BUSY - 1)
    }

    /// A byte came or went.
    pub(super) fn moved(&self) {
        self.moved_ms.store(self.age_ms(), Ordering::Relaxed);
    }

    /// A request begins; it ends when the answer is dropped. The connection can still be spared.
    pub(super) fn begin(self: &Arc<Self>) -> UnderWay {
        self.silent_ms.store(self.age_ms(), Ordering::Relaxed);
        self.asked.store(true, Ordering::Relaxed);
        UnderWay(Arc::clone(self))
    }

    /// The request counts: all of it has come, or the server knows who sends it.
    pub(super) fn count(&self) {
        self.silent_ms.store(BUSY, Ordering::Relaxed);
    }

    /// The request is this phone's. False when too many of its requests are under way.
    fn is_of(&self, phone: StoreId) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let under_way = known.entry(phone).or_default();
        if *under_way >= OF_A_PHONE_MAX {
            return false;
        }
        *under_way += 1;
        drop(known);
        let former = self.phone.lock().unwrap_or_else(PoisonError::into_inner).replace(phone);
        self.leave(former);
        true
    }

    /// One request less of this phone is under way.
    fn leave(&self, phone: Option<StoreId>) {
        let Some(phone) = phone else { return };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut held) = known.entry(phone) {
            *held.get_mut() -= 1;
            if *held.get() == 0 {
                held.remove();
            }
        }
    }

    fn silent_since(&self) -> Option<Instant> {
        let silent_ms = self.silent_ms.load(Ordering::Relaxed);
        (silent_ms != BUSY).then(|| self.opened + Duration::from_millis(silent_ms))
    }

    /// Returns when a request has been under way for `max` without a byte in either direction.
    pub(super) async fn still(&self, max: Duration) {
        loop {
            let moved_ms = self.moved_ms.load(Ordering::Relaxed);
            let still = Duration::from_millis(self.age_ms().saturating_sub(moved_ms));
            if still < max {
                tokio::time::sleep(max.saturating_sub(still)).await;
            } else if self.asked.load(Ordering::Relaxed) {
                return;
            } else {
                tokio::time::sleep(max).await;
            }
        }
    }
}

/// A request under way.
pub(super) struct UnderWay(Arc<Life>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.asked.store(false, Ordering::Relaxed);
        self.0.silent_ms.store(self.0.age_ms(), Ordering::Relaxed);
        let phone = self.0.phone.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.0.leave(phone);
    }
}

/// A request as its handlers know it, among the extensions of each request that came through a listener.
#[derive(Clone)]
pub struct Asked(pub(super) Arc<Life>);

impl Asked {
    /// The server knows the token of this request. From now on its connection is not spared. False when too many
    /// requests of this phone are under way: whoever has a token must not keep others out.
    pub fn accept(&self, phone: StoreId) -> bool {
        let taken = self.0.is_of(phone);
        if taken {
            self.0.count();
        }
        taken
    }

    /// Whether the connection is kept for this request, whoever else comes.
    pub(super) fn counts(&self) -> bool {
        self.0.silent_ms.load(Ordering::Relaxed) == BUSY
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[tokio::test]
    async fn a_full_house_closes_what_was_silent_longest_and_nothing_that_is_busy() {
        let open = Arc::new(Open::new(3));
        let places = [open.place().await, open.place().await, open.place().await];
        // The first has been silent longer than the second, which sends a request of which the end has not come.
        let busy = places[0].life.begin();
        places[0].life.count();
        let begun = places[1].life.begin();
        let waits = tokio::spawn({
            let open = Arc::clone(&open);
            async move { open.place().await.number }
        });
        places[1].life.spared.notified().await;
        assert!(!waits.is_finished(), "the place is free when the connection is gone");
        let [first, second, third] = places;
        drop(second);
        assert_eq!(waits.await.unwrap(), 3);
        drop((first, third, busy, begun));
        assert!(open.connections().is_empty());
    }

    #[tokio::test]
    async fn one_phone_has_a_few_requests_under_way_and_keeps_no_other_out() {
        let open = Arc::new(Open::new(OF_A_PHONE_MAX + 2));
        let (greedy, honest) = (StoreId(Uuid::from_u128(1)), StoreId(Uuid::from_u128(2)));
        let mut held = Vec::new();
        for _ in 0..OF_A_PHONE_MAX {
            let place = open.place().await;
            let under_way = place.life.begin();
            assert!(Asked(Arc::clone(&place.life)).accept(greedy));
            held.push((place, under_way));
        }
        let (one_more, other) = (open.place().await, open.place().await);
        let (more, others) = (one_more.life.begin(), other.life.begin());
        assert!(!Asked(Arc::clone(&one_more.life)).accept(greedy));
        assert!(Asked(Arc::clone(&other.life)).accept(honest));
        assert!(open.close_the_longest_silent(), "a request that was not taken can be spared");
        held.pop();
        assert!(Asked(Arc::clone(&one_more.life)).accept(greedy), "one of them has ended");
        drop((held, more, others));
        assert!(open.known.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_request_that_stands_still_is_noticed_and_a_silent_connection_is_not() {
        let open = Arc::new(Open::new(1));
        let place = open.place().await;
        let max = Duration::from_millis(20);
        assert!(tokio::time::timeout(max * 5, place.life.still(max)).await.is_err());
        let _busy = place.life.begin();
        place.life.still(max).await;
    }
}
