//! An authority of a firm's own, and the certificates that it signs.

use rustls::{
    ServerConfig,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};
use tempfile::TempDir;
use tokio_rustls::TlsAcceptor;

/// What `openssl ca` wants to know.
const SETTINGS: &str = "[ca]\ndefault_ca = own\n[own]\ndatabase = index\nnew_certs_dir = .\nrand_serial = yes\n\
    default_md = sha256\npolicy = any\nunique_subject = no\n[any]\ncommonName = supplied\n";

/// An authority in a folder.
pub struct Authority(TempDir);

/// A certificate with its key.
pub struct Shown {
    certificate: PathBuf,
    key: PathBuf,
}

impl Authority {
    pub fn new() -> Self {
        let own = Self(tempfile::tempdir().unwrap());
        fs::write(own.0.path().join("settings"), SETTINGS).unwrap();
        fs::write(own.0.path().join("index"), "").unwrap();
        own.sign_itself("authority", "/CN=inner", "basicConstraints=critical,CA:TRUE");
        own
    }

    /// The file that an operator names.
    pub fn file(&self) -> PathBuf {
        self.0.path().join("authority.pem")
    }

    /// A certificate for a name, such as `IP:127.0.0.1`, that holds between two days.
    pub fn signs(&self, name: &str, alternative: &str, (from, to): (&str, &str)) -> Shown {
        let extensions = format!("subjectAltName={alternative}\nbasicConstraints=CA:FALSE\n");
        fs::write(self.0.path().join("extensions"), extensions).unwrap();
        let (key, asked, signed) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.pem"));
        self.openssl(&[
            "req",
            "-new",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-subj",
            "/CN=receiver",
            "-keyout",
            &key,
            "-out",
            &asked,
        ]);
        self.openssl(&[
            "ca",
            "-batch",
            "-notext",
            "-config",
            "settings",
            "-cert",
            "authority.pem",
            "-keyfile",
            "authority.key",
            "-in",
            &asked,
            "-out",
            &signed,
            "-startdate",
            &format!("{from}000000Z"),
            "-enddate",
            &format!("{to}000000Z"),
            "-extfile",
            "extensions",
        ]);
        self.shown(name)
    }

    /// A certificate that nobody else signed.
    pub fn sign_itself(&self, name: &str, subject: &str, extension: &str) -> Shown {
        let (key, signed) = (format!("{name}.key"), format!("{name}.pem"));
        self.openssl(&[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "30",
            "-subj",
            subject,
            "-addext",
            extension,
            "-keyout",
            &key,
            "-out",
            &signed,
        ]);
        self.shown(name)
    }

    fn shown(&self, name: &str) -> Shown {
        let file = |ending: &str| self.0.path().join(format!("{name}.{ending}"));
        Shown { certificate: file("pem"), key: file("key") }
    }

    fn openssl(&self, arguments: &[&str]) {
        let made = Command::new("openssl").args(arguments).current_dir(self.0.path()).output().unwrap();
        assert!(made.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&made.stderr));
    }
}

impl Shown {
    pub fn acceptor(&self) -> TlsAcceptor {
        let chain = read(&self.certificate);
        let key = PrivateKeyDer::from_pem_file(&self.key).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()));
        let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        TlsAcceptor::from(Arc::new(config.with_single_cert(chain, key).unwrap()))
    }
}

fn read(file: &Path) -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_file_iter(file).unwrap().map(|each| each.unwrap()).collect()
}
