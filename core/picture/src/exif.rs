//! What the camera wrote into the picture: shown, searched, never trusted.

use crate::xmp::XmpFacts;
use chrono::{NaiveDate, NaiveDateTime};
use exif::{Exif, In, Rational, Reader, Tag, Value};
use firebee_domain::{evidence::PhotoExif, text, time::Timestamp};
use std::{
    io::{self, BufRead, Read, Seek, SeekFrom},
    panic::{AssertUnwindSafe, catch_unwind},
};

/// EXIF facts of a picture. A field is absent when the block lacks it or holds nonsense. A broken block is no reason to
/// refuse a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExifFacts {
    /// The time of the picture by the camera, as `YYYY-MM-DD hh:mm:ss`. The time has no zone, so it is shown and never
    /// used for a bound (protocol, "Trusted time").
    pub taken: Option<String>,
    /// Where the camera says it was taken, WGS-84.
    pub position: Option<ExifPosition>,
    /// The satellite time of the position, UTC.
    pub gnss: Option<Timestamp>,
    /// How the stored pixels must be turned to stand upright: 1 to 8, as EXIF counts.
    pub orientation: u8,
    /// The camera's maker, one line of at most [`CAMERA_CHARS_MAX`] characters.
    pub make: Option<String>,
    /// The camera's model, one line of at most [`CAMERA_CHARS_MAX`] characters.
    pub model: Option<String>,
    /// The program that wrote the file last, one line of at most [`CAMERA_CHARS_MAX`] characters.
    pub software: Option<String>,
}

impl Default for ExifFacts {
    fn default() -> Self {
        Self { taken: None, position: None, gnss: None, orientation: UPRIGHT, make: None, model: None, software: None }
    }
}

/// A position in integers of 10^-6 degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExifPosition {
    /// North of the equator.
    pub lat_e6: i32,
    /// East of Greenwich.
    pub lon_e6: i32,
}

/// The longest text taken from a camera, in Unicode scalars.
pub const CAMERA_CHARS_MAX: u32 = 64;

/// The orientation of a picture whose pixels stand upright as they are stored.
const UPRIGHT: u8 = 1;
/// The longest name of a camera in a fact, maker and model together, in Unicode scalars.
const NAME_CHARS_MAX: usize = 100;
/// The longest `meta` box of a HEIC or AVIF file that is read, in bytes. Phones write up to about 20 000.
const META_BYTES_MAX: u64 = 1 << 16;
/// The most boxes of a HEIC or AVIF file that are looked at for its `meta` box.
const BOXES_MAX: usize = 64;

impl ExifFacts {
    /// The same, as a fact says it.
    pub fn fact(&self) -> PhotoExif {
        let camera: Vec<&str> = self.make.iter().chain(&self.model).map(String::as_str).collect();
        PhotoExif {
            taken: self.taken.clone(),
            lat_e6: self.position.map(|position| position.lat_e6),
            lon_e6: self.position.map(|position| position.lon_e6),
            gnss_ms: self.gnss.map(|gnss| gnss.0),
            orientation: Some(self.orientation),
            camera: (!camera.is_empty()).then(|| camera.join(" ").chars().take(NAME_CHARS_MAX).collect()),
            software: self.software.clone(),
        }
    }

    /// Reads an EXIF block, from its TIFF header on. The caller bounds its size; fields are parsed one by one as
    /// they are asked for, so a block with many overlapping fields costs no more than its own size.
    pub fn read(mut block: Vec<u8>) -> Self {
        unsign_pointers(&mut block);
        Self::of(Reader::new().continue_on_error(true).read_raw(block))
    }

    /// Reads the EXIF block of a HEIC or AVIF file, from the file's first byte on. A file that would cost the reader more
    /// than a phone's picture does counts as one without the block.
    pub fn of_foreign(mut file: impl BufRead + Seek) -> Self {
        if !is_moderate(&mut file).unwrap_or(false) || file.rewind().is_err() {
            return Self::default();
        }
        // A panic in the reader counts as a defect of the block.
        let parsed = AssertUnwindSafe(|| Reader::new().continue_on_error(true).read_from_container(&mut file));
        catch_unwind(parsed).map(Self::of).unwrap_or_default()
    }

