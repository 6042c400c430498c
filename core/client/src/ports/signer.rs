//! The device's keys.

use firebee_domain::code::Code;
use firebee_protocol::sign::PublicKey;

/// Why a key cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignerError {
    /// The keystore says that there is no such key any more. Only this retires a store.
    #[error("the key does not exist any more")]
    Gone,
    /// Anything else: the phone is locked, the keystore is busy. Recording goes on, pushing waits.
    #[error("the key cannot be used at the moment: {reason}")]
    Unavailable {
        /// What the platform said, for the log.
        reason: String,
    },
}

impl SignerError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Gone => Code::KeyGone,
            Self::Unavailable { .. } => Code::KeyUnavailable,
        }
    }
}

/// Stores one P-256 key for each store and signs with it (protocol, "Hash, chain, signature").
///
/// Contract: the private key never leaves the keystore and is in no backup. All calls may block for as long as the
/// platform's keystore takes.
pub trait Signer: Send + Sync {
    /// Creates the key of this alias, replacing an existing one, and returns its public half: SEC1, uncompressed.
    fn create(&self, alias: &str) -> Result<PublicKey, SignerError>;

    /// The public half of the key. `Ok(None)` only if the keystore says that the alias does not exist or that its key
    /// is permanently invalidated; everything else is [`SignerError::Unavailable`].
    fn public_key(&self, alias: &str) -> Result<Option<PublicKey>, SignerError>;

    /// Signs a text by ECDSA with SHA-256: 64 bytes, r then s, s in its lower half.
    fn sign(&self, alias: &str, text: &[u8]) -> Result<[u8; 64], SignerError>;
}
