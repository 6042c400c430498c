//! Bytes that come in: by tus piece after piece, or whole.

use super::{
    BlobKey, Checksum, ReceiveError,
    judge::judge,
    sink::{SYNC_BYTES, Sink},
    upload::Turn,
};
use crate::{
    office::blob::{advance::advance, size::size, verify::verify},
    query::blob::{BlobRow, blob},
    state::App,
    store::{StoreError, Tx},
};
use bytes::Bytes;
use firebee_protocol::{blob::BlobState, limits::LIMITS};
use futures_util::{Stream, StreamExt as _};
use sha2::{Digest, Sha256};
use std::{pin::Pin, time::Duration};

/// How long a sender may be silent.
const SILENCE_MAX: Duration = Duration::from_secs(60);

/// The body of a request; an error is a sender that went away.
pub type Incoming = Pin<Box<dyn Stream<Item = Result<Bytes, ()>> + Send>>;

/// Where an upload stands, for `HEAD` and after a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Bytes that are here and durable.
    pub offset: u64,
    /// Bytes that it will have.
    pub len: u64,
    /// How far it is.
    pub state: BlobState,
}

impl From<BlobRow> for Standing {
    fn from(row: BlobRow) -> Self {
        let whole = matches!(row.state, BlobState::Verified | BlobState::Durable);
        Self { offset: if whole { row.len } else { row.received }, len: row.len, state: row.state }
    }
}

/// How the body of a request ended.
enum End {
    Complete,
    Broken,
    TooLong,
}

/// Where the upload of a blob stands. One whose bytes are all here but were not verified when the server ended is
/// verified now.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn standing(app: &App, key: BlobKey) -> Result<Standing, ReceiveError> {
    let row = find(app, key).await?;
    if row.received < row.len || row.state == BlobState::Durable {
        return Ok(row.into());
    }
    let nothing = Box::pin(futures_util::stream::empty());
    match patch(app.clone(), key, row.received, None, nothing).await {
        Err(ReceiveError::OffsetMismatch { .. } | ReceiveError::HashMismatch) => Ok(find(app, key).await?.into()),
        other => other,
    }
}

/// Begins an upload of `len` bytes, as tus's creation does. That a fact announced the blob is what really makes it.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn begin(app: &App, key: BlobKey, len: u64) -> Result<Standing, ReceiveError> {
    if len > u64::from(LIMITS.blob_bytes_max) {
        return Err(ReceiveError::TooLarge);
    }
    let row = find(app, key).await?;
    if row.len == len || row.state == BlobState::Durable {
        return Ok(row.into());
    }
    size(app, key, len).await?;
    Ok(find(app, key).await?.into())
}

/// Takes a piece that begins at `offset`. With a checksum the offset moves only after the check; without one it moves
/// each MiB, at the end, and when the sender goes away. The last piece verifies the blob.
///
/// Runs to its end once begun: call it in a task of its own, which a caller that goes away does not end.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn patch(
    app: App,
    key: BlobKey,
    offset: u64,
    checksum: Option<Checksum>,
    body: Incoming,
) -> Result<Standing, ReceiveError> {
    find(&app, key).await?;
    let mut turn = turn(&app, key).await?;
    let row = find(&app, key).await?;
    if row.state == BlobState::Durable || offset != row.received {
        return Err(ReceiveError::OffsetMismatch { offset: Standing::from(row).offset });
    }
    if app.blobs.is_final(key).await? {
        // The server ended between the name and the row.
        return settle(&app, key, turn).await;
    }
    let hashed = turn.hashed.0.take().filter(|(len, _)| *len == offset);
    let Some(sink) = app.blobs.open_part(key, offset, hashed, checksum).await? else {
        advance(&app, key, 0).await?;
        return Err(ReceiveError::OffsetMismatch { offset: 0 });
    };
    let (sink, end) = pour(&app, key, &mut turn, sink, body, row.len).await?;
    let refused = match end {
        End::TooLong => Some(ReceiveError::TooLarge),
        End::Broken if sink.is_checked() => Some(ReceiveError::Interrupted { offset }),
        End::Complete if !sink.checksum_holds() => Some(ReceiveError::ChecksumMismatch { offset }),
        End::Complete | End::Broken => None,
    };
    if let Some(refused) = refused {
        // The row first: its offset never points beyond what is there.
        advance(&app, key, offset).await?;
        turn.hashed.0 = Some(sink.take_back().await?.into_hashed());
        return Err(refused);
    }
    if sink.len() == row.len {
        return finish(&app, key, turn, sink).await;
    }
    let (offset, hash) = sink.into_hashed();
    advance(&app, key, offset).await?;
    turn.hashed.0 = Some((offset, hash));
    match end {
        End::Complete => Ok(Standing { offset, len: row.len, state: BlobState::Receiving }),
        _ => Err(ReceiveError::Interrupted { offset }),
    }
}

