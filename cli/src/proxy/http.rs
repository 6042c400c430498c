//! Reads as much of HTTP/1.1 as the proxy needs: begin, kind and end of a message.

use std::io::{self, ErrorKind};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// The most bytes of a head; the server takes less.
const HEAD_BYTES_MAX: usize = 64 * 1024;
const BLOCK_BYTES: usize = 16 * 1024;

/// How long a message's body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// So many bytes; 0 for a message without body.
    Bytes(u64),
    /// In chunks, until the empty one.
    Chunked,
    /// Until the connection ends; only an answer may be so.
    UntilClose,
}

/// The head of a request or an answer.
#[derive(Clone, Debug)]
pub struct Head {
    /// As it was read, the empty line included.
    pub bytes: Vec<u8>,
    /// The three parts of its first line: method, path and version, or version, status and reason.
    start: [String; 3],
    length: Option<Length>,
    /// Whether the sender ends the connection after this message.
    pub closes: bool,
}

impl Head {
    /// Reads a head; `None` when the peer ended the connection before its first byte.
    ///
    /// # Errors
    /// The connection broke, the head is too large, or it is no HTTP/1.1.
    pub async fn read(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        loop {
            let before = bytes.len();
            // The bound holds for a line without end, too.
            let limit = (HEAD_BYTES_MAX - before) as u64 + 1;
            let read = (&mut *from).take(limit).read_until(b'\n', &mut bytes).await?;
            match bytes.get(before..) {
                Some(b"") if before == 0 => return Ok(None),
                _ if read == 0 => return Err(ErrorKind::UnexpectedEof.into()),
                Some(b"\r\n" | b"\n") if before > 0 => return Self::parse(bytes).map(Some),
                _ if bytes.len() > HEAD_BYTES_MAX => return Err(ErrorKind::InvalidData.into()),
                _ => {}
            }
        }
    }

    fn parse(bytes: Vec<u8>) -> io::Result<Self> {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut lines = text.lines();
        let mut words = lines.next().unwrap_or_default().splitn(3, ' ').map(str::to_owned);
        let start = [(); 3].map(|()| words.next().unwrap_or_default());
        let (mut length, mut closes) = (None, false);
        for line in lines {
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            if name.eq_ignore_ascii_case("content-length") {
                length = Some(Length::Bytes(value.parse().map_err(|_| ErrorKind::InvalidData)?));
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                length = Some(Length::Chunked);
            } else if name.eq_ignore_ascii_case("connection") {
                closes = value.eq_ignore_ascii_case("close");
            }
        }
        Ok(Self { bytes, start, length, closes })
    }

    /// The method of a request.
    pub fn method(&self) -> &str {
        let [method, _, _] = &self.start;
        method
    }

    /// The path of a request, without its query.
    pub fn path(&self) -> &str {
        let [_, path, _] = &self.start;
        path.split('?').next().unwrap_or_default()
    }

    /// How long the body of a request is.
    pub fn request_length(&self) -> Length {
        self.length.unwrap_or(Length::Bytes(0))
    }

    /// How long the body of an answer to `method` is.
    pub fn answer_length(&self, method: &str) -> Length {
        let [_, status, _] = &self.start;
        let bodiless = method == "HEAD" || status == "204" || status == "304" || status.starts_with('1');
        if bodiless { Length::Bytes(0) } else { self.length.unwrap_or(Length::UntilClose) }
    }
}

