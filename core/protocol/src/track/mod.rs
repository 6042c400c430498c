//! The bytes of a track segment's blob (protocol, "Fence and track").
//!
//! ```text
//! "FBTRK1\n"  then one zstd frame of
//!   uvarint n                            number of fixes, at most 600
//!   n × zigzag  boot_ms                  the first absolute, then differences
//!   n × zigzag  lat, in 10^-6 degree     likewise
//!   n × zigzag  lon, in 10^-6 degree     likewise
//!   n × u8      accuracy in metres       255 is "more or unknown"
//!   n × u8      flags                    bits 0-1 gnss, network, fused, other; bit 2 mock; the rest 0
//!   uvarint m                            number of holes
//!   m × (uvarint start - first boot_ms, uvarint length in ms, u8 cause)
//! ```
//!
//! Varints are LEB128 in their shortest form. Without a fix the "first boot_ms" is 0; such a segment carries the
//! silence before the first fix of a boot. Fixes keep their order. Versions of zstd write different bytes, so the
//! vectors cover the inner bytes and the decoding; the id of a blob is the hash of the bytes that were written.

mod decode;
mod encode;
mod varint;

pub use decode::{decode, decode_inner};
pub use encode::{encode, encode_inner};

use firebee_domain::{
    id::BootId,
    track::{Fix, Hole, Segment},
};

/// What a blob begins with.
pub const MAGIC: &[u8; 7] = b"FBTRK1\n";

/// The most fixes in one segment.
pub const FIXES_MAX: usize = firebee_domain::track::SEGMENT_FIXES_MAX;

/// The most holes in one segment: two for every fix, since one silence may have two causes.
pub const HOLES_MAX: usize = 2 * FIXES_MAX;

/// The most bytes a frame may inflate to. A full segment of the longest varints takes 33 KB.
pub const INNER_LEN_MAX: usize = 64 * 1024;

/// Times are integers that JSON can carry exactly.
const TIME_MS_END: i64 = 1 << 53;
const LAT_E6_MAX: i32 = 90_000_000;
const LON_E6_MAX: i32 = 180_000_000;

/// The content of a blob: a segment without its boot. The `track.segment` fact carries the boot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The fixes in the order they came.
    pub fixes: Vec<Fix>,
    /// The holes in the order they were written.
    pub holes: Vec<Hole>,
}

impl Columns {
    /// The segment, with the boot that its fact names.
    pub fn into_segment(self, boot_id: BootId) -> Segment {
        Segment { boot_id, fixes: self.fixes, holes: self.holes }
    }
}

/// Why a segment cannot be written or a blob not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrackError {
    /// The bytes are not a segment.
    #[error("the bytes are not a track segment")]
    Malformed,
    /// More than 600 fixes or 1,200 holes.
    #[error("more fixes or holes than one segment holds")]
    TooLong,
    /// The frame inflates to more than a segment can take.
    #[error("the frame inflates to more than a segment can take")]
    TooLarge,
    /// A time is negative or not below 2^53, a latitude beyond 90 or a longitude beyond 180 degrees.
    #[error("a time or a coordinate is out of range")]
    OutOfRange,
    /// A hole begins before the first fix; it belongs into a segment before this one.
    #[error("a hole begins before the first fix")]
    HoleBeforeStart,
    /// The compressor refused; only want of memory can do that.
    #[error("the compressor refused")]
    Compressor,
}

fn check_time(ms: i64) -> Result<i64, TrackError> {
    if (0..TIME_MS_END).contains(&ms) { Ok(ms) } else { Err(TrackError::OutOfRange) }
}

fn check_coordinate(e6: i32, max: i32) -> Result<i32, TrackError> {
    if (-max..=max).contains(&e6) { Ok(e6) } else { Err(TrackError::OutOfRange) }
}

#[cfg(test)]
mod tests;
