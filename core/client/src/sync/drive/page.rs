//! Reads a page of the feed from the bytes of an answer.

use crate::session::{Answer, Failure};
use firebee_domain::code::Code;
use firebee_protocol::{limits::LIMITS, pull::Page};
use std::io::Read;

/// Reads a page, compressed or not. A decoder stops at the limit whatever the header says.
pub(super) fn read(answer: &Answer) -> Result<Page, Failure> {
    let unverified = |_| Failure::of(Code::ServerUnverified);
    let body = &answer.response.body;
    if answer.response.header("content-encoding") != Some("zstd") {
        return serde_json::from_slice(body).map_err(|_| Failure::of(Code::ServerUnverified));
    }
    let limit = u64::from(LIMITS.inflated_bytes_max);
    let mut decoder = zstd::Decoder::new(&body[..]).map_err(unverified)?;
    decoder.window_log_max(23).map_err(unverified)?;
    let mut text = Vec::new();
    decoder.single_frame().take(limit + 1).read_to_end(&mut text).map_err(unverified)?;
    if text.len() as u64 > limit {
        return Err(Failure::of(Code::TooLarge));
    }
    serde_json::from_slice(&text).map_err(|_| Failure::of(Code::ServerUnverified))
}
