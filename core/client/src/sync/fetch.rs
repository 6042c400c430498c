//! Fetches a file that somebody wants to look at now. It comes in pieces, so that a broken link costs one piece.

use super::inner::Inner;
use crate::{
    evidence::fetched::{Here, KeepError},
    ports::{Body, Method, Request, Response},
    session::Failure,
};
use firebee_domain::{code::Code, id::ContentId};
use firebee_protocol::limits::LIMITS;
use std::path::PathBuf;

/// Bytes of the first piece. A piece that passes doubles the next one.
const PIECE_BYTES: u64 = 256 << 10;
/// Bytes of the smallest piece, for a link that lets no larger one pass.
const PIECE_BYTES_MIN: u64 = 16 << 10;
/// Bytes of the largest piece: so much is held in memory.
const PIECE_BYTES_MAX: u64 = 1 << 20;

/// Gives the file of a blob, fetched from the server where it is not here. Dropping the future ends it; what came stays
/// until the app ends.
///
/// # Errors
/// `not_found` where the server lacks it or the account may not see it; no answer; no room on the phone.
pub(super) async fn fetch(inner: &Inner, id: ContentId) -> Result<PathBuf, Failure> {
    let mut piece = PIECE_BYTES;
    loop {
        // Callers take turns piece by piece: a small picture does not wait for a large one.
        let _turn = inner.fetching_blobs.lock().await;
        let core = inner.core.clone();
        let here = Inner::blocking(move || core.fetched.here(id).map_err(|error| KeepError::from(error).into()));
        let from = match here.await? {
            Here::Whole(path) => return Ok(path),
            Here::Part(from) => from,
        };
        match one(inner, id, from, piece).await {
            Ok(()) => piece = (piece * 2).min(PIECE_BYTES_MAX),
            Err(failure) if is_cut(&failure) && piece > PIECE_BYTES_MIN => piece = (piece / 4).max(PIECE_BYTES_MIN),
            Err(failure) => return Err(failure),
        }
    }
}

/// Whether a smaller piece may pass: the link broke, and the phone did not wait in vain.
fn is_cut(failure: &Failure) -> bool {
    failure.code == Code::NetworkError && !failure.timed_out
}

/// Fetches one piece.
async fn one(inner: &Inner, id: ContentId, from: u64, piece: u64) -> Result<(), Failure> {
    let last = from.saturating_add(piece).saturating_sub(1);
    let headers = vec![("range".to_owned(), format!("bytes={from}-{last}"))];
    let path = format!("/v1/blobs/{id}");
    let answer = inner.server.ask(Request { method: Method::Get, path, headers, body: Body::Empty }).await?;
    let (from, total) = place(&answer.response, from).ok_or_else(|| Failure::of(Code::ServerUnverified))?;
    let (core, bytes) = (inner.core.clone(), answer.response.body);
    Inner::blocking(move || Ok(core.fetched.keep(id, from, total, &bytes)?)).await
}

/// Where the bytes of an answer begin, and how many the whole file has. `None` for an answer that does not fit what was
/// asked. A server that knows no ranges gives the whole file.
fn place(answer: &Response, from: u64) -> Option<(u64, u64)> {
    let len = u64::try_from(answer.body.len()).ok().filter(|len| *len > 0)?;
    if answer.status != 206 {
        return Some((0, len));
    }
    let (stretch, total) = answer.header("content-range")?.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = stretch.split_once('-')?;
    let (first, last, total): (u64, u64, u64) = (first.parse().ok()?, last.parse().ok()?, total.parse().ok()?);
    let fits = first == from && last.checked_sub(first)?.checked_add(1)? == len && last < total;
    (fits && total <= LIMITS.blob_bytes_max.into()).then_some((from, total))
}

impl From<KeepError> for Failure {
    fn from(error: KeepError) -> Self {
        Self::of(error.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn told(status: u16, range: &str, body: &'static [u8]) -> Option<(u64, u64)> {
        let headers = vec![("content-range".to_owned(), range.to_owned())];
        place(&Response { status, headers, body: Bytes::from_static(body) }, 4)
    }

    #[test]
    fn a_piece_counts_only_where_it_was_asked_for() {
        assert_eq!(told(206, "bytes 4-6/9", b"abc"), Some((4, 9)));
        assert_eq!(told(200, "", b"abc"), Some((0, 3)), "the whole file");
        for range in ["bytes 3-5/9", "bytes 4-7/9", "bytes 4-6/6", "bytes 4-6/*", "bytes 4-6/99999999999", "4-6/9", ""]
        {
            assert_eq!(told(206, range, b"abc"), None, "{range}");
        }
        assert_eq!(told(206, "bytes 4-3/9", b""), None);
        assert_eq!(told(200, "", b""), None);
    }
}
