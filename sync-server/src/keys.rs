//! The server's Ed25519 key, which signs receipts. It is made at the first start and stored outside the database, in a
//! file that only its owner can read. Every backup must contain it.

use crate::random::random_bytes;
use ed25519_dalek::SigningKey;
use firebee_domain::id::IncarnationId;
use firebee_protocol::encode::to_base64;
use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

const FILE: &str = "server.key";

/// The server's signing key.
pub struct ServerKey(SigningKey);

/// What receipts and acts are signed with and name.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The incarnation of the data. It changes with every restore.
    pub incarnation: IncarnationId,
    /// Ed25519.
    pub signing: SigningKey,
}

impl Keys {
    /// The public half of the key, base64url.
    pub fn public(&self) -> String {
        to_base64(self.signing.verifying_key().as_bytes())
    }
}

/// The key cannot be had; the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("the server's key file cannot be used: {0}")]
    File(#[from] io::Error),
    /// The file does not have 32 bytes. It is left unchanged for a person to check.
    #[error("the server's key file holds {0} bytes, not 32")]
    Length(usize),
    /// Others may read it.
    #[error("the server's key file may be read by others (mode {0:o}); make it 600")]
    Exposed(u32),
    /// No random bytes.
    #[error("no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}

impl ServerKey {
    /// Reads the key in `folder`, or creates it. A new key is durable before its first use.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn load_or_make(folder: &Path) -> Result<Self, KeyError> {
        match Self::load(folder)? {
            Some(key) => Ok(key),
            None => Self::make(folder, &folder.join(FILE)),
        }
    }

    /// Reads the key in `folder`; `None` when there is none.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn load(folder: &Path) -> Result<Option<Self>, KeyError> {
        match File::open(folder.join(FILE)) {
            Ok(file) => Self::read(file).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The public half, base64url.
    pub fn public(&self) -> String {
        to_base64(self.0.verifying_key().as_bytes())
    }

    fn read(mut file: File) -> Result<Self, KeyError> {
        let mode = file.metadata()?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(KeyError::Exposed(mode));
        }
        let mut bytes = Vec::new();
        Read::take(&mut file, 64).read_to_end(&mut bytes)?;
        let secret: [u8; 32] = bytes.as_slice().try_into().map_err(|_| KeyError::Length(bytes.len()))?;
        Ok(Self(SigningKey::from_bytes(&secret)))
    }

    fn make(folder: &Path, path: &Path) -> Result<Self, KeyError> {
        let secret = random_bytes::<32>()?;
        let temporary = path.with_extension("new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
        file.write_all(&secret)?;
        file.sync_all()?;
        std::fs::rename(&temporary, path)?;
        File::open(folder)?.sync_all()?;
        Ok(Self(SigningKey::from_bytes(&secret)))
    }

    /// The key, for data of this incarnation.
    pub fn of(self, incarnation: IncarnationId) -> Keys {
        Keys { incarnation, signing: self.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let made = ServerKey::load_or_make(folder.path()).unwrap().0;
        assert_eq!(ServerKey::load_or_make(folder.path()).unwrap().0, made);
        let path = folder.path().join(FILE);
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(ServerKey::load_or_make(folder.path()), Err(KeyError::Exposed(0o644))));
    }

    #[test]
    fn a_key_file_that_is_no_key_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        ServerKey::load_or_make(folder.path()).unwrap();
        std::fs::write(&path, b"short").unwrap();
        assert!(matches!(ServerKey::load_or_make(folder.path()), Err(KeyError::Length(5))));
        assert_eq!(std::fs::read(&path).unwrap(), b"short");
    }
}
