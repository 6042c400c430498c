//! The firms' Ed25519 keys, which sign receipts, claims and stamps. Each firm has its own. The public half stands in the
//! firm's row, so the key belongs to the data; the private half lies outside the database, in `keys/<organisation>.key`,
//! in a file that only its owner can read. Every backup contains it.

pub mod sealed;
pub mod signer;

use crate::random::random_bytes;
use ed25519_dalek::SigningKey;
use firebee_domain::{
    code::Code,
    id::{IncarnationId, OrganisationId},
};
use firebee_protocol::{
    encode::to_base64,
    export::{KEY_BYTES, RECIPIENT_TAG},
};
use hpke::{Kem, Serializable as _, kem::X25519HkdfSha256};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    fs::{DirBuilder, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

/// What a firm's row says of its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    /// The incarnation of the data. It changes with every restore.
    pub incarnation: IncarnationId,
    /// The public half of the firm's key, 32 bytes.
    pub public: [u8; 32],
}

impl Seal {
    /// The public half, base64url.
    pub fn public_text(&self) -> String {
        to_base64(&self.public)
    }
}

/// What the receipts and acts of a firm are signed with and name.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The incarnation of the firm's data.
    pub incarnation: IncarnationId,
    /// Ed25519.
    pub signing: SigningKey,
}

impl Keys {
    /// The public half of the key, base64url.
    pub fn public(&self) -> String {
        self.seal().public_text()
    }

    /// What opens the export files of the firm's phones. It follows from the firm's key, so no backup has to hold it too.
    pub fn export(&self) -> ExportKey {
        let mut hash = Sha256::new();
        hash.update(RECIPIENT_TAG);
        hash.update(self.signing.as_bytes());
        let (private, public) = X25519HkdfSha256::derive_keypair(&hash.finalize());
        ExportKey { private, public: public.to_bytes().into() }
    }

    /// What the firm's row says.
    pub fn seal(&self) -> Seal {
        Seal { incarnation: self.incarnation, public: self.signing.verifying_key().to_bytes() }
    }
}

/// What opens the export files of a firm's phones.
pub struct ExportKey {
    /// X25519.
    pub private: <X25519HkdfSha256 as Kem>::PrivateKey,
    /// Its public half, by which phones seal.
    pub public: [u8; KEY_BYTES],
}

/// A firm's key cannot be had; the firm is not served.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// There is no file.
    #[error(
        "the key of firm {firm} is not at {}; bring it back with `firebee admin put-key --from FILE` from a backup or \
         from the other server of this database, or, if it is lost for ever, run `firebee admin new-key`",
        path.display()
    )]
    Missing {
        /// Whose.
        firm: OrganisationId,
        /// Where it should be.
        path: PathBuf,
    },
    /// The file holds another key than the one whose public half stands in the database.
    #[error(
        "{} holds another key than the one that firm {firm} has in the database; bring the right one back with \
         `firebee admin put-key --from FILE` from a backup or from the other server of this database, or, if it is lost \
         for ever, run `firebee admin new-key`",
        path.display()
    )]
    Differs {
        /// Whose.
        firm: OrganisationId,
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("the key file {} cannot be used: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The file does not have 32 bytes. It is left unchanged for a person to check.
    #[error("the key file {} holds {length} bytes, not 32", path.display())]
    Length {
        /// The file.
        path: PathBuf,
        /// Its length.
        length: usize,
    },
    /// Others may read it.
    #[error("the key file {} may be read by others (mode {mode:o}); make it 600", path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// No random bytes.
    #[error("no random bytes: {0}")]
    Random(String),
}

impl KeyError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Missing { .. } => Code::ServerKeyMissing,
            Self::Differs { .. } | Self::Length { .. } => Code::ServerKeyDiffers,
            Self::Exposed { .. } => Code::ServerKeyExposed,
            Self::File { .. } | Self::Random(_) => Code::ServerError,
        }
    }
}

