//! A request's body, handed over in small pieces: each that is taken shows that the link still lives.

use super::pulse::Pulse;
use crate::ports::TransportError;
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use std::{
    fmt,
    io::{self, SeekFrom},
    path::Path,
    sync::Arc,
};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};

/// The file ended before its stretch did, or could not be read.
#[derive(Debug)]
pub(super) struct FileShort(String);

impl fmt::Display for FileShort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FileShort {}

/// How much is handed over at once; at one piece in 30 s a link counts as living.
const PIECE_BYTES: usize = 32 << 10;

/// Bytes in memory.
pub(super) fn bytes(
    bytes: Bytes,
    pulse: Arc<Pulse>,
) -> impl Stream<Item = Result<Bytes, FileShort>> + Send + Sync + 'static {
    let len = bytes.len() as u64;
    stream::unfold((bytes, pulse), move |(mut left, pulse)| async move {
        if left.is_empty() {
            return None;
        }
        pulse.beat();
        let piece = left.split_to(left.len().min(PIECE_BYTES));
        if left.is_empty() {
            pulse.body_ended(len);
        }
        Some((Ok(piece), (left, pulse)))
    })
}

/// Opens the file at `from`; the stream gives exactly `len` bytes or fails.
pub(super) async fn file(
    path: &Path,
    from: u64,
    len: u64,
    pulse: Arc<Pulse>,
) -> Result<impl Stream<Item = Result<Bytes, FileShort>> + Send + 'static, TransportError> {
    let failed = |error: io::Error| TransportError::File { reason: error.kind().to_string() };
    let mut file = File::open(path).await.map_err(failed)?;
    file.seek(SeekFrom::Start(from)).await.map_err(failed)?;
    Ok(stream::try_unfold((file, len, pulse), move |(mut file, left, pulse)| async move {
        if left == 0 {
            return Ok(None);
        }
        pulse.beat();
        let want = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE_BYTES);
        let mut piece = vec![0; want];
        let got = file.read(&mut piece).await.map_err(|error| FileShort(error.kind().to_string()))?;
        if got == 0 {
            return Err(FileShort(format!("{left} bytes are missing")));
        }
        piece.truncate(got);
        let left = left.saturating_sub(got as u64);
        if left == 0 {
            pulse.body_ended(len);
        }
        Ok(Some((Bytes::from(piece), (file, left, pulse))))
    }))
}