    fn of(parsed: Result<Exif, exif::Error>) -> Self {
        let Ok(exif) = parsed.or_else(|error| error.distill_partial_result(|_| ())) else { return Self::default() };
        Self {
            taken: taken(&exif),
            position: position(&exif),
            gnss: gnss(&exif),
            orientation: orientation(&exif),
            make: camera(&exif, Tag::Make),
            model: camera(&exif, Tag::Model),
            software: camera(&exif, Tag::Software),
        }
    }

    /// The same, with time and place from an XMP packet where EXIF has none.
    pub fn or_xmp(self, packet: Option<&[u8]>) -> Self {
        let XmpFacts { taken, position } = packet.map(XmpFacts::read).unwrap_or_default();
        Self { taken: self.taken.or(taken), position: self.position.or(position), ..self }
    }
}

/// Whether the reader may see a HEIC or AVIF file (ISO/IEC 14496-12): its `meta` box is read whole, so it has to be short;
/// and each place in its `iloc` box has to cost bytes of the box, or a few bytes ask for any number of places.
fn is_moderate(file: &mut (impl BufRead + Seek)) -> io::Result<bool> {
    file.rewind()?;
    for _ in 0..BOXES_MAX {
        let mut head = [0; 8];
        file.read_exact(&mut head)?;
        let [a, b, c, d, name @ ..] = head;
        let length = match u32::from_be_bytes([a, b, c, d]) {
            // To the end of the file.
            0 => None,
            1 => {
                let mut long = [0; 8];
                file.read_exact(&mut long)?;
                u64::from_be_bytes(long).checked_sub(16)
            }
            short => u64::from(short).checked_sub(8),
        };
        let Some(length) = length else { return Ok(false) };
        if name == *b"meta" {
            if length > META_BYTES_MAX {
                return Ok(false);
            }
            let mut meta = Vec::new();
            file.by_ref().take(length).read_to_end(&mut meta)?;
            // Behind the name: a version, three bytes of flags, and the widths of a place's offset and length.
            return Ok(!meta.windows(9).any(|bytes| matches!(bytes, [b'i', b'l', b'o', b'c', _, _, _, _, 0])));
        }
        let Ok(length) = i64::try_from(length) else { return Ok(false) };
        file.seek(SeekFrom::Current(length))?;
    }
    Ok(false)
}

/// Some editors write the pointers of the first directory as signed numbers, which the reader does not follow. A pointer
/// says the same without the sign.
fn unsign_pointers(block: &mut [u8]) -> Option<()> {
    // To the directories of the picture and of the position.
    const POINTERS: [u16; 2] = [0x8769, 0x8825];
    const SIGNED: u16 = 9;
    const UNSIGNED: u16 = 4;
    let little = block.starts_with(b"II");
    let short = |bytes: [u8; 2]| if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) };
    let at: [u8; 4] = block.get(4..8)?.try_into().ok()?;
    let at = usize::try_from(if little { u32::from_le_bytes(at) } else { u32::from_be_bytes(at) }).ok()?;
    let (count, entries) = block.get_mut(at..)?.split_first_chunk_mut::<2>()?;
    for entry in entries.chunks_exact_mut(12).take(short(*count).into()) {
        let [t0, t1, k0, k1, ..] = entry else { return None };
        if POINTERS.contains(&short([*t0, *t1])) && short([*k0, *k1]) == SIGNED {
            [*k0, *k1] = if little { UNSIGNED.to_le_bytes() } else { UNSIGNED.to_be_bytes() };
        }
    }
    Some(())
}

impl ExifPosition {
    /// A place on the globe. `None` beyond the poles and the date line, and at 0°/0°: devices without a fix write that,
    /// and nobody tests hydrants in the Gulf of Guinea.
    pub(super) fn new(lat_e6: i32, lon_e6: i32) -> Option<Self> {
        let on_globe = lat_e6.abs() <= 90_000_000 && lon_e6.abs() <= 180_000_000;
        (on_globe && (lat_e6, lon_e6) != (0, 0)).then_some(Self { lat_e6, lon_e6 })
    }
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(parts) => parts.first().map(Vec::as_slice),
        _ => None,
    }
}

