//! Facts and documents, as the description shows them.
#![expect(dead_code, reason = "only their shape is read")]

use utoipa::ToSchema;

/// What was committed, with fsync.
#[derive(ToSchema)]
pub struct PushReply {
    /// The watermark.
    acked_through: u64,
    /// Inside the durability that the server promises.
    durable_through: u64,
    /// Only what is not accepted.
    results: Vec<FactOutcome>,
    /// The epoch.
    epoch: u64,
    /// Whether another device holds the account now.
    fenced: bool,
    /// The head of the account's feed.
    feed_head: u64,
    /// Unix milliseconds.
    server_ms: i64,
    /// Nothing counts as acknowledged until it verifies.
    receipt: Receipt,
}

/// A fact that is kept and not counted.
#[derive(ToSchema)]
pub struct FactOutcome {
    /// Its place.
    seq: u64,
    /// Its id, where it could be read.
    #[schema(format = "uuid")]
    id: Option<String>,
    /// Why.
    code: String,
}

/// What the server signs for.
#[derive(ToSchema)]
pub struct Receipt {
    /// 1.
    v: u32,
    /// Ed25519, base64url.
    server_key: String,
    /// The incarnation.
    #[schema(format = "uuid")]
    incarnation: String,
    /// The store.
    #[schema(format = "uuid")]
    store_id: String,
    /// The seq.
    seq: u64,
    /// The chain at it.
    chain: String,
    /// Unix milliseconds.
    received_ms: i64,
    /// Ed25519, base64url.
    sig: String,
}

/// One page of a feed.
#[derive(ToSchema)]
pub struct Page {
    /// By feed number.
    changes: Vec<Change>,
    /// To be sent next, unread.
    next_cursor: String,
    /// The head of the feed.
    head: u64,
    /// Whether this page ends at the head.
    done: bool,
    /// Only within a snapshot: how many documents it holds.
    total: Option<u64>,
    /// Only with `done`.
    applied: Option<Vec<Applied>>,
    /// Only with `done`: 32 hex digits.
    digest: Option<String>,
    /// Unix milliseconds.
    server_ms: i64,
}

/// One change.
#[derive(ToSchema)]
pub struct Change {
    /// Its number.
    feed_seq: u64,
    /// Such as `task`.
    kind: String,
    /// The document's id.
    id: String,
    /// The document's revision.
    rev: u64,
    /// Whether it is gone.
    deleted: Option<bool>,
    /// The document.
    #[schema(value_type = Option<Object>)]
    body: Option<()>,
    /// In place of the document, when patches were asked for.
    patch: Option<Patch>,
}

/// What turns a body into the next.
#[derive(ToSchema)]
pub struct Patch {
    /// The revision that it is laid over.
    from: u64,
    /// A zstd frame whose prefix is that revision's body; base64url without padding.
    data: String,
}

/// How far a store's facts are in these documents.
#[derive(ToSchema)]
pub struct Applied {
    /// The store.
    #[schema(format = "uuid")]
    store_id: String,
    /// The seq.
    seq: u64,
}