/// The folder of the private halves, each read once. Cloning is cheap.
#[derive(Clone)]
pub struct Keyring {
    folder: PathBuf,
    read: Arc<RwLock<HashMap<OrganisationId, SigningKey>>>,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Keyring {
    /// The keys under a data folder. Nothing is made or read yet.
    pub fn in_folder(data: &Path) -> Self {
        Self { folder: data.join("keys"), read: Arc::default() }
    }

    /// Where a firm's key lies.
    pub fn path(&self, firm: OrganisationId) -> PathBuf {
        self.folder.join(format!("{firm}.key"))
    }

    /// The key of a firm whose row says this. A firm that was restored with another key meanwhile gets the new one.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn of(&self, firm: OrganisationId, seal: Seal) -> Result<Keys, KeyError> {
        let fits = |key: &SigningKey| key.verifying_key().to_bytes() == seal.public;
        let known = self.read.read().unwrap_or_else(PoisonError::into_inner).get(&firm).cloned();
        if let Some(signing) = known.filter(fits) {
            return Ok(Keys { incarnation: seal.incarnation, signing });
        }
        let path = self.path(firm);
        let signing = match read(&path) {
            Err(KeyError::File { .. }) if !path.exists() => return Err(KeyError::Missing { firm, path }),
            read => read?,
        };
        if !fits(&signing) {
            return Err(KeyError::Differs { firm, path });
        }
        self.read.write().unwrap_or_else(PoisonError::into_inner).insert(firm, signing.clone());
        Ok(Keys { incarnation: seal.incarnation, signing })
    }

    /// Whether the key that a firm's row names lies here, whoever may read it.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn check(&self, firm: OrganisationId, seal: Seal) -> Result<(), KeyError> {
        let path = self.path(firm);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(KeyError::Missing { firm, path }),
            Err(error) => return Err(KeyError::File { path, reason: error.to_string() }),
        };
        let held = key_of(&path, file)?.verifying_key().to_bytes();
        if held == seal.public { Ok(()) } else { Err(KeyError::Differs { firm, path }) }
    }

    /// The public halves of all keys of a firm that lie here: the present one, and those that it took the place of.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn public(&self, firm: OrganisationId) -> Result<Vec<[u8; 32]>, KeyError> {
        let failed = |error: io::Error| KeyError::File { path: self.folder.clone(), reason: error.to_string() };
        let found = match std::fs::read_dir(&self.folder) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let mut public = Vec::new();
        for entry in found {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            let rest = name.to_str().and_then(|name| name.strip_prefix(&firm.to_string()));
            if rest.is_some_and(|rest| rest == ".key" || rest.starts_with(".key.before-")) {
                // Who may read it is of no matter here: nothing is signed.
                let key = key_of(&entry.path(), File::open(entry.path()).map_err(failed)?)?;
                public.push(key.verifying_key().to_bytes());
            }
        }
        Ok(public)
    }

    /// A new key, durable before its first use.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn make(&self, firm: OrganisationId) -> Result<SigningKey, KeyError> {
        let secret = random_bytes::<32>().map_err(|error| KeyError::Random(error.to_string()))?;
        let key = SigningKey::from_bytes(&secret);
        self.keep(firm, &key)?;
        Ok(key)
    }

    /// Writes a firm's key, durable. Another key that lies there is kept beside it, under its own name.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn keep(&self, firm: OrganisationId, key: &SigningKey) -> Result<(), KeyError> {
        let path = self.path(firm);
        let failed = |error: io::Error| KeyError::File { path: path.clone(), reason: error.to_string() };
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder).map_err(failed)?;
        if let Some(data) = self.folder.parent() {
            File::open(data).and_then(|data| data.sync_all()).map_err(failed)?;
        }
        if std::fs::read(&path).is_ok_and(|held| held != key.to_bytes()) {
            let made = path.metadata().and_then(|about| about.modified()).map_err(failed)?;
            let at = made.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_millis());
            std::fs::rename(&path, path.with_extension(format!("key.before-{at}"))).map_err(failed)?;
        }
        let temporary = path.with_extension("key.new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary);
        let write = |file: &mut File| {
            file.write_all(&key.to_bytes())?;
            file.sync_all()?;
            std::fs::rename(&temporary, &path)?;
            File::open(&self.folder)?.sync_all()
        };
        file.as_mut().map_err(|error| io::Error::new(error.kind(), error.to_string())).and_then(write).map_err(failed)
    }
}

