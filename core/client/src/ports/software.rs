//! Keys in a folder, for a platform without a keystore: Linux, the demo, tests.

use super::{Entropy, Signer, SignerError};
use firebee_protocol::sign::PublicKey;
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

/// How often 32 random bytes may fail to be a key; each fails with a chance of 2^-32.
const ATTEMPTS: u32 = 8;

/// One file a key, readable by its owner only.
pub struct SoftwareSigner {
    folder: PathBuf,
    entropy: Arc<dyn Entropy>,
}

impl SoftwareSigner {
    /// Keeps keys in `folder`, which is made when it is missing.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(folder: impl Into<PathBuf>, entropy: Arc<dyn Entropy>) -> io::Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, entropy })
    }

    /// An alias becomes a file name. Characters that our aliases never contain are removed.
    fn file(&self, alias: &str) -> PathBuf {
        let name: String = alias.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        self.folder.join(format!("{name}.p256"))
    }

    fn load(&self, alias: &str) -> Result<Option<SigningKey>, SignerError> {
        let secret = match fs::read(self.file(alias)) {
            Ok(secret) => secret,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unavailable(&error)),
        };
        Ok(SigningKey::from_slice(&secret).ok())
    }

    fn fresh(&self) -> Result<SigningKey, SignerError> {
        for _ in 0..ATTEMPTS {
            let mut secret = [0; 32];
            self.entropy.fill(&mut secret).map_err(|error| unavailable(&error))?;
            if let Ok(key) = SigningKey::from_slice(&secret) {
                return Ok(key);
            }
        }
        Err(SignerError::Unavailable { reason: "no random bytes made a key".into() })
    }
}

impl Signer for SoftwareSigner {
    fn create(&self, alias: &str) -> Result<PublicKey, SignerError> {
        let key = self.fresh()?;
        let public = public_half(&key)?;
        write_secret(&self.file(alias), &self.folder, &key.to_bytes()).map_err(|error| unavailable(&error))?;
        Ok(public)
    }

    fn public_key(&self, alias: &str) -> Result<Option<PublicKey>, SignerError> {
        self.load(alias)?.as_ref().map(public_half).transpose()
    }

    fn sign(&self, alias: &str, text: &[u8]) -> Result<[u8; 64], SignerError> {
        let key = self.load(alias)?.ok_or(SignerError::Gone)?;
        let signature: Signature = key.try_sign(text).map_err(|error| unavailable(&error))?;
        Ok(signature.normalize_s().to_bytes().into())
    }
}

fn public_half(key: &SigningKey) -> Result<PublicKey, SignerError> {
    let point = key.verifying_key().to_sec1_point(false);
    point.as_bytes().try_into().map_err(|error| unavailable(&error))
}

fn unavailable(error: &dyn std::fmt::Display) -> SignerError {
    SignerError::Unavailable { reason: error.to_string() }
}

/// Writes the key durably before its first use. Losing a key after it signed would retire its store.
fn write_secret(path: &Path, folder: &Path, secret: &[u8]) -> io::Result<()> {
    let temp = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temp)?;
    file.write_all(secret)?;
    file.sync_all()?;
    fs::rename(&temp, path)?;
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::{super::SystemEntropy, *};
    use firebee_protocol::sign;

    fn signer(folder: &Path) -> SoftwareSigner {
        SoftwareSigner::open(folder, Arc::new(SystemEntropy)).unwrap()
    }

    #[test]
    fn what_it_signs_holds_under_the_public_half_that_it_gave() {
        let home = tempfile::tempdir().unwrap();
        let keys = signer(home.path());
        let key = keys.create("a").unwrap();
        for n in 0..20_u8 {
            let signature = keys.sign("a", &[n]).unwrap();
            assert_eq!(sign::verify(&key, &[n], &signature), Ok(()));
            assert!(sign::verify(&key, &[n, n], &signature).is_err());
        }
        assert_eq!(signer(home.path()).public_key("a"), Ok(Some(key)), "it outlives the process");
        assert_ne!(keys.create("a").unwrap(), key, "a second key takes the place of the first");
    }

    #[test]
    fn a_key_that_is_gone_is_told_from_one_that_cannot_be_read() {
        let home = tempfile::tempdir().unwrap();
        let keys = signer(home.path());
        assert_eq!(keys.public_key("a"), Ok(None));
        assert_eq!(keys.sign("a", b"x"), Err(SignerError::Gone));
        fs::create_dir(home.path().join("b.p256")).unwrap();
        assert!(matches!(keys.public_key("b"), Err(SignerError::Unavailable { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_key_file_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        signer(home.path()).create("../a").unwrap();
        let mode = fs::metadata(home.path().join("a.p256")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
