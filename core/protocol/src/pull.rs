//! Pull: `GET /v1/pull?cursor=…&limit=…&patch=…`.

use crate::patch::Patch;
use firebee_domain::{id::StoreId, time::Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// One change of the feed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Its number in the account's feed.
    pub feed_seq: u64,
    /// The kind of the document, such as `task`.
    pub kind: String,
    /// The document's id.
    pub id: String,
    /// Its revision.
    pub rev: u64,
    /// Whether it is gone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// The body; `None` when the document is gone or comes as a patch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Box<RawValue>>,
    /// In place of the body, for a device that asked for patches and holds the revision before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patch: Option<Patch>,
}

/// How far the server has applied a store's facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The store.
    pub store_id: StoreId,
    /// The seq.
    pub seq: u64,
}

/// One page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Page {
    /// The changes, by feed number.
    pub changes: Vec<Change>,
    /// The cursor to send next, unread by the device.
    pub next_cursor: String,
    /// The head of the feed.
    pub head: u64,
    /// Whether this page ends at the head.
    pub done: bool,
    /// Only within a snapshot: how many documents it holds, counted anew for each page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Only with `done`: the stores whose facts these documents contain, and how far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applied: Vec<Applied>,
    /// Only with `done`: the digest of the live rows, 32 hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// The server's clock, for the anchor.
    pub server_ms: Timestamp,
}
