//! One POST to an address outside: resolved first, private networks refused, connected to what was resolved, no redirect,
//! bounded in time and bytes.

use bytes::Bytes;
use firebee_domain::webhook::{Address, AddressError, is_public};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Request,
    client::conn::http1,
    header::{CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::TlsConnector;

/// How long a message may take, from the question where the host is to the last byte of the answer.
const ATTEMPT_MAX: Duration = Duration::from_secs(15);

/// Bytes of an answer that are read at most.
const ANSWER_BYTES_MAX: usize = 16 << 10;

/// What a receiver says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// In how many seconds it wants to be asked again.
    pub retry_after_s: Option<u32>,
    /// What it says, as far as it is read.
    pub body: Bytes,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum SendError {
    /// Nobody knows the host.
    #[error("the host cannot be found")]
    HostUnknown,
    /// The host lies in a private network, or the address is not `https`.
    #[error("the operator does not allow this host")]
    HostRefused,
    /// Nobody answers there.
    #[error("nobody answers there")]
    Silent,
    /// The certificate is not trusted.
    #[error("the certificate is not trusted")]
    Untrusted,
    /// It took too long.
    #[error("it took too long")]
    TimedOut,
    /// What came is no answer, or too long.
    #[error("what came is no answer")]
    Malformed,
}

/// Sends to addresses outside. Cloning is cheap.
#[derive(Clone)]
pub struct Client {
    tls: TlsConnector,
    /// Hosts that may be private and without TLS.
    allowed: Arc<[String]>,
}

impl Client {
    /// Trusts the certificates of the system, and lets these hosts be private.
    pub fn new(allowed: &[String]) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        Self::trusting(roots, allowed)
    }

    /// Trusts these certificates.
    pub fn trusting(roots: RootCertStore, allowed: &[String]) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.map_or_else(
            |_| unreachable!("ring speaks the versions that rustls has"),
            |config| config.with_root_certificates(roots).with_no_client_auth(),
        );
        Self { tls: TlsConnector::from(Arc::new(config)), allowed: allowed.into() }
    }

    /// Sends a body of JSON with these headers.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn post(
        &self,
        address: &Address,
        headers: &[(&'static str, String)],
        body: Bytes,
    ) -> Result<Answer, SendError> {
        let attempt = self.attempt(address, headers, body);
        timeout(ATTEMPT_MAX, attempt).await.unwrap_or(Err(SendError::TimedOut))
    }

    async fn attempt(
        &self,
        address: &Address,
        headers: &[(&'static str, String)],
        body: Bytes,
    ) -> Result<Answer, SendError> {
        let stream = self.connect(address).await?;
        let mut request = Request::post(address.path())
            .header(HOST, address.authority())
            .header(USER_AGENT, concat!("Firebee/", env!("CARGO_PKG_VERSION")))
            .header(CONTENT_TYPE, "application/json; charset=utf-8");
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(body)).map_err(|_| SendError::Malformed)?;
        if !address.tls() {
            return ask(stream, request).await;
        }
        let name = ServerName::try_from(address.host().to_owned()).map_err(|_| SendError::HostUnknown)?;
        let stream = self.tls.connect(name, stream).await.map_err(|_| SendError::Untrusted)?;
        ask(stream, request).await
    }

    /// Connects to the host as it is resolved now: what was checked is what is connected to.
    async fn connect(&self, address: &Address) -> Result<TcpStream, SendError> {
        let is_allowed = self.allowed.iter().any(|host| host == address.host());
        address.clone().check(|_| is_allowed).map_err(|error| match error {
            AddressError::Malformed => SendError::HostUnknown,
            AddressError::Insecure | AddressError::Private => SendError::HostRefused,
        })?;
        let found = lookup_host((address.host(), address.port())).await.map_err(|_| SendError::HostUnknown)?;
        let found: Vec<_> = found.collect();
        if found.is_empty() {
            return Err(SendError::HostUnknown);
        }
        let mut last = SendError::HostRefused;
        // One private address among several makes the others no better: each is looked at alone.
        for place in found.into_iter().filter(|place| is_allowed || is_public(place.ip())) {
            match TcpStream::connect(place).await {
                Ok(stream) => return Ok(stream),
                Err(_) => last = SendError::Silent,
            }
        }
        Err(last)
    }
}

/// Asks over a connection of its own, and reads the beginning of the answer.
async fn ask<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answer, SendError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| SendError::Malformed)?;
    let connection = tokio::spawn(connection);
    let answered = async {
        let answer = sender.send_request(request).await.map_err(|_| SendError::Malformed)?;
        let status = answer.status().as_u16();
        let asked = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        // A long answer is an answer; what it says is not needed then.
        let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX).collect().await;
        let body = body.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        Ok(Answer { status, retry_after_s: asked, body })
    };
    let answered = answered.await;
    connection.abort();
    answered
}
