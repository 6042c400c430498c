//! Push: `POST /v1/push`, a frame line and then facts, each line ending in LF; zstd.

use crate::{chain::ChainPoint, problem::CodeWord, session::Receipt};
use firebee_domain::{
    id::{FactId, Hash, StoreId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The first line of a push.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// 1.
    pub v: u32,
    /// The store that pushes; must be the token's.
    pub store_id: StoreId,
    /// The account's epoch as the device knows it. It must equal the epoch of the token.
    pub epoch: u64,
    /// The seq of the first fact line.
    pub first_seq: u64,
    /// How many fact lines follow, at least one.
    pub count: u32,
    /// The head of the whole journal, at or above the last line of this push: what lies between is committed to now and
    /// compared when it arrives.
    pub head: ChainPoint,
    /// The device's signature over that head and the chain after the last line, base64url. The server
    /// refuses `null`.
    pub sig: Option<String>,
}

/// A request names its store in this header to ask for a stamp: the server's time, signed for the store. The answer
/// carries `<Unix milliseconds>.<signature>` in the same header.
pub const STAMP_HEADER: &str = "firebee-stamp";
/// The phone's last receipt, when the server lacks facts that it had acknowledged.
pub const RECEIPT_HEADER: &str = "firebee-receipt";
/// The header with the number of unsent facts (R-034 shows the number on a second phone).
pub const UNSENT_FACTS_HEADER: &str = "firebee-unsent-facts";
/// As [`UNSENT_FACTS_HEADER`], for blobs.
pub const UNSENT_BLOBS_HEADER: &str = "firebee-unsent-blobs";
/// Every request but capabilities and the first claim carries the incarnation that the device knows.
pub const INCARNATION_HEADER: &str = "firebee-incarnation";
/// The header with the server's version, in every answer. An answer without this header comes from a captive portal.
pub const SERVER_HEADER: &str = "firebee-server";
/// The header with the code of a refusal, because an answer to `HEAD` has no body.
pub const CODE_HEADER: &str = "firebee-code";
/// `HEAD` of a blob answers its state in this header: `announced`, `receiving`, `verified`, `durable`.
pub const BLOB_HEADER: &str = "firebee-blob";

/// What became of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactOutcome {
    /// Its place in the store.
    pub seq: u64,
    /// Its id, where it could be read.
    pub id: Option<FactId>,
    /// Why it is quarantined: kept, not counted.
    pub code: CodeWord,
}

/// The answer to a push: everything up to `acked_through` is committed with fsync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushReply {
    /// The watermark.
    pub acked_through: u64,
    /// The seq up to which facts are inside the durability that the server promises.
    pub durable_through: u64,
    /// Only what is not accepted.
    pub results: Vec<FactOutcome>,
    /// The account's epoch.
    pub epoch: u64,
    /// Whether another device holds the account now.
    pub fenced: bool,
    /// The head of the account's feed.
    pub feed_head: u64,
    /// The server's clock, for the anchor.
    pub server_ms: Timestamp,
    /// What the server signs for.
    pub receipt: Receipt,
}

/// Detail of 409 `gap`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The seq that the server expects next.
    pub expected: u64,
}

/// Detail of 422 `chain_mismatch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainMismatch {
    /// The server's watermark.
    pub watermark: u64,
    /// Its chain there.
    pub chain: Hash,
}
