//! `Range` of a read: one stretch of the bytes, so that whoever lost the link goes on where it broke.

use axum::http::{HeaderMap, HeaderValue, header};
use std::ops::Range;

/// The stretch that a request asks for, within a blob of `len` bytes: `bytes=<first>-<last>` or `bytes=<first>-`. `None` is
/// the whole blob, also for a range that leads nowhere or is written in another way: a server may leave a range out of
/// account (RFC 9110).
pub(super) fn wanted(headers: &HeaderMap, len: u64) -> Option<Range<u64>> {
    let text = headers.get(header::RANGE)?.to_str().ok()?;
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let end = if last.is_empty() { len } else { number(last)?.saturating_add(1).min(len) };
    let first = number(first)?;
    (first < end).then_some(first..end)
}

fn number(digits: &str) -> Option<u64> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

/// Says which stretch of how many bytes an answer holds.
pub(super) fn mark(headers: &mut HeaderMap, stretch: &Range<u64>, len: u64) {
    let last = stretch.end.saturating_sub(1);
    if let Ok(value) = HeaderValue::from_str(&format!("bytes {}-{last}/{len}", stretch.start)) {
        headers.insert(header::CONTENT_RANGE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: &'static str) -> Option<Range<u64>> {
        wanted(&HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(range))]), 100)
    }

    #[test]
    fn one_stretch_is_given_and_ends_where_the_blob_ends() {
        assert_eq!(of("bytes=0-9"), Some(0..10));
        assert_eq!(of("bytes=90-"), Some(90..100));
        assert_eq!(of("bytes=90-18446744073709551615"), Some(90..100));
    }

    #[test]
    fn anything_else_gives_the_whole_blob() {
        for range in
            ["bytes=100-", "bytes=9-3", "bytes=-5", "bytes=0-1,4-5", "bytes=+1-2", "lines=0-1", "bytes=a-b", ""]
        {
            assert_eq!(of(range), None, "{range}");
        }
        assert_eq!(wanted(&HeaderMap::new(), 100), None);
    }
}
