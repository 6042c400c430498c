//! The schemas of the description. The real types are in the protocol, which knows no web framework; a test compares
//! the server's real answers with these schemas, name by name.
#![expect(dead_code, reason = "only their shape is read")]

use utoipa::ToSchema;

/// RFC 9457, with a stable code, two sentences and what the client does.
#[derive(ToSchema)]
pub struct Problem {
    /// `about:blank`.
    r#type: String,
    /// The HTTP status.
    status: u16,
    /// Lower snake_case, stable.
    code: String,
    /// Two sentences in Chinese.
    title: String,
    /// The same in English.
    title_en: String,
    /// `fix`, `retry`, `retry_later`, `refresh`, `sign_in`, `stop`, `resend`, `snapshot` or `upgrade`.
    action: String,
    /// Facts about this occurrence.
    #[schema(value_type = Option<Object>)]
    detail: Option<()>,
}

/// What a device needs to know before it has a token.
#[derive(ToSchema)]
pub struct Capabilities {
    /// 1.
    v: u32,
    /// The incarnation of the firm's data; absent when the server has several firms.
    #[schema(format = "uuid")]
    incarnation: Option<String>,
    /// Ed25519, base64url; absent when the server has several firms.
    server_key: Option<String>,
    /// They may be raised, never lowered.
    limits: Limits,
    /// Unix milliseconds.
    server_ms: i64,
}

/// The limits.
#[derive(ToSchema)]
pub struct Limits {
    /// Facts in one push.
    facts_max: u32,
    /// Bytes of one push on the wire.
    wire_bytes_max: u32,
    /// Bytes of one push after inflation.
    inflated_bytes_max: u32,
    /// Bytes of one fact's line.
    fact_bytes_max: u32,
    /// Blobs that one fact announces.
    blobs_max: u32,
    /// Bytes of one blob.
    blob_bytes_max: u32,
    /// Changes in one page.
    changes_max: u32,
}

/// A number for five minutes and one use.
#[derive(ToSchema)]
pub struct Nonce {
    /// 32 random bytes, base64url.
    nonce: String,
}

/// One attempt to claim an account for a store; a repeat is the same claim.
#[derive(ToSchema)]
pub struct ClaimRequest {
    /// Version 4.
    #[schema(format = "uuid")]
    claim_id: String,
    /// The login account.
    login: String,
    /// Empty with `succeeds` and with `receipt`.
    password: String,
    /// The installation.
    #[schema(format = "uuid")]
    install_id: String,
    /// The store that will push.
    #[schema(format = "uuid")]
    store_id: String,
    /// P-256, SEC1 uncompressed, base64url.
    public_key: String,
    /// The phone.
    device: Device,
    /// The store it takes over from.
    succeeds: Option<Succeeds>,
    /// The receipt of an earlier claim, after the server was restored.
    receipt: Option<ClaimReceipt>,
    /// Where the store's chain stands.
    head: Head,
    /// The device key's signature, base64url.
    sig: String,
}

/// A person chooses a password.
#[derive(ToSchema)]
pub struct PasswordRequest {
    /// The login account.
    login: String,
    /// The present password.
    old: String,
    /// The new one.
    new: String,
    /// For a phone that has held the account.
    by: Option<SignedBy>,
}

/// A store, and what its key has signed.
#[derive(ToSchema)]
pub struct SignedBy {
    /// The store.
    #[schema(format = "uuid")]
    store_id: String,
    /// Its key's signature over login and passwords, base64url.
    sig: String,
}

/// The phone as its user would name it.
#[derive(ToSchema)]
pub struct Device {
    /// Its name.
    name: String,
    /// Its system.
    system: String,
    /// The app's version.
    app: String,
}

/// A retired store hands its account over.
#[derive(ToSchema)]
pub struct Succeeds {
    /// The retired store.
    #[schema(format = "uuid")]
    store_id: String,
    /// Its key's signature over the same bytes, base64url.
    sig: String,
}

/// Where a chain stands.
#[derive(ToSchema)]
pub struct Head {
    /// The last seq.
    seq: u64,
    /// 64 hex digits.
    chain: String,
}

/// An account that is held.
#[derive(ToSchema)]
pub struct ClaimReply {
    /// The account.
    #[schema(format = "uuid")]
    account: String,
    /// The fencing token.
    epoch: u64,
    /// `fb_a_…`, one hour.
    access: String,
    /// `fb_r_…`, 400 days, sliding.
    refresh: String,
    /// Opens the account after a restore.
    claim_receipt: ClaimReceipt,
    /// The server's watermark of this store.
    watermark: u64,
    /// Its chain there.
    chain: String,
    /// The incarnation.
    #[schema(format = "uuid")]
    incarnation: String,
    /// Ed25519, base64url.
    server_key: String,
    /// Unix milliseconds.
    server_ms: i64,
    /// X25519, base64url: the key for which an export file is sealed.
    recipient: Option<String>,
}

/// What the server signs about a claim.
#[derive(ToSchema)]
pub struct ClaimReceipt {
    /// 1.
    v: u32,
    /// The incarnation.
    #[schema(format = "uuid")]
    incarnation: String,
    /// The account.
    #[schema(format = "uuid")]
    account: String,
    /// The store.
    #[schema(format = "uuid")]
    store_id: String,
    /// The epoch.
    epoch: u64,
    /// SHA-256 of the device's key.
    key_sha256: String,
    /// Unix milliseconds.
    issued_ms: i64,
    /// Ed25519, base64url.
    server_key: String,
    /// Ed25519, base64url.
    sig: String,
}

/// The refresh token, with the signature that makes a stolen token useless.
#[derive(ToSchema)]
pub struct RefreshRequest {
    /// The store.
    #[schema(format = "uuid")]
    store_id: String,
    /// `fb_r_…`.
    refresh: String,
    /// A fresh one.
    nonce: String,
    /// The device key's signature, base64url.
    sig: String,
}

/// A new access token.
#[derive(ToSchema)]
pub struct RefreshReply {
    /// `fb_a_…`.
    access: String,
    /// The epoch.
    epoch: u64,
    /// Unix milliseconds.
    server_ms: i64,
    /// Why the token opens only push and blobs; left out while the store holds the account.
    late: Option<String>,
}

/// Signing out.
#[derive(ToSchema)]
pub struct ReleaseRequest {
    /// The store.
    #[schema(format = "uuid")]
    store_id: String,
    /// A fresh one.
    nonce: String,
    /// The device key's signature, base64url.
    sig: String,
}

/// What a connected fire system delivers at once.
#[derive(ToSchema)]
pub struct MonitoringDelivery {
    /// The project whose systems they are.
    #[schema(format = "uuid")]
    project: String,
    /// What the source is called.
    source: String,
    /// 1 to 500, in any order.
    events: Vec<MonitoringEvent>,
}

/// One event of a connected fire system.
#[derive(ToSchema)]
pub struct MonitoringEvent {
    /// The id that the source gives it.
    id: String,
    /// `alarm`, `fault` or `restoration`.
    signal: String,
    /// Unix milliseconds by the clock of the source.
    at_ms: i64,
    /// Where.
    place: String,
    /// What the source says.
    says: Option<String>,
}

/// What became of a delivery.
#[derive(ToSchema)]
pub struct MonitoringDelivered {
    /// Events that are new.
    taken: u64,
    /// Events that were there before.
    known: u64,
}