/// One to three fractions; those that are left out are zero. Some phones write them with a sign. A negative one
/// contradicts the letter beside it and counts as nothing.
fn rationals(exif: &Exif, tag: Tag) -> Option<[Rational; 3]> {
    let written: Vec<Rational> = match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(values) => values.iter().copied().take(3).collect(),
        Value::SRational(values) => values
            .iter()
            .take(3)
            .map(|value| {
                let (num, denom) = (u32::try_from(value.num).ok()?, u32::try_from(value.denom).ok()?);
                Some(Rational { num, denom })
            })
            .collect::<Option<_>>()?,
        _ => return None,
    };
    let mut parts = [Rational { num: 0, denom: 1 }; 3];
    for (part, value) in parts.iter_mut().zip(&written) {
        *part = *value;
    }
    (!written.is_empty()).then_some(parts)
}

fn taken(exif: &Exif) -> Option<String> {
    // `DateTime` is left out: it is when an editor last saved the file.
    let text = ascii(exif, Tag::DateTimeOriginal).or_else(|| ascii(exif, Tag::DateTimeDigitized))?;
    moment(text)
}

/// A date and a time without zone, as `YYYY-MM-DD hh:mm:ss`. EXIF asks for colons in the date and a space behind it;
/// cameras and editors also write dashes and a `T`. What stands behind the seconds is passed over.
pub(super) fn moment(text: &[u8]) -> Option<String> {
    let text = str::from_utf8(text.trim_ascii_start().get(..19)?).ok()?;
    let formats = ["%Y:%m:%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"];
    let time = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    Some(time.format("%Y-%m-%d %H:%M:%S").to_string())
}

fn position(exif: &Exif) -> Option<ExifPosition> {
    let signed = |tag, letter, positive, negative| {
        let value = i32::try_from(sexagesimal(rationals(exif, tag)?, 1_000_000)?).ok()?;
        match ascii(exif, letter)?.first()?.to_ascii_uppercase() {
            letter if letter == positive => Some(value),
            letter if letter == negative => Some(-value),
            _ => None,
        }
    };
    ExifPosition::new(
        signed(Tag::GPSLatitude, Tag::GPSLatitudeRef, b'N', b'S')?,
        signed(Tag::GPSLongitude, Tag::GPSLongitudeRef, b'E', b'W')?,
    )
}

/// `(parts[0] + parts[1] / 60 + parts[2] / 3600) · scale`, rounded half up; `None` where a part is no number.
fn sexagesimal([a, b, c]: [Rational; 3], scale: u128) -> Option<u128> {
    let (da, db, dc) = (u128::from(a.denom), u128::from(b.denom), u128::from(c.denom));
    let whole = u128::from(a.num) * db * dc * 3600;
    let sixtieths = u128::from(b.num) * da * dc * 60;
    let rest = u128::from(c.num) * da * db;
    let top = (whole.checked_add(sixtieths)?.checked_add(rest)?).checked_mul(scale)?;
    let bottom = da * db * dc * 3600;
    top.checked_add(bottom / 2)?.checked_div(bottom)
}

fn gnss(exif: &Exif) -> Option<Timestamp> {
    let day = str::from_utf8(ascii(exif, Tag::GPSDateStamp)?).ok()?.trim();
    let formats = ["%Y:%m:%d", "%Y-%m-%d"];
    let day = formats.iter().find_map(|format| NaiveDate::parse_from_str(day, format).ok())?;
    let of_day_ms = i64::try_from(sexagesimal(rationals(exif, Tag::GPSTimeStamp)?, 3_600_000)?).ok()?;
    if of_day_ms >= 86_400_000 {
        return None;
    }
    Some(Timestamp(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis() + of_day_ms))
}

fn orientation(exif: &Exif) -> u8 {
    let stored = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    let stored = stored.and_then(|value| u8::try_from(value).ok());
    stored.filter(|value| (1..=8).contains(value)).unwrap_or(UPRIGHT)
}

/// Makes one line: drops forbidden characters, normalises and shortens the rest.
fn camera(exif: &Exif, tag: Tag) -> Option<String> {
    let written = String::from_utf8_lossy(ascii(exif, tag)?);
    let may_stand = |c: &char| {
        *c != '\n' && *c != char::REPLACEMENT_CHARACTER && {
            let refused = text::check(c.encode_utf8(&mut [0; 4]), 1) == Err(text::TextError::ControlCharacter);
            !refused
        }
    };
    let normal = text::clean(&written.chars().filter(may_stand).collect::<String>(), u32::MAX).ok()?;
    let line: String = normal.chars().take(usize::try_from(CAMERA_CHARS_MAX).ok()?).collect();
    text::required(&line, CAMERA_CHARS_MAX).ok()
}

#[cfg(test)]
mod tests;
