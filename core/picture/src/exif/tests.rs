//! What is read from every picture among the fixtures, beside what exiftool 12.57 reads from it.
//!
//! `tests/fixtures/exiftool.json` was made in its folder by
//!
//! ```text
//! exiftool -json -n -DateTimeOriginal -GPSLatitude -GPSLongitude -GPSDateTime -IFD0:Orientation -Make -Model \
//!     photos/*.jpg odd/*.jpg > exiftool.json
//! ```

use super::*;
use crate::sniff::{self, PictureMime};
use serde_json::Value as Json;
use std::{collections::BTreeSet, fs, io::Cursor, path::Path};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures");

fn recorded() -> Vec<Json> {
    serde_json::from_slice(&fs::read(Path::new(FIXTURES).join("exiftool.json")).unwrap()).unwrap()
}

fn read(file: &str) -> ExifFacts {
    let bytes = fs::read(Path::new(FIXTURES).join(file)).unwrap();
    let declared = sniff::declared(&mut Cursor::new(&bytes), PictureMime::Jpeg).unwrap();
    declared.exif.map(ExifFacts::read).unwrap_or_default().or_xmp(declared.xmp.as_deref())
}

/// `2024:05:06 08:09:10.5+08:00` as `2024-05-06 08:09:10`.
fn moment_of(row: &Json, key: &str) -> Option<String> {
    let (day, time) = row.get(key)?.as_str()?.split_once(' ')?;
    Some(format!("{} {}", day.replace(':', "-"), time.get(..8)?))
}

/// The one difference on purpose: exiftool gives 0°/0° as any other place.
fn place_of(row: &Json) -> Option<ExifPosition> {
    let e6 = |key: &str| row.get(key)?.as_f64().map(|degrees| (degrees * 1e6).round() as i32);
    let (lat_e6, lon_e6) = (e6("GPSLatitude")?, e6("GPSLongitude")?);
    (lat_e6 != 0 || lon_e6 != 0).then_some(ExifPosition { lat_e6, lon_e6 })
}

