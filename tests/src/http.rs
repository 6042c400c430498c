//! A client that sends exactly the bytes it is told to, however wrong they are.
#![expect(clippy::expect_used, reason = "a test without its server must fail, loudly")]

use firebee_protocol::problem::Problem;
use std::net::{IpAddr, SocketAddr};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
};

/// A request, as raw as it goes.
#[derive(Clone, Debug, Default)]
pub struct Raw {
    /// The method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Header fields beside `Host`, `Connection` and, unless it is given, `Content-Length`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Header fields, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Raw {
    /// A request without body.
    pub fn new(method: &str, path: &str) -> Self {
        Self { method: method.into(), path: path.into(), ..Self::default() }
    }

    /// With a header field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// With a body of a type.
    #[must_use]
    pub fn body(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.with("content-type", media_type)
    }

    /// The bytes on the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let given = |name: &str| self.headers.iter().any(|(held, _)| held.eq_ignore_ascii_case(name));
        let mut head = format!("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !given("content-length") && !given("transfer-encoding") && (!self.body.is_empty() || self.method != "GET") {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        [head.as_bytes(), b"\r\n", &self.body].concat()
    }

    /// Sends it on a connection of its own and reads the whole answer.
    ///
    /// # Panics
    /// If no answer comes: a server that closes on bad input is a finding, not an answer.
    pub async fn send(&self, to: SocketAddr) -> Answer {
        self.over(TcpStream::connect(to).await.expect("the server listens")).await
    }

    /// As [`Raw::send`], from an address of this machine: all of 127.0.0.0/8 are.
    ///
    /// # Panics
    /// As [`Raw::send`].
    pub async fn send_from(&self, from: IpAddr, to: SocketAddr) -> Answer {
        let socket = if from.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }.expect("a socket");
        socket.bind(SocketAddr::new(from, 0)).expect("an address of this machine");
        self.over(socket.connect(to).await.expect("the server listens")).await
    }

    async fn over(&self, mut stream: TcpStream) -> Answer {
        let (bytes, mut read) = (self.to_bytes(), Vec::new());
        // A server may answer and close before it has read a body that is too large.
        let (mut from, mut into) = stream.split();
        let sent = into.write_all(&bytes);
        let received = from.read_to_end(&mut read);
        let (_, received) = tokio::join!(sent, received);
        Answer::parse(&read, self.method == "HEAD").unwrap_or_else(|| {
            unreachable!("no answer to {} {}: {received:?}, {} bytes", self.method, self.path, read.len())
        })
    }
}

impl Answer {
    fn parse(bytes: &[u8], bodiless: bool) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let (head, rest) = bytes.split_at_checked(end + 4)?;
        let head = String::from_utf8_lossy(head).into_owned();
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let mut answer = Self { status, headers, body: rest.to_vec() };
        if answer.header("transfer-encoding") == Some("chunked") {
            answer.body = unchunk(rest)?;
        } else if let Some(length) = answer.header("content-length").filter(|_| !bodiless) {
            // A body that breaks off is no answer.
            answer.body = rest.get(..length.parse().ok()?)?.to_vec();
        }
        Some(answer)
    }

    /// The first value of a header field, asked for in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str())
    }

    /// The problem that it tells.
    ///
    /// # Panics
    /// If it is none, or lacks one of its two sentences.
    pub fn problem(&self) -> Problem {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let problem: Problem = serde_json::from_slice(&self.body).expect("a problem");
        assert_eq!(problem.status, self.status);
        assert!(!problem.title.is_ascii(), "no Chinese sentence: {problem:?}");
        assert!(problem.title_en.is_ascii() && problem.title_en.contains(' '), "no English sentence: {problem:?}");
        problem
    }
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(rest.get(..end)?).ok()?.trim(), 16).ok()?;
        let from = end + 2;
        body.extend_from_slice(rest.get(from..from + size)?);
        if size == 0 {
            return Some(body);
        }
        rest = rest.get(from + size + 2..)?;
    }
}