/// Passes a body on, at most `limit` bytes of it as they stand on the wire. Gives how many passed.
///
/// # Errors
/// Either side broke off.
pub async fn relay(
    from: &mut (impl AsyncBufRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    length: Length,
    limit: u64,
) -> io::Result<u64> {
    let passed = match length {
        Length::Bytes(bytes) => stretch(from, to, bytes.min(limit)).await?,
        Length::Chunked => chunks(from, to, limit).await?,
        Length::UntilClose => tokio::io::copy(&mut from.take(limit), to).await?,
    };
    to.flush().await?;
    Ok(passed)
}

async fn stretch(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    bytes: u64,
) -> io::Result<u64> {
    let mut block = vec![0; BLOCK_BYTES];
    let mut passed = 0;
    while passed < bytes {
        let read = (&mut *from).take(bytes - passed).read(&mut block).await?;
        let part = block.get(..read).filter(|part| !part.is_empty()).ok_or(ErrorKind::UnexpectedEof)?;
        to.write_all(part).await?;
        passed += read as u64;
    }
    Ok(passed)
}

/// The sizes pass with the chunks, so that what arrives is what was sent.
async fn chunks(
    from: &mut (impl AsyncBufRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    limit: u64,
) -> io::Result<u64> {
    let mut passed = 0;
    loop {
        let size = line(from).await?;
        passed += stretch(&mut size.as_slice(), to, (size.len() as u64).min(limit - passed)).await?;
        let digits = String::from_utf8_lossy(&size);
        let digits = digits.split(';').next().unwrap_or_default().trim().to_owned();
        let bytes = u64::from_str_radix(&digits, 16).map_err(|_| ErrorKind::InvalidData)?;
        if bytes == 0 {
            break;
        }
        passed += stretch(from, to, bytes.saturating_add(2).min(limit - passed)).await?;
        if passed == limit {
            return Ok(passed);
        }
    }
    loop {
        let trailer = line(from).await?;
        passed += stretch(&mut trailer.as_slice(), to, (trailer.len() as u64).min(limit - passed)).await?;
        if matches!(trailer.as_slice(), b"\r\n" | b"\n") {
            return Ok(passed);
        }
    }
}

async fn line(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let read = from.take(HEAD_BYTES_MAX as u64).read_until(b'\n', &mut line).await?;
    if read == 0 { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn head(text: &str) -> io::Result<Option<Head>> {
        Head::read(&mut text.as_bytes()).await
    }

    #[tokio::test]
    async fn a_request_tells_its_method_its_path_and_its_length() {
        let read =
            head("POST /v1/push?x=1 HTTP/1.1\r\nHost: a\r\ncontent-LENGTH: 12\r\n\r\nbody").await.unwrap().unwrap();
        assert_eq!((read.method(), read.path(), read.request_length()), ("POST", "/v1/push", Length::Bytes(12)));
        assert!(read.bytes.ends_with(b"\r\n\r\n") && !read.closes);
        let read = head("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").await.unwrap().unwrap();
        assert_eq!((read.request_length(), read.closes), (Length::Bytes(0), true));
    }

    #[tokio::test]
    async fn an_answer_without_length_ends_with_its_connection_unless_it_has_no_body() {
        let read = head("HTTP/1.1 200 OK\r\n\r\n").await.unwrap().unwrap();
        assert_eq!(read.answer_length("GET"), Length::UntilClose);
        assert_eq!(read.answer_length("HEAD"), Length::Bytes(0));
        let read = head("HTTP/1.1 204 No Content\r\n\r\n").await.unwrap().unwrap();
        assert_eq!(read.answer_length("PATCH"), Length::Bytes(0));
    }

    #[tokio::test]
    async fn a_head_that_never_ends_or_breaks_off_is_an_error_and_none_at_all_is_the_end() {
        assert!(head("").await.unwrap().is_none());
        assert!(head("GET / HTTP/1.1\r\nHost").await.is_err());
        assert!(head(&"x".repeat(HEAD_BYTES_MAX + 2)).await.is_err());
        assert!(head("GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n").await.is_err());
    }

    #[tokio::test]
    async fn a_body_passes_to_its_end_and_no_further_and_stops_at_the_limit() {
        for (length, body, expected) in [
            (Length::Bytes(4), "bodynext", "body"),
            (
                Length::Chunked,
                "3\r\nabc\r\n1;x\r\nd\r\n0\r\nT: 1\r\n\r\nnext",
                "3\r\nabc\r\n1;x\r\nd\r\n0\r\nT: 1\r\n\r\n",
            ),
            (Length::UntilClose, "all of it", "all of it"),
        ] {
            let mut passed = Vec::new();
            let count = relay(&mut body.as_bytes(), &mut passed, length, u64::MAX).await.unwrap();
            assert_eq!((count, passed), (expected.len() as u64, expected.as_bytes().to_vec()), "{length:?}");
            let mut part = Vec::new();
            assert_eq!(relay(&mut body.as_bytes(), &mut part, length, 3).await.unwrap(), 3, "{length:?}");
            assert_eq!(part, expected.as_bytes()[..3]);
        }
        assert!(relay(&mut &b"bo"[..], &mut Vec::new(), Length::Bytes(4), u64::MAX).await.is_err());
    }
}
