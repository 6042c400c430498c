//! Which certificates are believed.

use super::HttpConfigError;
use rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::CertificateDer};
use std::sync::Arc;

/// Mozilla's roots and the given ones. The crypto provider is named here, so that no process-wide default decides.
pub(super) fn config(extra_roots: &[Vec<u8>]) -> Result<ClientConfig, HttpConfigError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for root in extra_roots {
        roots.add(CertificateDer::from(root.as_slice())).map_err(|_| HttpConfigError::Root)?;
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| HttpConfigError::Root)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