/// Takes a whole blob. What an upload by pieces brought before stays until this one is verified.
///
/// Runs to its end once begun: call it in a task of its own, which a caller that goes away does not end.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn put(app: App, key: BlobKey, body: Incoming) -> Result<Standing, ReceiveError> {
    find(&app, key).await?;
    let mut turn = turn(&app, key).await?;
    let row = find(&app, key).await?;
    if row.state == BlobState::Durable {
        return Ok(row.into());
    }
    let sink = app.blobs.open_whole(key).await?;
    let limit = u64::from(LIMITS.blob_bytes_max);
    let (sink, end) = pour_into(&mut turn, sink, body, limit, None).await?;
    let offset = row.received;
    match end {
        End::Broken => return Err(ReceiveError::Interrupted { offset }),
        End::TooLong => return Err(ReceiveError::TooLarge),
        End::Complete => {}
    }
    if sink.digest() != key.id.0 {
        app.blobs.drop_whole(key).await?;
        return Err(ReceiveError::HashMismatch);
    }
    let len = sink.len();
    drop(sink);
    app.blobs.name_whole(key).await?;
    verified(&app, key, turn, len).await
}

async fn find(app: &App, key: BlobKey) -> Result<BlobRow, ReceiveError> {
    let found: Result<_, StoreError> = app.store.read("find_blob", async move |tx: &mut Tx| blob(tx, key).await).await;
    found?.ok_or(ReceiveError::NotAnnounced)
}

async fn turn(app: &App, key: BlobKey) -> Result<Turn, ReceiveError> {
    match app.blobs.uploads.turn(key).await {
        Some(turn) => Ok(turn),
        None => Err(ReceiveError::OffsetMismatch { offset: Standing::from(find(app, key).await?).offset }),
    }
}

async fn pour(
    app: &App,
    key: BlobKey,
    turn: &mut Turn,
    sink: Sink,
    body: Incoming,
    limit: u64,
) -> Result<(Sink, End), ReceiveError> {
    let noted = (!sink.is_checked()).then_some((app, key));
    pour_into(turn, sink, body, limit, noted).await
}

/// Streams a body into a sink, synced each MiB and at the end; `noted` is the row to advance after each sync but the
/// last, which the caller looks at first.
async fn pour_into(
    turn: &mut Turn,
    mut sink: Sink,
    mut body: Incoming,
    limit: u64,
    noted: Option<(&App, BlobKey)>,
) -> Result<(Sink, End), ReceiveError> {
    let mut waiting: Vec<u8> = Vec::new();
    let end = loop {
        let next = tokio::select! {
            biased;
            () = turn.preempted() => break End::Broken,
            next = tokio::time::timeout(SILENCE_MAX, body.next()) => next,
        };
        let Ok(next) = next else { break End::Broken };
        let chunk = match next {
            None => break End::Complete,
            Some(Err(())) => break End::Broken,
            Some(Ok(chunk)) => chunk,
        };
        if sink.len() + (waiting.len() + chunk.len()) as u64 > limit {
            break End::TooLong;
        }
        waiting.extend_from_slice(&chunk);
        if waiting.len() >= SYNC_BYTES {
            sink = sink.write(std::mem::take(&mut waiting)).await?;
            if let Some((app, key)) = noted.filter(|_| sink.len() < limit) {
                advance(app, key, sink.len()).await?;
            }
        }
    };
    Ok((sink.write(waiting).await?, end))
}

/// Every byte is in the part file: it gets its name if it is the blob.
async fn finish(app: &App, key: BlobKey, turn: Turn, sink: Sink) -> Result<Standing, ReceiveError> {
    let (len, digest) = (sink.len(), sink.digest());
    drop(sink);
    if digest != key.id.0 {
        // The row first: an offset never points beyond what is there.
        advance(app, key, 0).await?;
        app.blobs.drop_part(key).await?;
        return Err(ReceiveError::HashMismatch);
    }
    app.blobs.name_part(key).await?;
    verified(app, key, turn, len).await
}

/// A file that has its name already: hashed again, because its row does not know it.
async fn settle(app: &App, key: BlobKey, turn: Turn) -> Result<Standing, ReceiveError> {
    let bytes = app.blobs.read(key).await.ok_or(ReceiveError::Disk)?;
    let digest: [u8; 32] = Sha256::digest(&bytes).into();
    if digest != key.id.0 {
        tracing::error!("a blob on disk is not what its name says and is received again");
        advance(app, key, 0).await?;
        app.blobs.drop_final(key).await?;
        return Err(ReceiveError::HashMismatch);
    }
    verified(app, key, turn, bytes.len() as u64).await
}

async fn verified(app: &App, key: BlobKey, turn: Turn, len: u64) -> Result<Standing, ReceiveError> {
    let tasks = verify(app, key, len).await?;
    app.blobs.uploads.forget(key);
    drop(turn);
    judge(app, key.organisation, tasks);
    Ok(Standing { offset: len, len, state: BlobState::Durable })
}
