//! One POST to an address outside: resolved first, private networks refused, connected to what was resolved, no redirect,
//! bounded in time and bytes.

use crate::config::Config;
use bytes::Bytes;
use firebee_domain::webhook::{Address, AddressError, Unsent, is_public};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Request,
    client::conn::http1,
    header::{CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use rustls::{CertificateError, ClientConfig, RootCertStore, pki_types::ServerName};
use std::{pin::pin, sync::Arc, time::Duration};
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

/// Sends to addresses outside. Cloning is cheap.
#[derive(Clone)]
pub struct Client {
    tls: TlsConnector,
    /// Hosts that may be private and without TLS.
    allowed: Arc<[String]>,
}

impl Client {
    /// Trusts the authorities of the system and those of the settings, and lets the hosts of the settings be private.
    pub fn new(config: &Config) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots.add_parsable_certificates(config.webhook_authorities.iter().cloned());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let tls = tls.map_or_else(
            |_| unreachable!("ring speaks the versions that rustls has"),
            |tls| tls.with_root_certificates(roots).with_no_client_auth(),
        );
        Self { tls: TlsConnector::from(Arc::new(tls)), allowed: config.webhook_hosts.as_slice().into() }
    }

    /// Sends a body of JSON with these headers.
    ///
    /// # Errors
    /// See [`Unsent`].
    pub async fn post(
        &self,
        address: &Address,
        headers: &[(&'static str, String)],
        body: Bytes,
    ) -> Result<Answer, Unsent> {
        let attempt = self.attempt(address, headers, body);
        timeout(ATTEMPT_MAX, attempt).await.unwrap_or(Err(Unsent::TimedOut))
    }

    async fn attempt(
        &self,
        address: &Address,
        headers: &[(&'static str, String)],
        body: Bytes,
    ) -> Result<Answer, Unsent> {
        let stream = self.connect(address).await?;
        let mut request = Request::post(address.path())
            .header(HOST, address.authority())
            .header(USER_AGENT, concat!("Firebee/", env!("CARGO_PKG_VERSION")))
            .header(CONTENT_TYPE, "application/json; charset=utf-8");
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(body)).map_err(|_| Unsent::Malformed)?;
        if !address.tls() {
            return ask(stream, request).await;
        }
        let name = ServerName::try_from(address.host().to_owned()).map_err(|_| Unsent::HostUnknown)?;
        let stream = self.tls.connect(name, stream).await.map_err(|error| not_met(&error))?;
        ask(stream, request).await
    }

    /// Connects to the host as it is resolved now: what was checked is what is connected to.
    async fn connect(&self, address: &Address) -> Result<TcpStream, Unsent> {
        let is_allowed = self.allowed.iter().any(|host| host == address.host());
        address.clone().check(|_| is_allowed).map_err(|error| match error {
            AddressError::Malformed => Unsent::HostUnknown,
            AddressError::Insecure | AddressError::Private => Unsent::HostRefused,
        })?;
        let found = lookup_host((address.host(), address.port())).await.map_err(|_| Unsent::HostUnknown)?;
        let found: Vec<_> = found.collect();
        if found.is_empty() {
            return Err(Unsent::HostUnknown);
        }
        let mut last = Unsent::HostRefused;
        // One private address among several makes the others no better: each is looked at alone.
        for place in found.into_iter().filter(|place| is_allowed || is_public(place.ip())) {
            match TcpStream::connect(place).await {
                Ok(stream) => return Ok(stream),
                Err(_) => last = Unsent::Silent,
            }
        }
        Err(last)
    }
}

/// Why the two did not come to talk over TLS.
fn not_met(error: &std::io::Error) -> Unsent {
    match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(rustls::Error::InvalidCertificate(wrong)) => match wrong {
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => Unsent::CertificateExpired,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Unsent::CertificateOfAnother
            }
            _ => Unsent::CertificateUntrusted,
        },
        Some(_) => Unsent::Malformed,
        None => Unsent::Silent,
    }
}

/// Asks over a connection of its own, and reads the beginning of the answer.
async fn ask<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answer, Unsent>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| Unsent::Malformed)?;
    let answered = async {
        let answer = sender.send_request(request).await.map_err(|_| Unsent::Malformed)?;
        let status = answer.status().as_u16();
        let asked = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        // A long answer is an answer; what it says is not needed then.
        let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX).collect().await;
        let body = body.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        Ok(Answer { status, retry_after_s: asked, body })
    };
    // No task of its own drives the connection: it ends with the attempt, however that ends.
    let mut answered = pin!(answered);
    tokio::select! {
        answered = &mut answered => return answered,
        // What came before the other side hung up is still there.
        _ = connection => {}
    }
    answered.await
}
