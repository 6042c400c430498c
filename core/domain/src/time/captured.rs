//! The clocks that a phone records with each fact (protocol, "A fact"). **Bytes kept for ever.**

use super::Timestamp;
use crate::id::BootId;
use serde::{Deserialize, Deserializer, Serialize};

/// The clocks of a phone at the moment of a fact. The wall clock is shown and never believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Captured {
    /// The phone's own clock: whatever its user set.
    pub wall_ms: Timestamp,
    /// Milliseconds since boot, sleep included.
    pub boot_ms: i64,
    /// Which boot.
    pub boot_id: BootId,
    /// The time of the satellites, if a fix was at hand; the key is left out if not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gnss_ms: Option<Timestamp>,
    /// The last anchor, of this boot or an earlier one; `null` before the first answer of the server.
    #[serde(deserialize_with = "present")]
    pub anchor: Option<Anchor>,
}

impl Captured {
    /// Whether clocks can say this: no boot clock stands before its boot.
    pub fn is_possible(&self) -> bool {
        self.boot_ms >= 0 && self.anchor.is_none_or(|anchor| anchor.is_possible())
    }
}

impl Anchor {
    /// Whether clocks can say this: the boot clock does not stand before its boot, and no answer comes before its request.
    pub const fn is_possible(&self) -> bool {
        self.boot_ms >= 0 && self.rtt_ms >= 0
    }
}

/// A meeting with the server: its time at an instant of a boot's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// The server's time.
    pub server_ms: Timestamp,
    /// The boot clock at the middle of the round trip.
    pub boot_ms: i64,
    /// The boot that this clock is of.
    pub boot_id: BootId,
    /// How long the round trip took, in milliseconds.
    pub rtt_ms: i64,
}

/// `null` is an answer, a missing key is not.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Anchor>, D::Error> {
    Option::deserialize(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOT: &str = "1f3c0000-0000-4000-8000-000000000001";

    #[test]
    fn the_clocks_are_written_in_the_agreed_form() {
        let boot_id = BOOT.parse().unwrap();
        let anchor = Anchor { server_ms: Timestamp(1_700_000_000_000), boot_ms: 5, boot_id, rtt_ms: 80 };
        let bare = Captured { wall_ms: Timestamp(1), boot_ms: 2, boot_id, gnss_ms: None, anchor: None };
        let full = Captured { gnss_ms: Some(Timestamp(3)), anchor: Some(anchor), ..bare };
        let bare_text = format!(r#"{{"wall_ms":1,"boot_ms":2,"boot_id":"{BOOT}","anchor":null}}"#);
        let full_text = format!(
            r#"{{"wall_ms":1,"boot_ms":2,"boot_id":"{BOOT}","gnss_ms":3,"anchor":{{"server_ms":1700000000000,"boot_ms":5,"boot_id":"{BOOT}","rtt_ms":80}}}}"#
        );
        for (captured, text) in [(bare, bare_text), (full, full_text)] {
            assert_eq!(serde_json::to_string(&captured).unwrap(), text);
            assert_eq!(serde_json::from_str::<Captured>(&text).unwrap(), captured);
        }
    }

    #[test]
    fn a_missing_anchor_is_not_the_same_as_none() {
        let text = format!(r#"{{"wall_ms":1,"boot_ms":2,"boot_id":"{BOOT}"}}"#);
        assert!(serde_json::from_str::<Captured>(&text).is_err());
    }
}
