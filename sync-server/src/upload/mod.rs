//! Receives the bytes of blobs, whole or by tus piece after piece. One state machine moves the folder and the rows.
//!
//! Invariant: a row's offset never points beyond bytes that are synced. Invariant: a row says verified only after the
//! file has its name. Invariant: two requests never write one file, whichever servers they came to.

mod attach;
mod begin;
mod error;
mod held;
mod incoming;
mod look;
mod patch;
mod put;
mod quota;
mod remove;
mod sweep;
mod turn;

pub use attach::{AttachError, Attaching, attach};
pub use begin::begin;
pub use error::ReceiveError;
pub use incoming::Incoming;
pub use look::look;
pub use patch::patch;
pub use put::put;
pub use quota::UploadLimits;
pub use remove::remove;
pub use sweep::sweep;

use crate::{
    blobs::{Blobs, Look, Sums},
    clock::Clock,
    coverage::Tracks,
    evidence::blob::{Delivery, DeliveryRow, Whole, verify},
    store::{Store, StoreError, Tx},
};
use firebee_protocol::blob::BlobState;
use quota::Quota;
use std::sync::Arc;
use turn::{Turn, Turns};

/// The parts that receiving needs. Clones are cheap, because each reception runs to its end in a task of its own.
#[derive(Clone)]
pub struct Uploads {
    store: Store,
    blobs: Blobs,
    clock: Clock,
    tracks: Tracks,
    quota: Quota,
    turns: Arc<Turns>,
}

impl Uploads {
    /// Receives into a folder and its rows. When an upload completes a task's track, `tracks` judges it.
    pub fn new(store: Store, blobs: Blobs, clock: Clock, tracks: Tracks, limits: UploadLimits) -> Self {
        Self { store, blobs, clock, tracks, quota: Quota::new(limits), turns: Arc::default() }
    }
}

/// How far an upload is, for `HEAD` and after a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// How many bytes are here and durable.
    pub offset: u64,
    /// How many bytes the whole blob has.
    pub len: u64,
    /// The state of the blob.
    pub state: BlobState,
}

impl From<DeliveryRow> for Reached {
    fn from(row: DeliveryRow) -> Self {
        let whole = matches!(row.state, BlobState::Verified | BlobState::Durable);
        Self { offset: if whole { row.len } else { row.received }, len: row.len, state: row.state }
    }
}

async fn find(uploads: &Uploads, delivery: Delivery) -> Result<DeliveryRow, ReceiveError> {
    let found: Result<_, StoreError> =
        uploads.store.read("find_upload", async move |tx: &mut Tx| delivery.find(tx).await).await;
    found?.ok_or(ReceiveError::NotAnnounced)
}

/// The refusal of a request that is not the newest, or begins elsewhere.
async fn elsewhere(uploads: &Uploads, delivery: Delivery) -> ReceiveError {
    match find(uploads, delivery).await {
        Ok(row) => ReceiveError::OffsetMismatch { offset: Reached::from(row).offset },
        Err(error) => error,
    }
}

async fn turn_at(uploads: &Uploads, delivery: Delivery) -> Result<Turn, ReceiveError> {
    match uploads.turns.turn(delivery).await {
        Some(turn) => Ok(turn),
        None => Err(elsewhere(uploads, delivery).await),
    }
}

/// Notes that the blob is whole and has its name.
async fn verified(uploads: &Uploads, delivery: Delivery, len: u64, sums: &Sums) -> Result<Reached, ReceiveError> {
    let Look { media, exif } = uploads.blobs.look(delivery.key).await?;
    let whole = Whole { len, media, exif, crc32: sums.crc32() };
    let tasks = verify(&uploads.store, delivery.key, whole, uploads.clock.now()).await?;
    uploads.turns.forget(delivery);
    uploads.tracks.judge(delivery.key.org, tasks);
    Ok(Reached { offset: len, len, state: BlobState::Durable })
}
