//! A file of certificates of authorities.

use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use std::path::Path;

/// The certificates of a file (PEM), of which an authority can be read at least.
///
/// # Errors
/// A sentence for the operator.
pub(super) fn read(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let all = CertificateDer::pem_file_iter(file).map_err(|error| error.to_string())?;
    let all = all.collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
    match RootCertStore::empty().add_parsable_certificates(all.iter().cloned()) {
        (0, _) => Err("the file has no certificate of an authority (PEM)".to_owned()),
        _ => Ok(all),
    }
}
