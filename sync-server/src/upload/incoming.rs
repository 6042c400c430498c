//! The body of a request on its way into a file, step by step.

use super::{ReceiveError, Uploads, held::Held, turn::Turn};
use crate::blobs::{Reach, STEP_BYTES, Sink};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use std::{pin::Pin, time::Duration};
use tokio::time::{Instant, timeout, timeout_at};

/// How long a sender may be silent.
const SILENCE_MAX: Duration = Duration::from_secs(60);
/// How long a request that is to stop still takes what its sender has sent. A broken link ends it at once.
const GRACE: Duration = Duration::from_millis(250);

/// The body of a request.
pub struct Incoming {
    chunks: Pin<Box<dyn Stream<Item = Result<Bytes, ()>> + Send>>,
    /// The bytes that are still to come, if the request declares them.
    left: Option<u64>,
}

impl Incoming {
    /// Wraps the chunks of a body and its declared length. An error in the stream means that the sender has
    /// disconnected.
    pub fn new(chunks: impl Stream<Item = Result<Bytes, ()>> + Send + 'static, len: Option<u64>) -> Self {
        Self { chunks: Box::pin(chunks), left: len }
    }

    /// The bytes that the request declares, if it does.
    pub(super) const fn len(&self) -> Option<u64> {
        self.left
    }

    /// A body without a byte.
    pub(super) fn empty() -> Self {
        Self::new(futures_util::stream::empty(), Some(0))
    }
}

/// One step of a body: the received bytes, and how the body ended if it has ended.
struct Came {
    chunks: Vec<Bytes>,
    end: Option<End>,
}

/// How the body of a request ended.
pub(super) enum End {
    Complete,
    Broken,
    TooLong,
    /// The disk has only the reserve for facts left.
    NoRoom,
}

/// Bytes after which the offset of a long piece is noted, so that a server that dies loses no more of it. A sync each MiB
/// would cost as much as the upload itself.
const NOTED_BYTES: u64 = 8 << 20;

/// Where the offset of an upload is noted.
pub(super) struct Noted<'a> {
    pub(super) uploads: &'a Uploads,
    /// The lease whose offset advances after each [`NOTED_BYTES`], if it does.
    pub(super) held: Option<&'a Held>,
}

/// Streams a body into a sink in steps; the last step is synced. After each [`NOTED_BYTES`] the offset advances. The
/// caller checks the last step first, and then advances the offset itself.
pub(super) async fn pour(
    turn: &mut Turn,
    mut sink: Sink,
    mut body: Incoming,
    limit: u64,
    noted: Noted<'_>,
) -> Result<(Sink, End), ReceiveError> {
    let mut last_noted = sink.len();
    let mut came = collect(turn, &mut body, limit - sink.len()).await;
    loop {
        let reached = sink.len() + came.chunks.iter().map(|chunk| chunk.len() as u64).sum::<u64>();
        let is_note = noted.held.is_some() && reached - last_noted >= NOTED_BYTES;
        let reach = match came.end {
            Some(_) if reached == limit => Reach::Whole,
            Some(_) => Reach::Synced,
            None if is_note => Reach::Synced,
            None => Reach::Begun,
        };
        let writing = sink.write(came.chunks, reach);
        if let Some(end) = came.end {
            return Ok((writing.done().await?, end));
        }
        came = collect(turn, &mut body, limit - writing.len()).await;
        sink = writing.done().await?;
        if let Some(held) = noted.held.filter(|_| is_note && sink.len() < limit) {
            held.advance(noted.uploads, sink.len()).await?;
            last_noted = sink.len();
        }
        if !noted.uploads.has_room(0).await? {
            came = Came { chunks: Vec::new(), end: Some(End::NoRoom) };
        }
    }
}

/// Receives until there is enough to write. It takes at most `room` bytes. When a newer request wants the blob, what the
/// sender has sent already still counts, up to one step.
async fn collect(turn: &mut Turn, body: &mut Incoming, room: u64) -> Came {
    let (mut chunks, mut len) = (Vec::new(), 0);
    let mut stops_at = None;
    let end = loop {
        if body.left == Some(0) {
            break Some(End::Complete);
        }
        if len >= STEP_BYTES {
            break stops_at.map(|_| End::Broken);
        }
        let next = match stops_at {
            Some(until) => timeout_at(until, body.chunks.next()).await,
            None => tokio::select! {
                biased;
                () = turn.preempted() => {
                    stops_at = Some(Instant::now() + GRACE);
                    continue;
                }
                next = timeout(SILENCE_MAX, body.chunks.next()) => next,
            },
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
