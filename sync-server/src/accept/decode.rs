//! Decodes a request body into its frame and lines. The size is bounded, whatever the headers claim.

use super::PushError;
use crate::store::{UnpackError, unpack_within};
use bytes::Bytes;
use firebee_protocol::{json, limits::LIMITS, push::Frame};

/// How a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Uncompressed.
    Identity,
    /// One zstd frame, no dictionary, window ≤ 8 MiB.
    Zstd,
}

/// The frame and the lines of a body. Nothing is judged yet.
pub(super) struct Body {
    pub(super) frame: Frame,
    /// The lines without their line feeds.
    pub(super) lines: Vec<Bytes>,
    /// The body as it came, if it came as a zstd frame.
    pub(super) packed: Option<Bytes>,
}

/// Whole numbers stay below this (protocol, "Values").
const SEQ_END: u64 = 1 << 53;

const fn malformed(reason: &'static str) -> PushError {
    PushError::MalformedFrame { reason }
}

/// Unpacks, reads the frame and counts the lines.
pub(super) fn decode(body: &Bytes, encoding: Encoding) -> Result<Body, PushError> {
    let wire_len = body.len();
    let inflated = match encoding {
        Encoding::Identity => body.clone(),
        Encoding::Zstd => inflate(body)?,
    };
    if inflated.len() > LIMITS.inflated_bytes_max as usize {
        return Err(PushError::TooLarge);
    }
    let (frame, facts) = split_line(&inflated).ok_or(malformed("no line ends"))?;
    let frame = read_frame(&frame)?;
    // A push of one fact is always accepted, because a server may have lowered its limits by mistake after the fact was
    // captured.
    if frame.count > 1 && (frame.count > LIMITS.facts_max || wire_len > LIMITS.wire_bytes_max as usize) {
        return Err(PushError::TooLarge);
    }
    let mut lines = Vec::with_capacity(frame.count as usize);
    let mut rest = facts;
    while let Some((line, after)) = split_line(&rest) {
        lines.push(line);
        rest = after;
        if lines.len() > frame.count as usize {
            return Err(malformed("more lines than counted"));
        }
    }
    if !rest.is_empty() {
        return Err(malformed("the last line has no end"));
    }
    if lines.len() != frame.count as usize {
        return Err(malformed("fewer lines than counted"));
    }
    let packed = (encoding == Encoding::Zstd).then(|| body.clone());
    Ok(Body { frame, lines, packed })
}

fn split_line(bytes: &Bytes) -> Option<(Bytes, Bytes)> {
    let end = memchr::memchr(b'\n', bytes)?;
    let mut line = bytes.clone();
    let rest = line.split_off(end + 1);
    line.truncate(end);
    Some((line, rest))
}

fn read_frame(line: &[u8]) -> Result<Frame, PushError> {
    json::check(line).map_err(|_| malformed("not strict JSON"))?;
    let frame: Frame = serde_json::from_slice(line).map_err(|_| malformed("not a frame"))?;
    if frame.v != 1 || frame.count == 0 || frame.first_seq == 0 {
        return Err(malformed("a number that no frame has"));
    }
    let end = frame.first_seq.checked_add(u64::from(frame.count));
    if end.is_none_or(|end| end > SEQ_END) || frame.head.seq >= SEQ_END {
        return Err(malformed("a seq that no store reaches"));
    }
    if end.is_some_and(|end| frame.head.seq < end - 1) {
        return Err(malformed("a head below the last line"));
    }
    Ok(frame)
}

/// Unpacks one zstd frame, up to the limit.
fn inflate(body: &[u8]) -> Result<Bytes, PushError> {
    unpack_within(body, u64::from(LIMITS.inflated_bytes_max)).map(Into::into).map_err(|error| match error {
        UnpackError::Broken => malformed("not a zstd frame"),
        UnpackError::TooLarge => PushError::TooLarge,
        UnpackError::Trailing => malformed("bytes after the zstd frame"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::code::Code;

    const FRAME: &str = r#"{"v":1,"store_id":"0190f3c4-0000-7000-8000-000000000001","epoch":1,"first_seq":1,"count":2,"head":{"seq":2,"chain":"0000000000000000000000000000000000000000000000000000000000000000"},"sig":null}"#;

    fn read(text: &str) -> Result<Vec<String>, Code> {
        let body = decode(&Bytes::from(text.to_owned()), Encoding::Identity);
        let texts = |body: Body| body.lines.iter().map(|line| String::from_utf8(line.to_vec()).unwrap()).collect();
        body.map(texts).map_err(|error| error.code())
    }

    #[test]
    fn a_body_is_a_frame_and_as_many_whole_lines_as_it_counts() {
        assert_eq!(read(&format!("{FRAME}\na\n\n")), Ok(vec!["a".into(), String::new()]));
        for bad in [
            format!("{FRAME}\na\n"),
            format!("{FRAME}\na\nb\nc\n"),
            format!("{FRAME}\na\nb"),
            FRAME.to_owned(),
            String::new(),
            "{}\na\nb\n".to_owned(),
            format!("{}\na\nb\n", FRAME.replace("\"v\":1", "\"v\":1,\"v\":1")),
            format!("{}\na\nb\n", FRAME.replace("\"first_seq\":1", "\"first_seq\":0")),
            format!("{}\na\nb\n", FRAME.replace("\"first_seq\":1", "\"first_seq\":9007199254740991")),
        ] {
            assert_eq!(read(&bad), Err(Code::MalformedFrame), "{bad}");
        }
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit_whatever_its_header_says() {
        let pack = |bytes: &[u8]| Bytes::from(zstd::encode_all(bytes, 3).unwrap());
        let good = pack(format!("{FRAME}\na\nb\n").as_bytes());
        assert_eq!(decode(&good, Encoding::Zstd).map(|body| body.lines.len()).ok(), Some(2));
        let bomb = pack(&vec![b'a'; 64 << 20]);
        assert_eq!(decode(&bomb, Encoding::Zstd).err().map(|error| error.code()), Some(Code::TooLarge));
        let twice = Bytes::from([good.as_ref(), good.as_ref()].concat());
        assert_eq!(decode(&twice, Encoding::Zstd).err().map(|error| error.code()), Some(Code::MalformedFrame));
        let cut = good.slice(..good.len() - 3);
        assert_eq!(decode(&cut, Encoding::Zstd).err().map(|error| error.code()), Some(Code::MalformedFrame));
    }

    #[test]
    fn too_many_facts_are_too_large_and_one_fact_may_be_as_large_as_a_body() {
        let many = format!(
            "{}\n{}",
            FRAME.replace("\"count\":2", "\"count\":501").replace("{\"seq\":2", "{\"seq\":501"),
            "a\n".repeat(501)
        );
        assert_eq!(read(&many), Err(Code::TooLarge));
        let one = format!("{}\n{}\n", FRAME.replace("\"count\":2", "\"count\":1"), "a".repeat(7 << 20));
        assert_eq!(read(&one).map(|lines| lines.len()), Ok(1));
        let over = format!("{}\n{}\n", FRAME.replace("\"count\":2", "\"count\":1"), "a".repeat(8 << 20));
        assert_eq!(read(&over), Err(Code::TooLarge));
    }
}
