//! Bytes that come in: by tus piece after piece, or whole.

use super::{
    BlobKey, Checksum, ReceiveError,
    folder::Opened,
    judge::judge,
    sink::{Reach, STEP_BYTES, Sink},
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

/// The body of a request.
pub struct Incoming {
    chunks: Pin<Box<dyn Stream<Item = Result<Bytes, ()>> + Send>>,
    /// Bytes that are still to come, where the request says so.
    left: Option<u64>,
}

impl Incoming {
    /// Of the chunks as they come, where an error is a sender that went away, and of the length that the sender says.
    pub fn new(chunks: impl Stream<Item = Result<Bytes, ()>> + Send + 'static, len: Option<u64>) -> Self {
        Self { chunks: Box::pin(chunks), left: len }
    }

    /// One without a byte.
    fn empty() -> Self {
        Self::new(futures_util::stream::empty(), Some(0))
    }
}

/// What came of a request's body at a time, and how it ended if it did.
struct Came {
    chunks: Vec<Bytes>,
    end: Option<End>,
}

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
    match patch(app.clone(), key, row.received, None, Incoming::empty()).await {
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
    let mut turn = turn(&app, key).await?;
    let row = find(&app, key).await?;
    if row.state == BlobState::Durable || offset != row.received {
        return Err(ReceiveError::OffsetMismatch { offset: Standing::from(row).offset });
    }
    let hashed = turn.hashed.0.take().filter(|(len, _)| *len == offset);
    let sink = match app.blobs.open_part(key, offset, hashed, checksum).await? {
        Opened::Part(sink) => *sink,
        Opened::Short => {
            advance(&app, key, 0).await?;
            return Err(ReceiveError::OffsetMismatch { offset: 0 });
        }
        // The server ended between the name and the row.
        Opened::Final => return settle(&app, key, turn).await,
    };
    let noted = (!sink.is_checked()).then_some((&app, key));
    let (sink, end) = pour(&mut turn, sink, body, row.len, Reach::Synced, noted).await?;
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

/// Takes a whole blob, synced once: no offset moves before its end. What an upload by pieces brought before stays until this one is verified.
///
/// Runs to its end once begun: call it in a task of its own, which a caller that goes away does not end.
///
/// # Errors
/// See [`ReceiveError`].
pub async fn put(app: App, key: BlobKey, body: Incoming) -> Result<Standing, ReceiveError> {
    let mut turn = turn(&app, key).await?;
    let row = find(&app, key).await?;
    if row.state == BlobState::Durable {
        return Ok(row.into());
    }
    match receive_whole(&app, key, &mut turn, body, row.received).await {
        Ok(len) => {
            app.blobs.name_whole(key).await?;
            verified(&app, key, turn, len).await
        }
        Err(refused) => {
            // Nobody goes on with a whole object. Why it was refused is told, whatever becomes of its file.
            if let Err(error) = app.blobs.drop_whole(key).await {
                tracing::warn!(code = %error.code(), "the file of an object that did not come whole stays");
            }
            Err(refused)
        }
    }
}

/// Receives a whole object into its own file; gives its length when it is the blob.
async fn receive_whole(
    app: &App,
    key: BlobKey,
    turn: &mut Turn,
    body: Incoming,
    offset: u64,
) -> Result<u64, ReceiveError> {
    let sink = app.blobs.open_whole(key).await?;
    let limit = u64::from(LIMITS.blob_bytes_max);
    let (sink, end) = pour(turn, sink, body, limit, Reach::Begun, None).await?;
    match end {
        End::Broken => Err(ReceiveError::Interrupted { offset }),
        End::TooLong => Err(ReceiveError::TooLarge),
        End::Complete if sink.digest() != key.id.0 => Err(ReceiveError::HashMismatch),
        End::Complete => Ok(sink.len()),
    }
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

/// Streams a body into a sink, step by step, each as far as `reach` says and the last synced. `noted` is the row to
/// advance after each synced step but the last, which the caller looks at first.
async fn pour(
    turn: &mut Turn,
    mut sink: Sink,
    mut body: Incoming,
    limit: u64,
    reach: Reach,
    noted: Option<(&App, BlobKey)>,
) -> Result<(Sink, End), ReceiveError> {
    let mut came = collect(turn, &mut body, limit - sink.len()).await;
    loop {
        let reach = if came.end.is_some() { Reach::Synced } else { reach };
        let writing = sink.write(came.chunks, reach);
        if let Some(end) = came.end {
            return Ok((writing.done().await?, end));
        }
        came = collect(turn, &mut body, limit - writing.len()).await;
        sink = writing.done().await?;
        if let Some((app, key)) = noted.filter(|_| reach == Reach::Synced && sink.len() < limit) {
            advance(app, key, sink.len()).await?;
        }
    }
}

/// Receives until there is enough to write, and `room` bytes at most.
async fn collect(turn: &mut Turn, body: &mut Incoming, room: u64) -> Came {
    let (mut chunks, mut len) = (Vec::new(), 0);
    let end = loop {
        if body.left == Some(0) {
            break Some(End::Complete);
        }
        if len >= STEP_BYTES {
            break None;
        }
        let next = tokio::select! {
            biased;
            () = turn.preempted() => break Some(End::Broken),
            next = tokio::time::timeout(SILENCE_MAX, body.chunks.next()) => next,
        };
        let chunk = match next {
            Ok(None) => break Some(End::Complete),
            Err(_) | Ok(Some(Err(()))) => break Some(End::Broken),
            Ok(Some(Ok(chunk))) => chunk,
        };
        len += chunk.len();
        if len as u64 > room {
            break Some(End::TooLong);
        }
        body.left = body.left.map(|left| left.saturating_sub(chunk.len() as u64));
        chunks.push(chunk);
    };
    Came { chunks, end }
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
    let bytes = app.blobs.read_named(key).await?;
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
