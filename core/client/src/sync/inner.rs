//! The state that the three lanes share: stores, server, link, and the status for screens.

use super::{
    blobs::BlobLane,
    drive::Packed,
    first_pull::Arrived,
    link::Link,
    progress::{LaneStatus, summary},
    pull::PullLane,
    push::PushLane,
    step::{Readiness, Step},
    wants::Wants,
};
use crate::{
    blocking,
    changes::Change,
    core::{Core, SyncStatus},
    journal::StoreHealth,
    session::{Failure, Server},
};
use firebee_domain::{code::Code, time::Timestamp};
use firebee_protocol::limits::LIMITS;
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
};
use strum::VariantArray;
use tokio::sync::Notify;

/// How often files are freed, in milliseconds.
const COLLECT_EVERY_MS: i64 = 3_600_000;

/// The three lanes, as an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
pub enum Lane {
    /// Facts to the server.
    Push,
    /// Bytes to the server.
    Blobs,
    /// Documents from the server.
    Pull,
}

/// What one turn of a lane came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It did something; there may be more.
    Worked,
    /// Nothing before this instant of the boot clock.
    Waits(i64),
    /// Nothing to do.
    Idle,
    /// Nothing until a person acts.
    Stopped,
}

impl Turn {
    /// The request that a step asks for. A step without a request gives what this turn of the lane came to, as an
    /// error.
    pub(super) fn of<Ask>(step: Step<Ask>) -> Result<Ask, Self> {
        match step {
            Step::Send(ask) => Ok(ask),
            Step::Wait { until_ms } => Err(Self::Waits(until_ms)),
            Step::Idle => Err(Self::Idle),
            Step::Stop { .. } => Err(Self::Stopped),
        }
    }
}

/// Facts about the lanes that a screen reads without waiting for them.
#[derive(Debug, Default)]
pub(super) struct Board {
    pub(super) push: LaneStatus,
    pub(super) blobs: LaneStatus,
    pub(super) pull: LaneStatus,
}

impl Board {
    pub(super) fn of(&mut self, lane: Lane) -> &mut LaneStatus {
        match lane {
            Lane::Push => &mut self.push,
            Lane::Blobs => &mut self.blobs,
            Lane::Pull => &mut self.pull,
        }
    }
}

/// The shared state of the drivers. A driver locks its machine for one turn.
pub(super) struct Inner {
    pub(super) core: Arc<Core>,
    pub(super) server: Arc<Server>,
    pub(super) push: tokio::sync::Mutex<PushLane>,
    pub(super) blobs: tokio::sync::Mutex<BlobLane>,
    pub(super) pull: tokio::sync::Mutex<PullLane>,
    pub(super) wake_push: Notify,
    pub(super) wake_blobs: Notify,
    pub(super) wake_pull: Notify,
    pub(super) wake_packs: Notify,
    pub(super) wake_thumbnails: Notify,
    pub(super) link_free: Notify,
    link: Mutex<Link>,
    packs: Mutex<Wants>,
    /// Held by who fetches packs.
    pub(super) fetching_packs: tokio::sync::Mutex<()>,
    thumbnails: Mutex<Wants>,
    /// Held by who fetches thumbnails.
    pub(super) fetching_thumbnails: tokio::sync::Mutex<()>,
    /// Held by who fetches a piece of a file.
    pub(super) fetching_blobs: tokio::sync::Mutex<()>,
    /// Every document was looked at for the pack it names, since the app was opened.
    pub(super) packs_looked: AtomicBool,
    /// The tasks that wait for review were looked at for their pictures, as they are now.
    pub(super) thumbnails_looked: AtomicBool,
    board: Mutex<Board>,
    /// Blobs that were verified, so that a round knows whether to look at the documents once more.
    pub(super) verified: AtomicU64,
    wishes: [AtomicBool; 3],
    /// Set for each lane when the network changed, until the lane has noticed.
    networks: [AtomicBool; 3],
    /// Something may have changed on the server.
    pull_wanted: AtomicBool,
    /// The head of the feed that the last complete pull reached.
    pub(super) pulled_head: AtomicU64,
    arrived: Mutex<Arrived>,
    /// The push that was prepared while another was under way.
    ahead: Mutex<Option<Packed>>,
    /// The boot clock when the last anchor note was recorded.
    pub(super) noted_ms: AtomicI64,
    /// The boot clock when a receipt outside of this phone's bounds was noted last.
    pub(super) receipt_noted_ms: AtomicI64,
    /// The boot clock when files were freed last.
    collected_ms: AtomicI64,
    /// The instant up to which a lane has slept. If the clock lags behind, the lane does not sleep a second time.
    slept_ms: AtomicI64,
}