/// Reads a key file.
///
/// # Errors
/// See [`KeyError`].
pub fn read(path: &Path) -> Result<SigningKey, KeyError> {
    let failed = |error: io::Error| KeyError::File { path: path.to_owned(), reason: error.to_string() };
    let file = File::open(path).map_err(failed)?;
    let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyError::Exposed { path: path.to_owned(), mode });
    }
    key_of(path, file)
}

fn key_of(path: &Path, file: File) -> Result<SigningKey, KeyError> {
    let failed = |error: io::Error| KeyError::File { path: path.to_owned(), reason: error.to_string() };
    let mut bytes = Vec::new();
    file.take(64).read_to_end(&mut bytes).map_err(failed)?;
    let secret = bytes.as_slice().try_into();
    let secret: [u8; 32] = secret.map_err(|_| KeyError::Length { path: path.to_owned(), length: bytes.len() })?;
    Ok(SigningKey::from_bytes(&secret))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const FIRM: OrganisationId = OrganisationId(Uuid::from_u128(5));

    fn seal(key: &SigningKey) -> Seal {
        Seal { incarnation: IncarnationId(Uuid::nil()), public: key.verifying_key().to_bytes() }
    }

    #[test]
    fn a_key_is_for_its_owner_alone_and_belongs_to_the_firm_whose_row_has_its_public_half() {
        let folder = tempfile::tempdir().unwrap();
        let keyring = || Keyring::in_folder(folder.path());
        let made = keyring().make(FIRM).unwrap();
        assert_eq!(keyring().of(FIRM, seal(&made)).map(|keys| keys.signing), Ok(made.clone()));
        let path = keyring().path(FIRM);
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let other = SigningKey::from_bytes(&[9; 32]);
        let refused = keyring().of(FIRM, seal(&other)).map(drop);
        assert_eq!(refused, Err(KeyError::Differs { firm: FIRM, path: path.clone() }));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let refused = keyring().of(FIRM, seal(&made)).map(drop);
        assert_eq!(refused, Err(KeyError::Exposed { path: path.clone(), mode: 0o644 }));
        assert_eq!(refused.map_err(|error| error.code()), Err(Code::ServerKeyExposed));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(keyring().of(FIRM, seal(&made)).map(drop), Err(KeyError::Missing { firm: FIRM, path }));
    }

    #[test]
    fn a_key_that_is_replaced_stays_beside_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Keyring::in_folder(folder.path());
        let (old, new) = (keyring.make(FIRM).unwrap(), SigningKey::from_bytes(&[9; 32]));
        assert!(keyring.of(FIRM, seal(&old)).is_ok());
        keyring.keep(FIRM, &new).unwrap();
        assert_eq!(keyring.of(FIRM, seal(&new)).unwrap().signing, new);
        let names = std::fs::read_dir(folder.path().join("keys")).unwrap().map(|entry| entry.unwrap().path());
        let before = names.filter(|path| path.to_string_lossy().contains("before")).collect::<Vec<_>>();
        assert_eq!(std::fs::read(&before[0]).unwrap(), old.to_bytes());
    }

    #[test]
    fn a_key_file_that_is_no_key_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Keyring::in_folder(folder.path());
        let made = keyring.make(FIRM).unwrap();
        let path = keyring.path(FIRM);
        std::fs::write(&path, b"short").unwrap();
        let refused = Keyring::in_folder(folder.path()).of(FIRM, seal(&made)).map(drop);
        assert_eq!(refused, Err(KeyError::Length { path: path.clone(), length: 5 }));
        assert_eq!(std::fs::read(&path).unwrap(), b"short");
    }
}
