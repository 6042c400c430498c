//! One device an account: capabilities, nonce, claim, refresh, release; receipts.

use crate::{limits::Limits, problem::CodeWord};
use firebee_domain::{
    id::{AccountId, ClaimId, Hash, IncarnationId, InstallId, StoreId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The answer to `GET /v1/capabilities`, which needs no token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// 1.
    pub v: u32,
    /// The incarnation of the firm's data; `None` on a server of several firms, where the claim tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incarnation: Option<IncarnationId>,
    /// The firm's Ed25519 key, base64url; `None` on a server of several firms. The device pins it at its first claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_key: Option<String>,
    /// The limits.
    pub limits: Limits,
    /// The server's clock.
    pub server_ms: Timestamp,
}

/// Where a store's chain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The last seq, 0 for an empty store.
    pub seq: u64,
    /// The chain at it.
    pub chain: Hash,
}

/// The phone as its user would name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Such as `Nokia 8.3 5G`.
    pub name: String,
    /// Such as `Android 14`.
    pub system: String,
    /// The app's version.
    pub app: String,
}

/// A retired store hands its account to its successor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succeeds {
    /// The retired store.
    pub store_id: StoreId,
    /// Its key's signature over the claim request's bytes, base64url.
    pub sig: String,
}

/// `POST /v1/session/claim`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRequest {
    /// Durable on the phone before it asks; a repeat is the same claim.
    pub claim_id: ClaimId,
    /// The login account.
    pub login: String,
    /// The password; empty with `succeeds` and with `receipt`.
    pub password: String,
    /// The installation.
    pub install_id: InstallId,
    /// The store that will push.
    pub store_id: StoreId,
    /// Its public key, SEC1 uncompressed, base64url.
    pub public_key: String,
    /// The phone.
    pub device: Device,
    /// The store it takes over from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub succeeds: Option<Succeeds>,
    /// The receipt of an earlier claim of this store, in place of a password, after the server was restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<ClaimReceipt>,
    /// Where the store's chain stands.
    pub head: Head,
    /// The device key's signature over the claim bytes, base64url.
    pub sig: String,
}

/// `POST /v1/session/password`: the holder of an account chooses a password, whether or not the phone is signed in
///
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordRequest {
    /// The login account.
    pub login: String,
    /// The present password.
    pub old: String,
    /// The new one.
    pub new: String,
    /// The store of the phone, for a phone that has held the account: then it does not wait for what others type at its
    /// address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<SignedBy>,
}

/// A store, and what its key has signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedBy {
    /// The store.
    pub store_id: StoreId,
    /// Its key's signature over [`password_text`](crate::sign::password_text), base64url.
    pub sig: String,
}

/// The server's signed statement that a store holds an account. The phone checks it and keeps it; after a restore of the
/// server it opens the account again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimReceipt {
    /// 1.
    pub v: u32,
    /// The incarnation.
    pub incarnation: IncarnationId,
    /// The account.
    pub account: AccountId,
    /// The store.
    pub store_id: StoreId,
    /// The epoch of this claim.
    pub epoch: u64,
    /// SHA-256 of the device's public key (65 bytes).
    pub key_sha256: Hash,
    /// When.
    pub issued_ms: Timestamp,
    /// The server's key, base64url.
    pub server_key: String,
    /// Ed25519, base64url.
    pub sig: String,
}

/// The answer to a claim.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimReply {
    /// The account that was claimed.
    pub account: AccountId,
    /// The fencing token.
    pub epoch: u64,
    /// `fb_a_…`, one hour.
    pub access: String,
    /// `fb_r_…`, 400 days, sliding.
    pub refresh: String,
    /// The server's proof of this claim, which the device checks and keeps.
    pub claim_receipt: ClaimReceipt,
    /// The server's watermark of this store.
    pub watermark: u64,
    /// Its chain there.
    pub chain: Hash,
    /// The incarnation.
    pub incarnation: IncarnationId,
    /// The server's key, base64url.
    pub server_key: String,
    /// The server's clock, for the anchor.
    pub server_ms: Timestamp,
    /// The key for which an export file is sealed, X25519, base64url.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
}

/// Detail of 409 `signed_in_elsewhere`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedInElsewhere {
    /// The other phone.
    pub device: String,
    /// When it was last heard.
    pub last_seen: Timestamp,
    /// The unsent facts and blobs that the phone reported at that time.
    pub unsent: Unsent,
}

/// What a device still holds that the server has not verified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// Facts not acknowledged.
    pub facts: u64,
    /// Blobs not verified.
    pub blobs: u64,
}

/// `POST /v1/session/nonce`: good for five minutes and one use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nonce {
    /// 32 random bytes, base64url.
    pub nonce: String,
}

/// `POST /v1/session/refresh`: the token alone is worthless.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshRequest {
    /// The store.
    pub store_id: StoreId,
    /// The refresh token.
    pub refresh: String,
    /// The nonce.
    pub nonce: String,
    /// The device key's signature over the refresh bytes, base64url.
    pub sig: String,
}

/// The answer to a refresh.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshReply {
    /// A new access token.
    pub access: String,
    /// The epoch.
    pub epoch: u64,
    /// The server's clock, for the anchor.
    pub server_ms: Timestamp,
    /// Why the token opens only push and blobs: `fenced` or `account_disabled`. Left out while the store holds the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<CodeWord>,
}

/// `POST /v1/session/release`: sign out. Signed, idempotent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseRequest {
    /// The store.
    pub store_id: StoreId,
    /// The nonce.
    pub nonce: String,
    /// The device key's signature over the release bytes, base64url.
    pub sig: String,
}

/// A receipt: the server held this chain at this seq, no later than `received_ms` **bytes**.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// 1.
    pub v: u32,
    /// The server's key, base64url.
    pub server_key: String,
    /// The incarnation.
    pub incarnation: IncarnationId,
    /// The store.
    pub store_id: StoreId,
    /// The seq.
    pub seq: u64,
    /// The chain at it.
    pub chain: Hash,
    /// When the commit that first reached `seq` was made.
    pub received_ms: Timestamp,
    /// Ed25519, base64url.
    pub sig: String,
}