#[test]
fn time_place_orientation_and_camera_of_every_fixture_are_those_that_exiftool_reads() {
    let mut differences = Vec::new();
    for row in recorded() {
        let file = row["SourceFile"].as_str().unwrap();
        let facts = read(file);
        let gnss = facts.gnss.and_then(|at| chrono::DateTime::from_timestamp_millis(at.0));
        let gnss = gnss.map(|at| at.format("%Y-%m-%d %H:%M:%S").to_string());
        let ours = (facts.taken, facts.position, gnss, facts.orientation, facts.make, facts.model);
        let word = |key: &str| row[key].as_str().map(str::to_owned);
        let orientation = row["Orientation"].as_u64().unwrap_or(1).try_into().unwrap();
        let [taken, gnss] = ["DateTimeOriginal", "GPSDateTime"].map(|key| moment_of(&row, key));
        let theirs = (taken, place_of(&row), gnss, orientation, word("Make"), word("Model"));
        if ours != theirs {
            differences.push(format!("{file}: {ours:?}, exiftool {theirs:?}"));
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn exiftool_has_seen_every_picture_among_the_fixtures() {
    let seen: BTreeSet<String> = recorded().iter().map(|row| row["SourceFile"].as_str().unwrap().to_owned()).collect();
    let there: BTreeSet<String> = ["photos", "odd"]
        .into_iter()
        .flat_map(|folder| {
            let files = fs::read_dir(Path::new(FIXTURES).join(folder)).unwrap();
            files.map(move |file| format!("{folder}/{}", file.unwrap().file_name().display()))
        })
        .filter(|file| file.ends_with(".jpg"))
        .collect();
    assert_eq!(seen, there);
}

fn boxed(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], name, body].concat()
}

/// The first box of a HEIC file.
fn kind() -> Vec<u8> {
    boxed(b"ftyp", b"heic\0\0\0\0mif1heic")
}

/// A list of one item, which is an EXIF block.
fn entries() -> Vec<u8> {
    let entry = boxed(b"infe", b"\x02\0\0\0\0\x01\0\0Exif\0");
    boxed(b"iinf", &[&b"\0\0\0\0\0\x01"[..], &entry].concat())
}

/// A HEIC file with nothing but its EXIF block, and `free` bytes without a meaning in its `meta` box (ISO/IEC 14496-12, 8.11).
fn heic(block: &[u8], free: usize) -> Vec<u8> {
    let place = |offset: usize| {
        let offset = u32::try_from(offset).unwrap().to_be_bytes();
        let length = u32::try_from(block.len() + 4).unwrap().to_be_bytes();
        boxed(b"iloc", &[&b"\0\0\0\0\x44\0\0\x01\0\x01\0\0\0\x01"[..], &offset, &length].concat())
    };
    let free = boxed(b"free", &vec![0; free]);
    let meta = |offset| boxed(b"meta", &[&[0; 4][..], &entries(), &place(offset), &free].concat());
    let data_at = kind().len() + meta(0).len() + 8;
    [kind(), meta(data_at), boxed(b"mdat", &[&[0; 4][..], block].concat())].concat()
}

#[test]
fn a_date_behind_a_blank_keeps_its_last_digit() {
    assert_eq!(moment(b" 2024:05:06 08:09:17"), Some("2024-05-06 08:09:17".to_owned()));
}

/// Type 9 in place of type 4, in either order of bytes.
#[test]
fn a_pointer_that_is_written_as_a_signed_number_leads_to_the_same_facts() {
    let mut tried = 0;
    for row in recorded() {
        let bytes = fs::read(Path::new(FIXTURES).join(row["SourceFile"].as_str().unwrap())).unwrap();
        let Some(mut block) = sniff::declared(&mut Cursor::new(&bytes), PictureMime::Jpeg).unwrap().exif else {
            continue;
        };
        let before = ExifFacts::read(block.clone());
        let (plain, signed): (&[u8], &[u8]) = if block.starts_with(b"II") {
            (b"\x25\x88\x04\0", b"\x25\x88\x09\0")
        } else {
            (b"\x88\x25\0\x04", b"\x88\x25\0\x09")
        };
        let Some(at) = block.windows(4).position(|entry| entry == plain) else { continue };
        block[at..at + 4].copy_from_slice(signed);
        assert_eq!(ExifFacts::read(block), before);
        tried += u32::from(before.position.is_some());
    }
    assert!(tried > 1, "{tried}");
}

#[test]
fn the_block_of_a_heic_file_is_read_and_no_damage_to_it_breaks_the_reader() {
    let jpeg = fs::read(Path::new(FIXTURES).join("odd/exif_dash_date.jpg")).unwrap();
    let block = sniff::declared(&mut Cursor::new(&jpeg), PictureMime::Jpeg).unwrap().exif.unwrap();
    let file = heic(&block, 0);
    let read = ExifFacts::of_foreign(Cursor::new(&file));
    assert_eq!(read, ExifFacts::read(block));
    assert_eq!(read.taken.as_deref(), Some("2024-05-06 08:09:10"));
    for at in 0..file.len() {
        let mut broken = file.clone();
        broken[at] ^= 0xff;
        ExifFacts::of_foreign(Cursor::new(&broken));
        ExifFacts::of_foreign(Cursor::new(&file[..at]));
    }
}

/// The reader would count 65 535 places of no byte for each ten bytes of the box: minutes, or days for a whole upload.
#[test]
fn a_heic_file_that_asks_for_more_than_a_picture_does_is_read_at_once_as_one_without_facts() {
    let jpeg = fs::read(Path::new(FIXTURES).join("odd/exif_dash_date.jpg")).unwrap();
    let block = sniff::declared(&mut Cursor::new(&jpeg), PictureMime::Jpeg).unwrap().exif.unwrap();
    let long = [heic(&block, 60_000), heic(&block, 1 << 16)].map(|file| ExifFacts::of_foreign(Cursor::new(&file)));
    assert_eq!(long, [ExifFacts::read(block), ExifFacts::default()]);
    for items in [6_000, 1 << 20] {
        let places = b"\0\0\0\x01\0\x01\0\0\xff\xff".repeat(items);
        let count = u32::try_from(items).unwrap().to_be_bytes();
        let table = boxed(b"iloc", &[&b"\x02\0\0\0\0\0"[..], &count, &places].concat());
        let file = [kind(), boxed(b"meta", &[&[0; 4][..], &entries(), &table].concat())].concat();
        assert_eq!(ExifFacts::of_foreign(Cursor::new(&file)), ExifFacts::default(), "{items}");
    }
}
