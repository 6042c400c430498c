//! The limits. They may grow and never shrink, because facts that were captured under them exist.

use serde::{Deserialize, Serialize};

/// The limits that a server tells in its capabilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Facts in one push.
    pub facts_max: u32,
    /// Bytes of one push on the wire, compressed.
    pub wire_bytes_max: u32,
    /// Bytes of one push after inflation.
    pub inflated_bytes_max: u32,
    /// Bytes of one fact's line without its line feed.
    pub fact_bytes_max: u32,
    /// Blobs that one fact announces.
    pub blobs_max: u32,
    /// Bytes of one blob.
    pub blob_bytes_max: u32,
    /// Changes in one page of a pull.
    pub changes_max: u32,
}

/// The limits of this version.
pub const LIMITS: Limits = Limits {
    facts_max: 500,
    wire_bytes_max: 1 << 20,
    inflated_bytes_max: 8 << 20,
    fact_bytes_max: 256 << 10,
    blobs_max: 8,
    blob_bytes_max: 30 << 20,
    changes_max: 500,
};

/// Depth of nesting in a fact's JSON.
pub const DEPTH_MAX: u32 = 16;
