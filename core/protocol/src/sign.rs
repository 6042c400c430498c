//! The five texts that the device key signs **bytes**: ECDSA P-256 with SHA-256, 64 bytes r‖s, low s.

use crate::chain::{ChainPoint, sha256};
use firebee_domain::id::{ClaimId, Hash, IncarnationId, InstallId, StoreId};
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};

/// A device's public key: SEC1, uncompressed.
pub type PublicKey = [u8; 65];

/// The signature does not hold: another key, other bytes, or a high s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the device's signature does not hold")]
pub struct SignatureInvalid;

/// Checks a device's signature over one of the texts of this module.
pub fn verify(key: &PublicKey, text: &[u8], signature: &[u8; 64]) -> Result<(), SignatureInvalid> {
    let key = VerifyingKey::from_sec1_bytes(key).map_err(|_| SignatureInvalid)?;
    let signature = Signature::from_slice(signature).map_err(|_| SignatureInvalid)?;
    if signature.normalize_s() != signature {
        return Err(SignatureInvalid);
    }
    key.verify(text, &signature).map_err(|_| SignatureInvalid)
}

/// Whether the bytes are a point of the curve in uncompressed form.
pub fn is_public_key(key: &PublicKey) -> bool {
    key.first() == Some(&4) && VerifyingKey::from_sec1_bytes(key).is_ok()
}

/// What a push signs: the head of the whole journal, and the chain after the last line of the push.
pub fn head_text(store: StoreId, head: &ChainPoint, last: &ChainPoint) -> Vec<u8> {
    let point = |point: &ChainPoint| [point.seq.to_be_bytes().as_slice(), &point.chain.0].concat();
    [b"firebee/head/1\n".as_slice(), store.0.as_bytes(), &point(head), &point(last)].concat()
}

/// What a claim says, beside the password.
#[derive(Clone, Copy, Debug)]
pub struct ClaimText<'a> {
    /// The claim.
    pub claim: ClaimId,
    /// The installation.
    pub install: InstallId,
    /// The store.
    pub store: StoreId,
    /// The store it succeeds, if any.
    pub succeeds: Option<StoreId>,
    /// The store's public key.
    pub key: &'a PublicKey,
    /// The login account.
    pub login: &'a str,
    /// The store's last seq.
    pub head_seq: u64,
    /// The chain at it.
    pub head_chain: Hash,
}

/// The bytes that a claim signs; its predecessor's key signs the same.
pub fn claim_text(claim: &ClaimText<'_>) -> Vec<u8> {
    let succeeds = claim.succeeds.map_or([0; 16], |store| *store.0.as_bytes());
    [
        b"firebee/claim-request/1\n".as_slice(),
        claim.claim.0.as_bytes(),
        claim.install.0.as_bytes(),
        claim.store.0.as_bytes(),
        &succeeds,
        &sha256(&[claim.key]).0,
        &sha256(&[claim.login.as_bytes()]).0,
        &claim.head_seq.to_be_bytes(),
        &claim.head_chain.0,
    ]
    .concat()
}

/// The bytes that a change of the password signs. Both passwords are in them, so nobody can try others with a signature.
pub fn password_text(store: StoreId, login: &str, old: &str, new: &str) -> Vec<u8> {
    let [login, old, new] = [login, old, new].map(|text| sha256(&[text.as_bytes()]).0);
    [b"firebee/password/1\n".as_slice(), store.0.as_bytes(), &login, &old, &new].concat()
}

/// The bytes that a refresh signs.
pub fn refresh_text(incarnation: IncarnationId, store: StoreId, nonce: &[u8; 32], token: &str) -> Vec<u8> {
    let token = sha256(&[token.as_bytes()]);
    [b"firebee/refresh/1\n".as_slice(), incarnation.0.as_bytes(), store.0.as_bytes(), nonce, &token.0].concat()
}

/// The bytes that a release signs.
pub fn release_text(store: StoreId, nonce: &[u8; 32]) -> Vec<u8> {
    [b"firebee/release/1\n".as_slice(), store.0.as_bytes(), nonce].concat()
}

/// The text that a store signs when it opens, to test that its key is still there.
pub fn open_text(random: &[u8; 32]) -> Vec<u8> {
    [b"firebee/open/1\n".as_slice(), random].concat()
}

/// SHA-256 of a public key, as claim receipts carry it.
pub fn key_hash(key: &PublicKey) -> Hash {
    sha256(&[key])
}
