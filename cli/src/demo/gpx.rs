//! Reads a walk from a GPX file that may come from anywhere.
//!
//! Only track points (`trkpt`) are read; waypoints and routes are no walk. A file is taken or refused as a whole,
//! because a walk with missing points would be a different walk.

use firebee_domain::{code::Code, time::Timestamp};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::{fs::File, io::Read, path::Path};

/// The most bytes that a file may have.
pub const BYTES_MAX: u64 = 20 * 1024 * 1024;
/// The most points that a file may have.
const POINTS_MAX: usize = 200_000;

/// 2000-01-01T00:00:00Z; civil receivers were useless before, and a clock that was never set shows such times.
const PLAUSIBLE_FROM: Timestamp = Timestamp(946_684_800_000);
/// No walk rests longer than this between two points, in milliseconds.
const REST_MS_MAX: i64 = 24 * 3_600_000;

/// A walk: points in the order of their times, which increase strictly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// At least one.
    pub points: Vec<WalkPoint>,
}

/// One point of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalkPoint {
    /// When.
    pub at: Timestamp,
    /// Latitude in 10^-6 degree, WGS-84 as GPX says.
    pub lat_e6: i32,
    /// Longitude in 10^-6 degree.
    pub lon_e6: i32,
}

/// Why a file is not a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GpxError {
    /// More than 20 MB or 200,000 points.
    #[error("more than 20 MB or 200,000 points")]
    TooLarge,
    /// Not well-formed XML, not GPX, with a document type, or a position or a time that cannot be read.
    #[error("not a readable GPX file")]
    Unreadable,
    /// No track point.
    #[error("no track point")]
    Empty,
    /// A track point without a time.
    #[error("a track point has no time")]
    TimeMissing,
    /// A time that is not after the one before it.
    #[error("the times do not increase")]
    TimeNotIncreasing,
    /// A time before the year 2000 or in the future, or more than a day after the one before it.
    #[error("a time is before 2000, in the future, or a day after the one before")]
    TimeImplausible,
}

impl GpxError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::TooLarge => Code::TrackTooLarge,
            Self::Unreadable => Code::TrackUnreadable,
            Self::Empty => Code::TrackEmpty,
            Self::TimeMissing => Code::TrackTimeMissing,
            Self::TimeNotIncreasing => Code::TrackTimeNotIncreasing,
            Self::TimeImplausible => Code::TrackTimeImplausible,
        }
    }
}

/// Reads a file; no more than [`BYTES_MAX`] of it reach memory. `now` bounds its times.
pub fn read_file(path: &Path, now: Timestamp) -> Result<Walk, GpxError> {
    let file = File::open(path).map_err(|_| GpxError::Unreadable)?;
    let mut bytes = Vec::new();
    file.take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|_| GpxError::Unreadable)?;
    read(&bytes, now)
}

/// Reads a walk. The first thing that is wrong, in the order of the file, names the error.
pub fn read(bytes: &[u8], now: Timestamp) -> Result<Walk, GpxError> {
    if bytes.len() as u64 > BYTES_MAX {
        return Err(GpxError::TooLarge);
    }
    // Old exports use other encodings for names. Everything that this reader uses is ASCII in all of them.
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() {
        return Err(GpxError::Empty);
    }
    let mut reader = Reader::from_str(text);
    let mut file = GpxFile { now, path: Vec::new(), rooted: false, point: None, points: Vec::new() };
    loop {
        match reader.read_event().map_err(|_| GpxError::Unreadable)? {
            Event::Start(tag) => file.open(&tag)?,
            Event::End(_) => file.close()?,
            Event::Empty(tag) => {
                file.open(&tag)?;
                file.close()?;
            }
            Event::Text(text) => file.text(&text.into_inner())?,
            Event::CData(text) => file.text(&text.into_inner())?,
            Event::DocType(_) => return Err(GpxError::Unreadable),
            Event::Eof => return file.finish(),
            Event::GeneralRef(_) => file.text("&")?,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Gpx,
    Track,
    Segment,
    Point,
    Time,
    Other,
}

struct GpxFile {
    now: Timestamp,
    /// The elements that are open, the outermost first.
    path: Vec<Element>,
    rooted: bool,
    point: Option<OpenPoint>,
    points: Vec<WalkPoint>,
}

struct OpenPoint {
    lat_e6: i32,
    lon_e6: i32,
    time: String,
}

impl GpxFile {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), GpxError> {
        let element = match (self.path.last(), tag.local_name().as_ref()) {
            (None, "gpx") if !self.rooted => Element::Gpx,
            (None, _) => return Err(GpxError::Unreadable),
            (Some(Element::Gpx), "trk") => Element::Track,
            (Some(Element::Track), "trkseg") => Element::Segment,
            (Some(Element::Segment), "trkpt") => Element::Point,
            (Some(Element::Point), "time") => Element::Time,
            _ => Element::Other,
        };
        self.rooted = true;
        if element == Element::Point {
            if self.points.len() >= POINTS_MAX {
                return Err(GpxError::TooLarge);
            }
            let (lat_e6, lon_e6) = (degrees_e6(tag, "lat", 90.0)?, degrees_e6(tag, "lon", 180.0)?);
            self.point = Some(OpenPoint { lat_e6, lon_e6, time: String::new() });
        }
        self.path.push(element);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), GpxError> {
        match (self.path.last(), &mut self.point) {
            (Some(Element::Time), Some(point)) => point.time.push_str(text),
            (None, _) if !text.trim().is_empty() => return Err(GpxError::Unreadable),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), GpxError> {
        if self.path.pop() != Some(Element::Point) {
            return Ok(());
        }
        let Some(point) = self.point.take() else { return Ok(()) };
        let at = instant(point.time.trim())?;
        let rest_ms = self.points.last().map(|last| at.ms_since(last.at));
        if at < PLAUSIBLE_FROM || at > self.now || rest_ms.is_some_and(|ms| ms > REST_MS_MAX) {
            return Err(GpxError::TimeImplausible);
        }
        if rest_ms.is_some_and(|ms| ms <= 0) {
            return Err(GpxError::TimeNotIncreasing);
        }
        self.points.push(WalkPoint { at, lat_e6: point.lat_e6, lon_e6: point.lon_e6 });
        Ok(())
    }

    fn finish(self) -> Result<Walk, GpxError> {
        if !self.rooted || !self.path.is_empty() {
            Err(GpxError::Unreadable)
        } else if self.points.is_empty() {
            Err(GpxError::Empty)
        } else {
            Ok(Walk { points: self.points })
        }
    }
}

fn degrees_e6(tag: &BytesStart<'_>, name: &str, max: f64) -> Result<i32, GpxError> {
    let attribute = tag.try_get_attribute(name).ok().flatten().ok_or(GpxError::Unreadable)?;
    let degrees: f64 = attribute.value.trim().parse().map_err(|_| GpxError::Unreadable)?;
    if degrees.abs() <= max { Ok((degrees * 1e6).round() as i32) } else { Err(GpxError::Unreadable) }
}

/// GPX times are UTC; some writers leave the `Z` out.
fn instant(text: &str) -> Result<Timestamp, GpxError> {
    if text.is_empty() {
        return Err(GpxError::TimeMissing);
    }
    let parsed = chrono::DateTime::parse_from_rfc3339(text)
        .or_else(|_| chrono::DateTime::parse_from_rfc3339(&format!("{text}Z")))
        .map_err(|_| GpxError::Unreadable)?;
    Ok(Timestamp(parsed.timestamp_millis()))
}

#[cfg(test)]
#[path = "gpx_tests.rs"]
mod tests;
