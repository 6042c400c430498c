//! Reads walks from a GPX file that may come from anywhere.
//!
//! Only track points (`trkpt`) are read; waypoints and routes are no walk. Recorders write odd files, so what is usable is
//! taken and the rest is counted. Only a file with nothing usable is refused.

use firebee_domain::{code::Code, time::Timestamp};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use serde::Serialize;
use std::{borrow::Cow, fs::File, io::Read as _, path::Path};

/// The most bytes that a file may have.
pub const BYTES_MAX: u64 = 20 * 1024 * 1024;
/// The most points that a file may have.
const POINTS_MAX: usize = 200_000;

/// 2000-01-01T00:00:00Z; civil receivers were useless before, and a clock that was never set shows such times.
const PLAUSIBLE_FROM: Timestamp = Timestamp(946_684_800_000);
/// A longer rest between two points begins another walk, in milliseconds.
const REST_MS_MAX: i64 = 24 * 3_600_000;
/// The clocks of satellites count 1,024 weeks and begin anew. An old receiver then gives times that are so much too early.
const ROLLOVER_MS: i64 = 1_024 * 7 * 24 * 3_600_000;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// The walks in the order of the file; at least one.
    pub walks: Vec<Walk>,
    /// What of it is not as it should be.
    pub odd: Odd,
}

/// A walk: points in the order of their times, which increase strictly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// At least one.
    pub points: Vec<WalkPoint>,
}

/// What of a file is not as it should be, as numbers of points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Odd {
    /// Left out: no time.
    pub without_time: usize,
    /// Left out: a time that is not after the one before it.
    pub not_after: usize,
    /// Left out: a time before the year 2000 or in the future.
    pub implausible: usize,
    /// Left out: a place or a time that cannot be read.
    pub unreadable: usize,
    /// Used: so old that the receiver's clock may have begun anew, and the time be 1,024 weeks too early.
    pub maybe_1024_weeks_early: usize,
    /// The file ends early or is no XML any more behind the points that are used.
    pub cut_short: bool,
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

/// Why a file is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GpxError {
    /// More than 20 MB or 200,000 points.
    #[error("more than 20 MB or 200,000 points")]
    TooLarge,
    /// Not GPX, with a document type, or no position and time that can be read.
    #[error("not a readable GPX file")]
    Unreadable,
    /// No track point.
    #[error("no track point")]
    Empty,
    /// No track point has a time.
    #[error("no track point has a time")]
    TimeMissing,
    /// All times are before the year 2000 or in the future.
    #[error("all times are before 2000 or in the future")]
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
            Self::TimeImplausible => Code::TrackTimeImplausible,
        }
    }
}

/// Reads a file; no more than [`BYTES_MAX`] of it reach memory. `now` bounds its times.
pub fn read_file(path: &Path, now: Timestamp) -> Result<Contents, GpxError> {
    let file = File::open(path).map_err(|_| GpxError::Unreadable)?;
    let mut bytes = Vec::new();
    file.take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|_| GpxError::Unreadable)?;
    read(&bytes, now)
}

/// Reads the walks of a file.
pub fn read(bytes: &[u8], now: Timestamp) -> Result<Contents, GpxError> {
    if bytes.len() as u64 > BYTES_MAX {
        return Err(GpxError::TooLarge);
    }
    let text = text_of(bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() {
        return Err(GpxError::Empty);
    }
    let mut reader = Reader::from_str(text);
    let mut file = GpxFile::new(now);
    loop {
        let read = match reader.read_event() {
            Ok(Event::Start(tag)) => file.open(&tag)?,
            Ok(Event::End(_)) => file.close(),
            Ok(Event::Empty(tag)) => {
                let read = file.open(&tag)?;
                file.close();
                read
            }
            Ok(Event::Text(text)) => file.text(&text.into_inner()),
            Ok(Event::CData(text)) => file.text(&text.into_inner()),
            Ok(Event::GeneralRef(_)) => file.text("&"),
            Ok(Event::DocType(_)) => return Err(GpxError::Unreadable),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => Read::On,
            Ok(Event::Eof) => return file.finish(),
            Err(_) => Read::Stop,
        };
        if read == Read::Stop {
            file.odd.cut_short = true;
            return file.finish();
        }
    }
}

/// The text of a file: UTF-16 when its byte order mark says so. Old exports use yet other encodings for names;
/// everything that this reader uses is ASCII in all of them.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks().0.iter().map(|pair| unit(*pair));
        char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf_16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf_16(rest, u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes),
    }
}

/// Whether the rest of a file can still be understood.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    On,
    Stop,
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
    /// Whether a track was opened and has given no point yet.
    is_track_new: bool,
    seen: usize,
    walks: Vec<Walk>,
    odd: Odd,
}