impl Inner {
    pub(super) fn new(server: Arc<Server>) -> Self {
        let mut push = PushLane::new(seed(&server), LIMITS);
        if let StoreHealth::Retired(reason) = server.core.journal.health() {
            push.readiness_mut().stop(reason.code());
        }
        let blobs = BlobLane::new(seed(&server));
        let pull = PullLane::new(seed(&server), LIMITS.changes_max);
        let [packs, thumbnails] = [seed(&server), seed(&server)].map(|seed| Mutex::new(Wants::new(seed)));
        Self {
            core: server.core.clone(),
            server,
            push: push.into(),
            blobs: blobs.into(),
            pull: pull.into(),
            wake_push: Notify::new(),
            wake_blobs: Notify::new(),
            wake_pull: Notify::new(),
            wake_packs: Notify::new(),
            wake_thumbnails: Notify::new(),
            link_free: Notify::new(),
            link: Mutex::default(),
            packs,
            fetching_packs: tokio::sync::Mutex::default(),
            thumbnails,
            fetching_thumbnails: tokio::sync::Mutex::default(),
            fetching_blobs: tokio::sync::Mutex::default(),
            packs_looked: AtomicBool::new(false),
            thumbnails_looked: AtomicBool::new(false),
            board: Mutex::default(),
            verified: AtomicU64::new(0),
            wishes: Default::default(),
            networks: Default::default(),
            pull_wanted: AtomicBool::new(false),
            arrived: Mutex::default(),
            ahead: Mutex::default(),
            pulled_head: AtomicU64::new(u64::MAX),
            noted_ms: AtomicI64::new(i64::MIN),
            receipt_noted_ms: AtomicI64::new(i64::MIN),
            collected_ms: AtomicI64::new(i64::MIN),
            slept_ms: AtomicI64::new(i64::MIN),
        }
    }

    /// Frees, at most hourly, the files that the server has held long enough at this time of its clock.
    pub(super) fn collect(&self, server: Timestamp) {
        let now_ms = self.now_ms();
        if now_ms.saturating_sub(self.collected_ms.load(Ordering::Acquire)) >= COLLECT_EVERY_MS {
            self.collected_ms.store(now_ms, Ordering::Release);
            // What cannot be freed now is freed an hour later.
            let _ = self.core.collect(server);
        }
    }

    /// The boot clock, never before the end of a sleep that is over.
    pub(super) fn now_ms(&self) -> i64 {
        self.core.ports.clock.now().boot_ms.max(self.slept_ms.load(Ordering::Acquire))
    }

    /// The input of a machine, unless its lane is blocked or the phone's stores fail.
    pub(super) fn view<V>(
        &self,
        readiness: &mut Readiness,
        read: impl FnOnce(&Self) -> Result<V, Failure>,
    ) -> Result<V, Turn> {
        if let Some(held) = readiness.hold::<()>(self.now_ms()) {
            return Err(Turn::of(held).err().unwrap_or(Turn::Idle));
        }
        read(self).map_err(|failure| {
            readiness.failed(failure, self.now_ms());
            readiness.hold::<()>(self.now_ms()).and_then(|held| Turn::of(held).err()).unwrap_or(Turn::Idle)
        })
    }

    /// Whether the store is retired and must never push again.
    pub(super) fn is_retired(&self) -> bool {
        matches!(self.core.journal.health(), StoreHealth::Retired(_))
    }

    /// A person asks for another try of everything.
    pub(super) fn wish(&self) {
        self.wishes.iter().for_each(|wish| wish.store(true, Ordering::Release));
        self.wake_push.notify_one();
        self.wake_blobs.notify_one();
        self.want_pull();
    }

