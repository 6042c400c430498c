//! Signatures as Standard Webhooks 1.0 says: over `id.timestamp.body`, `v1a` by Ed25519 and `v1` by HMAC-SHA256.
//!
//! The keys of a webhook follow from the firm's key, so no table holds them, and no backup needs to.

use super::Keys;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer as _, SigningKey};
use firebee_domain::{
    time::Timestamp,
    webhook::{Scheme, Webhook},
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// What the keys of webhooks are derived with.
const TAG: &[u8] = b"firebee webhook key 1\0";

/// The keys of a webhook at an instant: the present one, and for a week the one before.
pub struct Signer {
    scheme: Scheme,
    keys: Vec<[u8; 32]>,
}

impl Signer {
    /// Those of a webhook of the firm with these keys.
    pub fn of(keys: &Keys, webhook: &Webhook, now: Timestamp) -> Self {
        let key = |generation: u32| {
            let mut hash = Sha256::new();
            hash.update(TAG);
            hash.update(keys.signing.as_bytes());
            hash.update(webhook.id.0.as_bytes());
            hash.update(<&str>::from(webhook.scheme).as_bytes());
            hash.update(generation.to_be_bytes());
            hash.finalize().into()
        };
        Self { scheme: webhook.scheme, keys: webhook.generations(now).into_iter().map(key).collect() }
    }

    /// What the receiver checks the present key with: `whpk_…`, which is public, or `whsec_…`, which is a secret.
    pub fn shown(&self) -> String {
        let key = self.keys.first().copied().unwrap_or_default();
        match self.scheme {
            Scheme::Ed25519 => {
                format!("whpk_{}", STANDARD.encode(SigningKey::from_bytes(&key).verifying_key().as_bytes()))
            }
            Scheme::Hmac => format!("whsec_{}", STANDARD.encode(key)),
        }
    }

    /// The header `webhook-signature`: one signature a key, with blanks between them.
    pub fn sign(&self, id: &str, seconds: i64, body: &[u8]) -> String {
        let signed = |key: &[u8; 32]| match self.scheme {
            Scheme::Ed25519 => {
                let signature = SigningKey::from_bytes(key).sign(&content(id, seconds, body));
                format!("v1a,{}", STANDARD.encode(signature.to_bytes()))
            }
            Scheme::Hmac => hmac_v1(key, id, seconds, body),
        };
        self.keys.iter().map(signed).collect::<Vec<_>>().join(" ")
    }
}

fn content(id: &str, seconds: i64, body: &[u8]) -> Vec<u8> {
    [id.as_bytes(), b".", seconds.to_string().as_bytes(), b".", body].concat()
}

/// The signature `v1` of a message by a secret.
pub fn hmac_v1(secret: &[u8], id: &str, seconds: i64, body: &[u8]) -> String {
    format!("v1,{}", STANDARD.encode(hmac_sha256(secret, &content(id, seconds, body))))
}

/// The HMAC-SHA256 of a message under a key of any length.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    mac.update(message);
    mac.finalize().into_bytes().into()
}
