//! The address of a PostgreSQL server, as `psql` takes it, with how far its TLS is to be trusted.

use super::authorities;
use rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring::default_provider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use std::{path::PathBuf, sync::Arc};
use tokio_postgres::config::SslMode;

/// How far the TLS of the database server is trusted, as `sslmode` of libpq says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// `disable`, `prefer`, `require`: whoever answers.
    Anybody,
    /// `verify-ca`: whoever a trusted authority has signed, under any name.
    Authority,
    /// `verify-full`: whoever it has signed under the name in the address.
    Name,
}

/// Where the database is, and how to talk with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostgresAddress {
    config: tokio_postgres::Config,
    trust: Trust,
    roots: Option<PathBuf>,
    /// Whether statements have names. A pooler in transaction mode wants them without.
    pub named_statements: bool,
}

/// Why an address cannot be used, as a sentence for the operator. It never holds the password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The text is no connection string.
    #[error("not a PostgreSQL connection string, such as postgres://user:password@host:5432/database ({0})")]
    Malformed(String),
    /// An unknown `sslmode`.
    #[error("sslmode is {0}; it can be disable, prefer, require, verify-ca or verify-full")]
    SslMode(String),
    /// The authorities are named, and nobody is asked for them.
    #[error("sslrootcert has an effect only with sslmode verify-ca or verify-full")]
    RootsUnused,
    /// The file of the authorities cannot be used.
    #[error("the certificates in {} cannot be used: {reason}", path.display())]
    Roots {
        /// The file, or the system's list.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

impl PostgresAddress {
    /// Reads a connection string, `postgres://…` or `host=… dbname=…`, with `sslmode` and `sslrootcert` as in libpq.
    ///
    /// # Errors
    /// See [`AddressError`].
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let (rest, given) = take_tls(text);
        let mut config: tokio_postgres::Config =
            rest.parse().map_err(|error: tokio_postgres::Error| AddressError::Malformed(reason(&error)))?;
        let (mode, trust) = match given.mode.as_deref() {
            Some("disable") => (SslMode::Disable, Trust::Anybody),
            None | Some("prefer") => (SslMode::Prefer, Trust::Anybody),
            Some("require") => (SslMode::Require, Trust::Anybody),
            Some("verify-ca") => (SslMode::Require, Trust::Authority),
            Some("verify-full") => (SslMode::Require, Trust::Name),
            Some(other) => return Err(AddressError::SslMode(other.to_owned())),
        };
        if given.roots.is_some() && trust == Trust::Anybody {
            return Err(AddressError::RootsUnused);
        }
        config.ssl_mode(mode);
        let address = Self { config, trust, roots: given.roots, named_statements: true };
        address.tls()?;
        Ok(address)
    }

    /// What the driver connects with.
    pub(crate) const fn config(&self) -> &tokio_postgres::Config {
        &self.config
    }

    /// Host and port, for sentences.
    pub(crate) fn place(&self) -> String {
        let host = match self.config.get_hosts().first() {
            Some(tokio_postgres::config::Host::Tcp(name)) => name.clone(),
            Some(tokio_postgres::config::Host::Unix(path)) => path.display().to_string(),
            None => "?".to_owned(),
        };
        format!("{host}:{}", self.config.get_ports().first().copied().unwrap_or(5432))
    }

    /// What TLS is done with.
    pub(crate) fn tls(&self) -> Result<ClientConfig, AddressError> {
        let provider = Arc::new(default_provider());
        let verifier: Arc<dyn ServerCertVerifier> = match self.trust {
            Trust::Anybody => Arc::new(Lenient { provider: provider.clone(), authority: None }),
            Trust::Authority => {
                let authority = Some(self.verifier(&provider)?);
                Arc::new(Lenient { provider: provider.clone(), authority })
            }
            Trust::Name => self.verifier(&provider)?,
        };
        let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = builder.map_err(|error| AddressError::Malformed(error.to_string()))?;
        Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
    }

    fn verifier(&self, provider: &Arc<CryptoProvider>) -> Result<Arc<WebPkiServerVerifier>, AddressError> {
        let path = self.roots.clone().unwrap_or_else(|| "the system's list".into());
        let wrong = |reason: String| AddressError::Roots { path: path.clone(), reason };
        let mut roots = RootCertStore::empty();
        let found = match &self.roots {
            Some(file) => authorities::read(file).map_err(wrong)?,
            None => rustls_native_certs::load_native_certs().certs,
        };
        roots.add_parsable_certificates(found);
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
        verifier.map_err(|error| wrong(error.to_string()))
    }
}

