//! A stretch of a file as a request's body.

use crate::ports::TransportError;
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use std::{
    fmt,
    io::{self, SeekFrom},
    path::Path,
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

/// How much is read at once; two of these are in memory at most.
const PIECE_BYTES: usize = 64 << 10;

/// Opens the file at `from`; the stream gives exactly `len` bytes or fails.
pub(super) async fn open(
    path: &Path,
    from: u64,
    len: u64,
) -> Result<impl Stream<Item = Result<Bytes, FileShort>> + Send + 'static, TransportError> {
    let failed = |error: io::Error| TransportError::File { reason: error.kind().to_string() };
    let mut file = File::open(path).await.map_err(failed)?;
    file.seek(SeekFrom::Start(from)).await.map_err(failed)?;
    Ok(stream::try_unfold((file, len), |(mut file, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        let want = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE_BYTES);
        let mut piece = vec![0; want];
        let got = file.read(&mut piece).await.map_err(|error| FileShort(error.kind().to_string()))?;
        if got == 0 {
            return Err(FileShort(format!("{left} bytes are missing")));
        }
        piece.truncate(got);
        Ok(Some((Bytes::from(piece), (file, left - got as u64))))
    }))
}
