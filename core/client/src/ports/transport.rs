//! The network.

use bytes::Bytes;
use firebee_domain::code::Code;
use std::{path::PathBuf, pin::Pin};

/// A future that a port returns.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The methods that the protocol uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "UPPERCASE")]
pub enum Method {
    /// Read.
    Get,
    /// Ask how far a blob is.
    Head,
    /// Push, claim, create an upload.
    Post,
    /// Ask which extensions the server speaks.
    Options,
    /// A whole blob.
    Put,
    /// A piece of a blob.
    Patch,
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// Bytes in memory.
    Bytes(Bytes),
    /// A stretch of a file, streamed.
    File {
        /// The file.
        path: PathBuf,
        /// The first byte.
        from: u64,
        /// How many bytes; exactly so many are sent, or the request fails.
        len: u64,
    },
}

/// A request to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Path and query, from `/v1`; the transport knows the server.
    pub path: String,
    /// Header fields, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// An answer, of whatever status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Header fields, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Bytes,
}

impl Response {
    /// The first value of a header, asked for in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str())
    }
}

/// No whole answer came. Whether the server acted on the request is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The server could not be reached, or the connection broke.
    #[error("the server cannot be reached: {reason}")]
    Network {
        /// What went wrong, for the log.
        reason: String,
    },
    /// No answer in time.
    #[error("the server did not answer in time")]
    TimedOut,
    /// The answer is larger than any answer of the protocol.
    #[error("the answer is too large")]
    TooLarge,
    /// The file to send could not be read, or is shorter than was said.
    #[error("the file to send cannot be read: {reason}")]
    File {
        /// What went wrong, for the log.
        reason: String,
    },
}

impl TransportError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Network { .. } | Self::TimedOut | Self::TooLarge => Code::NetworkError,
            Self::File { .. } => Code::LostLocal,
        }
    }
}

/// Sends one request and waits for its whole answer.
///
/// Contract: it follows no redirect, decodes no content encoding, keeps no cookies, verifies the server's certificate,
/// and repeats nothing by itself. Every status is an answer, not an error. Dropping the future aborts the request.
pub trait Transport: Send + Sync {
    /// Sends a request.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>>;
}