impl From<tokio_postgres::Config> for PostgresAddress {
    /// An address whose TLS, if there is any, is anybody's.
    fn from(config: tokio_postgres::Config) -> Self {
        Self { config, trust: Trust::Anybody, roots: None, named_statements: true }
    }
}

fn reason(error: &tokio_postgres::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

/// What a connection string says of TLS beyond what the driver reads.
#[derive(Default)]
struct Given {
    mode: Option<String>,
    roots: Option<PathBuf>,
}

/// Takes `sslmode` and `sslrootcert` out of a connection string of either form.
fn take_tls(text: &str) -> (String, Given) {
    let (mut given, is_url) = (Given::default(), text.contains("://"));
    let mut keep = |pair: &&str| match pair.split_once('=') {
        Some(("sslmode", mode)) => {
            given.mode = Some(mode.trim_matches('\'').to_owned());
            false
        }
        Some(("sslrootcert", path)) => {
            // Only an address is percent-encoded; in a list of words a percent sign stands for itself.
            given.roots = Some(match is_url {
                true => percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned().into(),
                false => path.trim_matches('\'').into(),
            });
            false
        }
        _ => true,
    };
    let rest = if is_url {
        let (base, query) = text.split_once('?').unwrap_or((text, ""));
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).filter(|pair| keep(pair)).collect();
        if kept.is_empty() { base.to_owned() } else { format!("{base}?{}", kept.join("&")) }
    } else {
        // A quoted value may hold blanks; only words that begin as the two keys do are taken.
        let kept: Vec<&str> = text.split(' ').filter(|pair| keep(pair)).collect();
        kept.join(" ")
    };
    (rest, given)
}

/// Takes a certificate under any name: of a trusted authority, or of anybody. The handshake is checked all the same.
#[derive(Debug)]
struct Lenient {
    provider: Arc<CryptoProvider>,
    authority: Option<Arc<WebPkiServerVerifier>>,
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        use rustls::CertificateError::{NotValidForName, NotValidForNameContext};
        let Some(authority) = &self.authority else { return Ok(ServerCertVerified::assertion()) };
        match authority.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            Err(rustls::Error::InvalidCertificate(NotValidForName | NotValidForNameContext { .. })) => {
                Ok(ServerCertVerified::assertion())
            }
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_how_far_the_server_is_trusted() {
        let trust =
            |text: &str| PostgresAddress::parse(text).map(|address| (address.config.get_ssl_mode(), address.trust));
        for base in ["postgres://ma@db.example/firebee?sslmode=", "host=db.example user=ma dbname=firebee sslmode="] {
            let of = |mode: &str| trust(&format!("{base}{mode}")).unwrap();
            assert_eq!(of("disable"), (SslMode::Disable, Trust::Anybody));
            assert_eq!(of("require"), (SslMode::Require, Trust::Anybody));
        }
        assert_eq!(trust("postgres://ma@db.example/firebee").unwrap(), (SslMode::Prefer, Trust::Anybody));
        assert_eq!(trust("host=db.example sslmode=often").unwrap_err(), AddressError::SslMode("often".to_owned()));
        assert_eq!(trust("host=db.example sslrootcert=/x sslmode=require").unwrap_err(), AddressError::RootsUnused);
        let missing = trust("host=db.example sslmode=verify-full sslrootcert=/no/such/file").unwrap_err().to_string();
        assert!(missing.starts_with("the certificates in /no/such/file cannot be used: "), "{missing}");
        for (address, file) in [
            ("host=db.example sslmode=verify-full sslrootcert=/no/50%20/file", "/no/50%20/file"),
            ("postgres://db.example/firebee?sslmode=verify-full&sslrootcert=/no/50%20/file", "/no/50 /file"),
        ] {
            let missing = trust(address).unwrap_err().to_string();
            assert!(missing.starts_with(&format!("the certificates in {file} cannot be used: ")), "{missing}");
        }
        let unread = trust("postgres://ma:secret@db.example:port/firebee").unwrap_err().to_string();
        assert!(unread.starts_with("not a PostgreSQL connection string") && !unread.contains("secret"), "{unread}");
    }
}
