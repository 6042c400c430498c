//! The real network: reqwest over rustls, behind [`Transport`].
//!
//! Certificates are verified against Mozilla's roots and those of the configuration; the cryptography is ring's. The
//! client follows no redirect and decodes no content encoding, so that a captive portal is recognised. It stops reading
//! an answer above the protocol's largest size.

mod body;
mod pulse;
mod tls;

use crate::ports::{Body, BoxFuture, Method, Request, Response, Transport, TransportError};
use bytes::{Bytes, BytesMut};
use firebee_domain::code::Code;
use pulse::Pulse;
use reqwest::{Client, Proxy, redirect::Policy};
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// How the server is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpConfig {
    /// Scheme, host and port, such as `https://sync.example.com`; a path before `/v1` is kept.
    pub server_url: String,
    /// Further root certificates, DER, such as a firm's own.
    pub extra_roots: Vec<Vec<u8>>,
    /// A proxy's address; the environment's proxies are never used.
    pub proxy: Option<String>,
    /// For making a connection.
    pub connect_timeout: Duration,
    /// The longest silence in the middle of a request or an answer, while no byte moves.
    pub silence_timeout: Duration,
    /// For a whole request: 30 MiB over a slow link within it.
    pub total_timeout: Duration,
}

impl HttpConfig {
    /// The usual times, no proxy, no further roots.
    pub fn to(server_url: impl Into<String>) -> Self {
        Self {
            server_url: server_url.into(),
            extra_roots: Vec::new(),
            proxy: None,
            connect_timeout: Duration::from_secs(10),
            silence_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_secs(300),
        }
    }
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HttpConfigError {
    /// Not `https://…` or `http://…` with a host.
    #[error("the server's address cannot be read")]
    ServerUrl,
    /// A further root is not a certificate.
    #[error("an extra root certificate cannot be used")]
    Root,
    /// Anything else, such as a proxy's address.
    #[error("the connection cannot be set up")]
    Client(#[source] reqwest::Error),
}

impl HttpConfigError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        Code::ServerAddressInvalid
    }
}

/// One connection pool to one server.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    base: String,
    client: Client,
    silence_max: Duration,
}

/// The largest body that is read.
const ANSWER_BYTES_MAX: usize = 16 << 20;

impl HttpTransport {
    /// Sets the pool up; connects to nothing yet.
    ///
    /// # Errors
    /// The configuration cannot be used.
    pub fn new(config: &HttpConfig) -> Result<Self, HttpConfigError> {
        let url = reqwest::Url::parse(&config.server_url).map_err(|_| HttpConfigError::ServerUrl)?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() || url.query().is_some() {
            return Err(HttpConfigError::ServerUrl);
        }
        let mut builder = Client::builder()
            .tls_backend_preconfigured(tls::config(&config.extra_roots)?)
            .user_agent(concat!("firebee/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(config.connect_timeout)
            .timeout(config.total_timeout)
            .tcp_nodelay(true)
            .pool_max_idle_per_host(3)
            .no_proxy();
        if let Some(proxy) = &config.proxy {
            builder = builder.proxy(Proxy::all(proxy).map_err(HttpConfigError::Client)?);
        }
        let client = builder.build().map_err(HttpConfigError::Client)?;
        let base = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { base, client, silence_max: config.silence_timeout })
    }

    async fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Head => reqwest::Method::HEAD,
            Method::Post => reqwest::Method::POST,
            Method::Options => reqwest::Method::OPTIONS,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
        };
        let mut builder = self.client.request(method, format!("{}{}", self.base, request.path));
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        // The read time-out of reqwest would run from the first byte of the request, even while the request is still
        // being sent.
        let pulse = Arc::new(Pulse::new(self.silence_max));
        builder = match request.body {
            // A POST without a body says so, for servers and proxies that wait for a length.
            Body::Empty if matches!(request.method, Method::Post | Method::Put | Method::Patch) => {
                builder.header("content-length", "0")
            }
            Body::Empty => builder,
            Body::Bytes(bytes) => {
                let len = bytes.len();
                let pieces = body::bytes(bytes, Arc::clone(&pulse));
                builder.header("content-length", len).body(reqwest::Body::wrap_stream(pieces))
            }
            Body::File { path, from, len } => {
                let stretch = body::file(&path, from, len, Arc::clone(&pulse)).await?;
                builder.header("content-length", len).body(reqwest::Body::wrap_stream(stretch))
            }
        };
        let answer = tokio::select! {
            answer = builder.send() => answer.map_err(lost)?,
            () = pulse.stopped() => return Err(TransportError::TimedOut),
        };
        read(answer, self.silence_max).await
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

async fn read(mut answer: reqwest::Response, silence_max: Duration) -> Result<Response, TransportError> {
    let status = answer.status().as_u16();
    let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = answer.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let mut body = BytesMut::new();
    let next = async |answer: &mut reqwest::Response| {
        let chunk = timeout(silence_max, answer.chunk()).await;
        chunk.map_err(|_| TransportError::TimedOut)?.map_err(lost)
    };
    while let Some(chunk) = next(&mut answer).await? {
        if body.len().saturating_add(chunk.len()) > ANSWER_BYTES_MAX {
            return Err(TransportError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Response { status, headers, body: Bytes::from(body) })
}

/// The URL is removed from the error's text, because it may contain a cursor or the id of a blob.
fn lost(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        return TransportError::TimedOut;
    }
    let mut source: Option<&dyn std::error::Error> = std::error::Error::source(&error);
    let mut reason = String::from("the connection broke");
    while let Some(cause) = source {
        if let Some(file) = cause.downcast_ref::<body::FileShort>() {
            return TransportError::File { reason: file.to_string() };
        }
        reason = cause.to_string();
        source = cause.source();
    }
    TransportError::Network { reason }
}

#[cfg(test)]
mod tests;