    /// Takes the request for another try of this lane, if there was one.
    pub(super) fn take_wish(&self, lane: Lane) -> bool {
        of(&self.wishes, lane).swap(false, Ordering::AcqRel)
    }

    /// The network came, went or changed. Each lane notices at its next turn, so no lane waits for another whose
    /// request is still on the old network.
    pub(super) fn network_changed(&self) {
        self.networks.iter().for_each(|network| network.store(true, Ordering::Release));
        self.wake_push.notify_one();
        self.wake_blobs.notify_one();
        self.want_pull();
    }

    /// Whether the network changed since the last time this lane asked.
    pub(super) fn take_network(&self, lane: Lane) -> bool {
        of(&self.networks, lane).swap(false, Ordering::AcqRel)
    }

    /// Notes that the sleep until this instant is over.
    pub(super) fn slept_until(&self, instant_ms: i64) {
        self.slept_ms.fetch_max(instant_ms, Ordering::AcqRel);
    }

    /// The documents are pulled soon, by whoever drives that lane.
    pub(super) fn want_pull(&self) {
        self.pull_wanted.store(true, Ordering::Release);
        self.wake_pull.notify_one();
    }

    /// Whether somebody wanted a pull since the last call.
    pub(super) fn take_pull_wanted(&self) -> bool {
        self.pull_wanted.swap(false, Ordering::AcqRel)
    }

    /// What came with the pages of the feed.
    pub(super) fn arrived(&self) -> Arrived {
        *self.arrived.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a page was applied, which travelled in so many bytes.
    pub(super) fn note_page(&self, total: Option<u64>, bytes: usize) {
        let mut arrived = self.arrived.lock().unwrap_or_else(PoisonError::into_inner);
        arrived.pages = arrived.pages.saturating_add(1);
        arrived.bytes = arrived.bytes.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        arrived.total = total.or(arrived.total);
    }

    /// The push that was made ahead, if there is one.
    pub(super) fn take_ahead(&self) -> Option<Packed> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(super) fn keep_ahead(&self, packed: Option<Packed>) {
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) = packed;
    }

    pub(super) fn link(&self) -> MutexGuard<'_, Link> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn packs(&self) -> MutexGuard<'_, Wants> {
        self.packs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn thumbnails(&self) -> MutexGuard<'_, Wants> {
        self.thumbnails.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores the status of a lane and announces the change.
    pub(super) fn post(&self, lane: Lane, turn: Turn, failure: Option<&Failure>) {
        let status = LaneStatus::of(turn, failure, self.now_ms(), self.core.ports.clock.now().wall_ms);
        let told = {
            let mut board = self.board();
            *board.of(lane) = status;
            summary(&[&board.push, &board.blobs, &board.pull], self.core.ports.clock.now().wall_ms)
        };
        let changed = {
            let mut shown = self.core.status();
            let code = |status: &SyncStatus| status.last_error.as_ref().map(|error| error.code.clone());
            let changed = (shown.running, shown.next_try, code(&shown)) != (told.running, told.next_try, code(&told));
            if changed {
                *shown = told;
            }
            changed
        };
        if changed {
            self.core.changes.tell(Change::Sync);
        }
    }

    /// Runs a task that may block, such as hashing a file. A panic in the task becomes a failure of that blob.
    pub(super) async fn blocking<T: Send + 'static>(
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        blocking::run(work).await.unwrap_or_else(|_| Err(Failure::of(Code::StorageFailed)))
    }
}

const fn of(flags: &[AtomicBool; 3], lane: Lane) -> &AtomicBool {
    let [push, blobs, pull] = flags;
    match lane {
        Lane::Push => push,
        Lane::Blobs => blobs,
        Lane::Pull => pull,
    }
}

/// A seed for jitter. Without random bytes the store's id serves: the seeds of two phones only have to differ.
fn seed(server: &Server) -> u64 {
    let mut bytes = [0; 8];
    match server.core.ports.entropy.fill(&mut bytes) {
        Ok(()) => u64::from_be_bytes(bytes),
        Err(_) => server.core.journal.identity().store_id.0.as_u64_pair().1,
    }
}
