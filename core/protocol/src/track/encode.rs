//! Segment → blob.

use super::{
    FIXES_MAX, HOLES_MAX, LAT_E6_MAX, LON_E6_MAX, MAGIC, TrackError, check_coordinate, check_time,
    varint::{put, put_signed},
};
use firebee_domain::track::{Fix, Hole, Segment};

/// The zstd level. It gives 2.8 bytes a point on the reference walk and costs a millisecond or two, once in ten
/// minutes.
const LEVEL: i32 = 19;

/// The blob of a segment: its bytes are hashed, announced by the `track.segment` fact and kept.
pub fn encode(segment: &Segment) -> Result<Vec<u8>, TrackError> {
    let inner = encode_inner(&segment.fixes, &segment.holes)?;
    let frame = zstd::bulk::compress(&inner, LEVEL).map_err(|_| TrackError::Compressor)?;
    Ok([MAGIC.as_slice(), &frame].concat())
}

/// What the frame of a blob inflates to.
pub fn encode_inner(fixes: &[Fix], holes: &[Hole]) -> Result<Vec<u8>, TrackError> {
    if fixes.len() > FIXES_MAX || holes.len() > HOLES_MAX {
        return Err(TrackError::TooLong);
    }
    for fix in fixes {
        check_time(fix.boot_ms)?;
        check_coordinate(fix.lat_e6, LAT_E6_MAX)?;
        check_coordinate(fix.lon_e6, LON_E6_MAX)?;
    }
    let mut out = Vec::with_capacity(10 * fixes.len() + 8 * holes.len() + 4);
    put(&mut out, fixes.len() as u64);
    put_column(&mut out, fixes.iter().map(|fix| fix.boot_ms));
    put_column(&mut out, fixes.iter().map(|fix| i64::from(fix.lat_e6)));
    put_column(&mut out, fixes.iter().map(|fix| i64::from(fix.lon_e6)));
    out.extend(fixes.iter().map(|fix| fix.accuracy_m));
    out.extend(fixes.iter().map(|fix| fix.provider as u8 | u8::from(fix.mock) << 2));
    put(&mut out, holes.len() as u64);
    let first_ms = fixes.first().map_or(0, |fix| fix.boot_ms);
    for hole in holes {
        let after_ms = check_time(hole.start_boot_ms)?.checked_sub(first_ms).filter(|ms| *ms >= 0);
        put(&mut out, after_ms.ok_or(TrackError::HoleBeforeStart)? as u64);
        put(&mut out, check_time(hole.length_ms)? as u64);
        out.push(hole.cause as u8);
    }
    Ok(out)
}

/// Differences of differences are worse here: the noise of three fixes instead of two ends up in each number.
fn put_column(out: &mut Vec<u8>, values: impl Iterator<Item = i64>) {
    let mut before = 0;
    for value in values {
        put_signed(out, value - before);
        before = value;
    }
}
