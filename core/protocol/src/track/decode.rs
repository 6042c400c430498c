//! Reads the columns of a blob. Lengths are checked before memory is allocated; anything that is not exactly a segment
//! is refused.

use super::{
    Columns, FIXES_MAX, HOLES_MAX, INNER_LEN_MAX, LAT_E6_MAX, LON_E6_MAX, MAGIC, TrackError, check_coordinate,
    check_time,
    varint::{take, take_byte, take_signed},
};
use firebee_domain::track::{Cause, Fix, Hole, Provider};
use std::io::Read;

/// A decoder takes no more memory than this window, 8 MiB, whatever the frame's header says.
const WINDOW_LOG_MAX: u32 = 23;

/// What a blob holds.
pub fn decode(blob: &[u8]) -> Result<Columns, TrackError> {
    let frame = blob.strip_prefix(MAGIC).ok_or(TrackError::Malformed)?;
    decode_inner(&inflate(frame)?)
}

/// What the inner bytes of a frame hold.
pub fn decode_inner(inner: &[u8]) -> Result<Columns, TrackError> {
    let mut rest = inner;
    let count = take_count(&mut rest, FIXES_MAX)?;
    let times = take_column(&mut rest, count, check_time)?;
    let lats = take_column(&mut rest, count, |value| coordinate(value, LAT_E6_MAX))?;
    let lons = take_column(&mut rest, count, |value| coordinate(value, LON_E6_MAX))?;
    let accuracies = take_bytes(&mut rest, count)?;
    let flags = take_bytes(&mut rest, count)?;
    let places = lats.into_iter().zip(lons);
    let marks = accuracies.iter().zip(flags);
    let fixes = times.into_iter().zip(places.zip(marks)).map(|(boot_ms, ((lat_e6, lon_e6), (accuracy_m, flags)))| {
        let (provider, mock) = read_flags(*flags)?;
        Ok(Fix { boot_ms, lat_e6, lon_e6, accuracy_m: *accuracy_m, provider, mock })
    });
    let fixes = fixes.collect::<Result<Vec<_>, _>>()?;
    let first_ms = fixes.first().map_or(0, |fix| fix.boot_ms);
    let holes = (0..take_count(&mut rest, HOLES_MAX)?).map(|_| take_hole(&mut rest, first_ms));
    let holes = holes.collect::<Result<Vec<_>, _>>()?;
    if rest.is_empty() { Ok(Columns { fixes, holes }) } else { Err(TrackError::Malformed) }
}

fn inflate(frame: &[u8]) -> Result<Vec<u8>, TrackError> {
    let mut decoder =
        zstd::stream::read::Decoder::with_buffer(frame).map_err(|_| TrackError::Malformed)?.single_frame();
    decoder.window_log_max(WINDOW_LOG_MAX).map_err(|_| TrackError::Malformed)?;
    let mut inner = Vec::new();
    let mut bounded = decoder.take(INNER_LEN_MAX as u64 + 1);
    bounded.read_to_end(&mut inner).map_err(|_| TrackError::Malformed)?;
    if inner.len() > INNER_LEN_MAX {
        return Err(TrackError::TooLarge);
    }
    let behind = bounded.into_inner().finish();
    if behind.is_empty() { Ok(inner) } else { Err(TrackError::Malformed) }
}

fn take_count(rest: &mut &[u8], max: usize) -> Result<usize, TrackError> {
    let count = usize::try_from(take(rest)?).map_err(|_| TrackError::TooLong)?;
    if count <= max { Ok(count) } else { Err(TrackError::TooLong) }
}

fn take_column<T>(
    rest: &mut &[u8],
    count: usize,
    check: impl Fn(i64) -> Result<T, TrackError>,
) -> Result<Vec<T>, TrackError> {
    let mut column = Vec::with_capacity(count);
    let mut value = 0_i64;
    for _ in 0..count {
        value = value.checked_add(take_signed(rest)?).ok_or(TrackError::OutOfRange)?;
        column.push(check(value)?);
    }
    Ok(column)
}

fn coordinate(value: i64, max: i32) -> Result<i32, TrackError> {
    check_coordinate(i32::try_from(value).map_err(|_| TrackError::OutOfRange)?, max)
}

fn take_bytes<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8], TrackError> {
    let (bytes, behind) = rest.split_at_checked(count).ok_or(TrackError::Malformed)?;
    *rest = behind;
    Ok(bytes)
}

fn read_flags(flags: u8) -> Result<(Provider, bool), TrackError> {
    let provider = match flags & 0b011 {
        0 => Provider::Gnss,
        1 => Provider::Network,
        2 => Provider::Fused,
        _ => Provider::Other,
    };
    if flags > 0b111 { Err(TrackError::Malformed) } else { Ok((provider, flags & 0b100 != 0)) }
}

fn take_hole(rest: &mut &[u8], first_ms: i64) -> Result<Hole, TrackError> {
    let take_time = |rest: &mut &[u8]| check_time(i64::try_from(take(rest)?).map_err(|_| TrackError::OutOfRange)?);
    let start_boot_ms = check_time(first_ms.saturating_add(take_time(rest)?))?;
    let length_ms = take_time(rest)?;
    let cause = Cause::from_repr(take_byte(rest)?).ok_or(TrackError::Malformed)?;
    Ok(Hole { start_boot_ms, length_ms, cause })
}
