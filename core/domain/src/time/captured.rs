//! What a phone's clocks said at the moment of a fact.

use super::Timestamp;
use crate::id::BootId;
use serde::{Deserialize, Serialize};

/// The server's clock at an instant of the phone's boot clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// The server's clock.
    pub server_ms: Timestamp,
    /// The phone's boot clock at that instant, ms since boot, sleep included.
    pub boot_ms: i64,
    /// The boot.
    pub boot_id: BootId,
    /// The round trip of the request that brought it, ms; the instant lies within half of it.
    pub rtt_ms: i64,
}

/// The clocks at the moment of capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Captured {
    /// Wall clock; shown, never decided by.
    pub wall_ms: Timestamp,
    /// Boot clock, ms since boot, sleep included.
    pub boot_ms: i64,
    /// The boot.
    pub boot_id: BootId,
    /// GNSS time, when there was a fix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gnss_ms: Option<Timestamp>,
    /// The last anchor that the phone knew, of whatever boot.
    pub anchor: Option<Anchor>,
}
