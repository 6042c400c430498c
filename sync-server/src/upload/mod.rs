//! Receives the bytes of blobs, whole or by tus piece after piece. One state machine moves the folder and the rows.
//!
//! Invariant: a row's offset never points beyond bytes that are synced. Invariant: a row says verified only after the
//! file has its name.

mod begin;
mod error;
mod incoming;
mod look;
mod patch;
mod put;
mod turn;

pub use begin::begin;
pub use error::ReceiveError;
pub use incoming::Incoming;
pub use look::look;
pub use patch::patch;
pub use put::put;

use crate::{
    blobs::{BlobKey, Blobs, Sums},
    clock::Clock,
    coverage::Tracks,
    evidence::blob::{Whole, verify},
    query::blob::{BlobRow, blob},
    store::{Store, StoreError, Tx},
};
use firebee_protocol::blob::BlobState;
use std::sync::Arc;
use turn::{Turn, Turns};

/// The parts that receiving needs. Clones are cheap, because each reception runs to its end in a task of its own.
#[derive(Clone)]
pub struct Uploads {
    store: Store,
    blobs: Blobs,
    clock: Clock,
    tracks: Tracks,
    turns: Arc<Turns>,
}

impl Uploads {
    /// Receives into a folder and its rows. When an upload completes a task's track, `tracks` judges it.
    pub fn new(store: Store, blobs: Blobs, clock: Clock, tracks: Tracks) -> Self {
        Self { store, blobs, clock, tracks, turns: Arc::default() }
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

impl From<BlobRow> for Reached {
    fn from(row: BlobRow) -> Self {
        let whole = matches!(row.state, BlobState::Verified | BlobState::Durable);
        Self { offset: if whole { row.len } else { row.received }, len: row.len, state: row.state }
    }
}

async fn find(uploads: &Uploads, key: BlobKey) -> Result<BlobRow, ReceiveError> {
    let found: Result<_, StoreError> =
        uploads.store.read("find_blob", async move |tx: &mut Tx| blob(tx, key).await).await;
    found?.ok_or(ReceiveError::NotAnnounced)
}

async fn turn_at(uploads: &Uploads, key: BlobKey) -> Result<Turn, ReceiveError> {
    match uploads.turns.turn(key).await {
        Some(turn) => Ok(turn),
        None => Err(ReceiveError::OffsetMismatch { offset: Reached::from(find(uploads, key).await?).offset }),
    }
}

async fn verified(uploads: &Uploads, key: BlobKey, turn: Turn, len: u64, sums: &Sums) -> Result<Reached, ReceiveError> {
    let media = uploads.blobs.sniff(key).await?;
    let whole = Whole { len, media, crc32: sums.crc32() };
    let tasks = verify(&uploads.store, key, whole, uploads.clock.now()).await?;
    uploads.turns.forget(key);
    drop(turn);
    uploads.tracks.judge(key.org, tasks);
    Ok(Reached { offset: len, len, state: BlobState::Durable })
}
