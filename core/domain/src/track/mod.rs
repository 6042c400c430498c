//! Where an operator was: fixes, the holes between them, and segments of one boot.
//!
//! A fix is kept as the phone received it; the comparison with the fence decides which fixes count. Coordinates are
//! integers of 10^-6 degree (11 cm), times are milliseconds of the boot clock, sleep included (protocol, "Fence and
//! track").

mod detect;

pub use detect::{GAP_MS_MAX, Hint, detect_holes};

use crate::{id::BootId, time::Timestamp};
use serde::{Deserialize, Serialize};
use strum::{FromRepr, VariantArray};

/// The most fixes that one segment seals.
pub const SEGMENT_FIXES_MAX: usize = 600;

/// The source of a fix. Only GNSS counts for a verdict, because network fixes of Chinese phones may be in GCJ-02.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Provider {
    /// Satellites.
    Gnss = 0,
    /// Cells and wireless networks.
    Network = 1,
    /// The platform's own mixture.
    Fused = 2,
    /// Anything else.
    Other = 3,
}

/// One position that the phone was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fix {
    /// Milliseconds since boot, sleep included.
    pub boot_ms: i64,
    /// Latitude in 10^-6 degree, WGS-84 if the provider is GNSS.
    pub lat_e6: i32,
    /// Longitude in 10^-6 degree, WGS-84 if the provider is GNSS.
    pub lon_e6: i32,
    /// The stated accuracy in metres; 255 is "more or unknown".
    pub accuracy_m: u8,
    /// Who gave it.
    pub provider: Provider,
    /// Whether the platform says that an app invented it.
    pub mock: bool,
}

/// The cause of a hole, as far as the phone knows it. The set is closed: each cause is one byte in the segment's blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromRepr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Cause {
    /// Nothing is known.
    Unknown = 0,
    /// The operator stopped the track.
    StoppedByUser = 1,
    /// The location permission was missing or taken away.
    PermissionMissing = 2,
    /// The system ended the app.
    Killed = 3,
    /// Location was switched off.
    LocationOff = 4,
    /// No satellites, as in a basement.
    NoSignal = 5,
    /// The battery saver held location back.
    BatterySaver = 6,
    /// The phone was restarted or was off.
    Reboot = 7,
    /// The phone had no room left to record.
    DiskFull = 8,
    /// Fixes came, but none accurate enough to count.
    PoorAccuracy = 9,
    /// Fixes came, but were marked as invented.
    Mock = 10,
    /// Fixes came, but not from satellites.
    NotGnss = 11,
}

/// A stretch without fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hole {
    /// When it began, in milliseconds since boot.
    pub start_boot_ms: i64,
    /// How long it lasted, in milliseconds.
    pub length_ms: i64,
    /// Its likely cause.
    pub cause: Cause,
}

/// What one `track.segment` fact seals: at most [`SEGMENT_FIXES_MAX`] fixes of one boot, and their holes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// The boot whose clock the times are of; a segment never spans a boot.
    pub boot_id: BootId,
    /// The fixes in the order they came.
    pub fixes: Vec<Fix>,
    /// The holes in the order they began.
    pub holes: Vec<Hole>,
}

/// A fix on the UTC time line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedFix {
    /// When.
    pub at: Timestamp,
    /// Where, as the phone was told it.
    pub fix: Fix,
}

/// A hole on the UTC time line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedHole {
    /// When it began.
    pub from: Timestamp,
    /// When it ended.
    pub to: Timestamp,
    /// Its likely cause.
    pub cause: Cause,
}

impl Segment {
    /// The fixes on the UTC time line: `boot_began_ms` is the instant at which this boot's clock showed 0, in Unix
    /// milliseconds ([`crate::time::boot_began_ms`]).
    pub fn timed_fixes(&self, boot_began_ms: i64) -> impl Iterator<Item = TimedFix> + '_ {
        let at = move |boot_ms: i64| Timestamp(boot_ms.saturating_add(boot_began_ms));
        self.fixes.iter().map(move |fix| TimedFix { at: at(fix.boot_ms), fix: *fix })
    }
    /// The holes on the UTC time line; `boot_began_ms` as in [`Self::timed_fixes`].
    pub fn timed_holes(&self, boot_began_ms: i64) -> impl Iterator<Item = TimedHole> + '_ {
        self.holes.iter().map(move |hole| {
            let from = Timestamp(hole.start_boot_ms.saturating_add(boot_began_ms));
            TimedHole { from, to: from.plus_ms(hole.length_ms.max(0)), cause: hole.cause }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_its_number() {
        for (number, cause) in (0..).zip(Cause::VARIANTS) {
            assert_eq!(*cause as u8, number);
            assert_eq!(Cause::from_repr(number), Some(*cause));
        }
        assert_eq!(Cause::from_repr(12), None);
    }
}