struct OpenPoint {
    /// Latitude and longitude in 10^-6 degree, if they can be read.
    place: Option<(i32, i32)>,
    time: String,
}

impl GpxFile {
    fn new(now: Timestamp) -> Self {
        let (path, walks, odd) = (Vec::new(), Vec::new(), Odd::default());
        Self { now, path, rooted: false, point: None, is_track_new: false, seen: 0, walks, odd }
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<Read, GpxError> {
        let element = match (self.path.last(), tag.local_name().as_ref()) {
            (None, "gpx") if !self.rooted => Element::Gpx,
            (None, _) if !self.rooted => return Err(GpxError::Unreadable),
            (None, _) => return Ok(Read::Stop),
            (Some(Element::Gpx), "trk") => Element::Track,
            (Some(Element::Track), "trkseg") => Element::Segment,
            (Some(Element::Segment), "trkpt") => Element::Point,
            (Some(Element::Point), "time") => Element::Time,
            _ => Element::Other,
        };
        self.rooted = true;
        self.is_track_new |= element == Element::Track;
        if element == Element::Point {
            self.seen += 1;
            if self.seen > POINTS_MAX {
                return Err(GpxError::TooLarge);
            }
            let place = degrees_e6(tag, "lat", 90.0).zip(degrees_e6(tag, "lon", 180.0));
            self.point = Some(OpenPoint { place, time: String::new() });
        }
        self.path.push(element);
        Ok(Read::On)
    }

    fn text(&mut self, text: &str) -> Read {
        match (self.path.last(), &mut self.point) {
            (Some(Element::Time), Some(point)) => point.time.push_str(text),
            (None, _) if !text.trim().is_empty() => return Read::Stop,
            _ => {}
        }
        Read::On
    }

    fn close(&mut self) -> Read {
        if self.path.pop() == Some(Element::Point)
            && let Some(point) = self.point.take()
        {
            self.keep(&point);
        }
        Read::On
    }

    fn keep(&mut self, point: &OpenPoint) {
        let time = point.time.trim();
        if time.is_empty() {
            self.odd.without_time += 1;
            return;
        }
        let (Some(at), Some((lat_e6, lon_e6))) = (instant(time), point.place) else {
            self.odd.unreadable += 1;
            return;
        };
        if at < PLAUSIBLE_FROM || at > self.now {
            self.odd.implausible += 1;
            return;
        }
        let kept = WalkPoint { at, lat_e6, lon_e6 };
        let is_track_new = std::mem::take(&mut self.is_track_new);
        let walk = self.walks.last_mut().and_then(|walk| Some((walk.points.last()?.at, walk)));
        match walk.map(|(last, walk)| (at.ms_since(last), walk)) {
            Some((1..=REST_MS_MAX, walk)) => walk.points.push(kept),
            // Some programs write the tracks of a day in another order.
            Some((ms, _)) if !is_track_new && (-REST_MS_MAX..=0).contains(&ms) => {
                self.odd.not_after += 1;
                return;
            }
            _ => self.walks.push(Walk { points: vec![kept] }),
        }
        self.odd.maybe_1024_weeks_early += usize::from(at.plus_ms(ROLLOVER_MS) <= self.now);
    }

    fn finish(mut self) -> Result<Contents, GpxError> {
        self.odd.cut_short |= !self.path.is_empty();
        let Odd { without_time, implausible, unreadable, cut_short, .. } = self.odd;
        if !self.walks.is_empty() {
            Ok(Contents { walks: self.walks, odd: self.odd })
        } else if !self.rooted || unreadable > 0 || cut_short {
            Err(GpxError::Unreadable)
        } else if implausible > 0 {
            Err(GpxError::TimeImplausible)
        } else if without_time > 0 {
            Err(GpxError::TimeMissing)
        } else {
            Err(GpxError::Empty)
        }
    }
}

fn degrees_e6(tag: &BytesStart<'_>, name: &str, max: f64) -> Option<i32> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    let degrees: f64 = attribute.value.trim().replace(',', ".").parse().ok()?;
    (degrees.abs() <= max).then(|| (degrees * 1e6).round() as i32)
}

/// GPX times are UTC with a `Z`. Some writers leave it out, or write a zone with or without its colon, or a decimal comma.
fn instant(text: &str) -> Option<Timestamp> {
    let text = text.replace(',', ".");
    let with_zone = chrono::DateTime::parse_from_rfc3339(&text)
        .or_else(|_| chrono::DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%#z"));
    let parsed = with_zone.or_else(|_| chrono::DateTime::parse_from_rfc3339(&format!("{text}Z"))).ok()?;
    Some(Timestamp(parsed.timestamp_millis()))
}

#[cfg(test)]
#[path = "gpx_tests.rs"]
mod tests;
