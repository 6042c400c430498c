//! The lease on a part file while a request writes it.

use super::{ReceiveError, Uploads, elsewhere, turn::Turn};
use crate::{
    evidence::blob::{Asked, Delivery, Lease, Pulse, Taken, ask, pulse, take},
    random::random_bytes,
    store::StoreError,
};
use std::time::Duration;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{Instant, sleep},
};

/// The time between two signs of life of a request that writes.
const BEAT: Duration = Duration::from_secs(1);
/// A request that gives no sign of life for so long has ended with its server.
const SILENT_MAX: Duration = Duration::from_secs(10);
/// The time between two looks at a lease that another request holds.
const LOOK: Duration = Duration::from_millis(100);
/// How long a request waits for one that lives and does not stop: a disk may hang.
const WAIT_MAX: Duration = Duration::from_secs(30);

/// The lease of this request.
pub(super) struct Held {
    lease: Lease,
    /// How the upload stood when the lease was taken.
    pub(super) taken: Taken,
    /// The number of the part that holds the bytes so far, if that is another one than the lease's.
    pub(super) copy_of: Option<u64>,
    /// Gives signs of life until the request ends.
    _beating: JoinSet<()>,
}

/// Takes the lease, and first lets the request stop that holds it. An upload that did not begin yet begins with `len`
/// bytes. `turn` is told when a newer request wants the lease.
pub(super) async fn hold(
    uploads: &Uploads,
    delivery: Delivery,
    turn: &mut Turn,
    len: u64,
) -> Result<Held, ReceiveError> {
    let writer = i64::from_be_bytes(random_bytes().map_err(|error| StoreError::Lost(error.to_string()))?);
    let lease = Lease { delivery, writer };
    let (taken, copy_of) = match ask(&uploads.store, lease, len, uploads.clock.now()).await? {
        Asked::Taken(taken) => (taken, None),
        Asked::Busy(pulse) => inherit(uploads, turn, lease, pulse).await?,
    };
    let mut beating = JoinSet::new();
    if uploads.store.is_shared() {
        let (lost, told) = watch::channel(false);
        turn.ends_with(told);
        let store = uploads.store.clone();
        beating.spawn(async move {
            loop {
                sleep(BEAT).await;
                if lease.beat(&store).await == Ok(false) {
                    lost.send_replace(true);
                    return;
                }
            }
        });
    }
    Ok(Held { lease, taken, copy_of, _beating: beating })
}

/// Waits until the holder gave the lease back, or takes it when the holder is dead. In an unshared database every other
/// holder is dead, because the requests of this process take turns.
async fn inherit(
    uploads: &Uploads,
    turn: &mut Turn,
    lease: Lease,
    mut last: Pulse,
) -> Result<(Taken, Option<u64>), ReceiveError> {
    let (store, shared) = (&uploads.store, uploads.store.is_shared());
    let (began, mut heard) = (Instant::now(), Instant::now());
    loop {
        let (seen, newest) = pulse(store, lease).await?;
        if !newest {
            return Err(elsewhere(uploads, lease.delivery).await);
        }
        if seen.is_some_and(|seen| seen != last) {
            (last, heard) = (seen.unwrap_or(last), Instant::now());
        }
        let dead = seen.filter(|_| !shared || heard.elapsed() >= SILENT_MAX);
        if (seen.is_none() || dead.is_some())
            && let Some(taken) = take(store, lease, dead, shared).await?
        {
            let copy_of = dead.filter(|_| shared).map(|_| taken.part.saturating_sub(1));
            return Ok((taken, copy_of));
        }
        if began.elapsed() >= WAIT_MAX {
            return Err(ReceiveError::Disk);
        }
        tokio::select! {
            () = turn.preempted() => return Err(elsewhere(uploads, lease.delivery).await),
            () = sleep(LOOK) => {}
        }
    }
}

impl Held {
    /// Notes that so many bytes are synced.
    pub(super) async fn advance(&self, uploads: &Uploads, received: u64) -> Result<(), ReceiveError> {
        if self.lease.advance(&uploads.store, received, uploads.clock.now()).await? {
            return Ok(());
        }
        Err(elsewhere(uploads, self.lease.delivery).await)
    }

    /// Gives the lease back. Returns the count of signs of life if it was ours until now.
    pub(super) async fn release(&self, uploads: &Uploads, received: Option<u64>) -> Result<Option<u64>, ReceiveError> {
        Ok(self.lease.release(&uploads.store, received, uploads.clock.now()).await?)
    }
}
