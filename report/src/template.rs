//! The template, and the data that it reads: the snapshot made printable, with what is computed beside it.

use crate::{
    answer::{LeftOut, Unprintable},
    fonts::Fonts,
    input::Job,
    picture::{self, Size},
    qr, svg, text, upload,
};
use firebee_domain::report::{Notice, VerificationCode};
use serde::Serialize;
use serde_json::{Value, json};

/// What everything that is printed looks like.
const PAPER: (&str, &str) = ("/paper.typ", include_str!("template/paper.typ"));

/// The sources of the template of a table; the first is the main one.
pub const TABLE_SOURCES: [(&str, &str); 2] = [("/table.typ", include_str!("template/table.typ")), PAPER];

/// Those of a notice.
pub const NOTICE_SOURCES: [(&str, &str); 2] = [("/notice.typ", include_str!("template/notice.typ")), PAPER];

/// The sources of the template of a contract's text; the first is the main one.
pub const AGREEMENT_SOURCES: [(&str, &str); 2] = [("/agreement.typ", include_str!("template/agreement.typ")), PAPER];

/// The sources of the template; the first is the main one.
pub const SOURCES: [(&str, &str); 14] = [
    ("/report.typ", include_str!("template/report.typ")),
    ("/look.typ", include_str!("template/look.typ")),
    PAPER,
    ("/cover.typ", include_str!("template/cover.typ")),
    ("/upload.typ", include_str!("template/upload.typ")),
    ("/course.typ", include_str!("template/course.typ")),
    ("/opinion.typ", include_str!("template/opinion.typ")),
    ("/basics.typ", include_str!("template/basics.typ")),
    ("/records.typ", include_str!("template/records.typ")),
    ("/faults.typ", include_str!("template/faults.typ")),
    ("/site.typ", include_str!("template/site.typ")),
    ("/photos.typ", include_str!("template/photos.typ")),
    ("/evidence.typ", include_str!("template/evidence.typ")),
    ("/values.typ", include_str!("template/values.typ")),
];

/// From this number of photos on they are printed smaller.
const PHOTOS_MANY: usize = 240;
/// A photo on paper is 54 mm wide: 640 pixels are 300 on an inch.
const PHOTO_PX: u32 = 640;
/// The same, where there are many.
const PHOTO_MANY_PX: u32 = 480;
/// The most that a photo takes.
const PHOTO_BYTES_MAX: usize = 40_000;
/// A signature on paper is 50 mm wide.
const SIGNATURE: Size = Size { side_px_max: 600, bytes_max: 30_000 };

/// The files that the template reads.
pub struct Data {
    /// By name.
    pub files: Vec<(String, Vec<u8>)>,
    /// What became a mark.
    pub unprintable: Vec<Unprintable>,
    /// What has an empty frame.
    pub left_out: Vec<LeftOut>,
}

impl Data {
    /// The files of what is printed from one value, which the template knows by this name. `None` for one that cannot be written
    /// as JSON again.
    pub fn of_one(name: &str, value: impl Serialize, fonts: &Fonts) -> Option<Self> {
        let mut value = serde_json::to_value(value).ok()?;
        let mut data = Self { files: Vec::new(), unprintable: Vec::new(), left_out: Vec::new() };
        data.unprintable = text::make_printable(&mut value, fonts);
        let computed = json!({"font": fonts.family, "mono": fonts.mono});
        data.add("/data.json", serde_json::to_vec(&json!({name: value, "computed": computed})).ok()?);
        Some(data)
    }

    /// The files of a notice. `None` for one that cannot be written as JSON again.
    pub fn of_notice(notice: &Notice, fonts: &Fonts) -> Option<Self> {
        let mut value = serde_json::to_value(notice).ok()?;
        let mut data = Self { files: Vec::new(), unprintable: Vec::new(), left_out: Vec::new() };
        data.unprintable = text::make_printable(&mut value, fonts);
        let qr = notice.call_at.as_deref().and_then(qr::svg);
        let computed = json!({"font": fonts.family, "mono": fonts.mono, "qr": qr.is_some()});
        data.add("/qr.svg", qr.unwrap_or_default().into_bytes());
        data.add("/data.json", serde_json::to_vec(&json!({"notice": value, "computed": computed})).ok()?);
        Some(data)
    }

    /// All files of a report, with or without what typst itself reads, which are drawings and an uploaded file; the photos
    /// take at most `photos_bytes_max` together. `None` for a snapshot that cannot be written as JSON again.
    pub fn of(job: &Job, fonts: &Fonts, photos_bytes_max: usize, has_foreign: bool) -> Option<Self> {
        let mut snapshot = serde_json::to_value(&job.snapshot).ok()?;
        let mut data = Self { files: Vec::new(), unprintable: Vec::new(), left_out: Vec::new() };
        let maps = data.maps(&mut snapshot, fonts, has_foreign);
        data.unprintable = text::make_printable(&mut snapshot, fonts);
        let photos = data.photos(job, photos_bytes_max);
        let signatures = data.signatures(job);
        let upload = data.upload(job, has_foreign);

        let code = VerificationCode::of(&job.bytes);
        let address = format!("{}{}", job.snapshot.cover.verify_at, code.plain());
        let qr = qr::svg(&address);
        let computed = json!({
            "font": fonts.family,
            "mono": fonts.mono,
            "mark": job.mark,
            "verification": {"code": code, "address": address, "qr": qr.is_some()},
            "maps": maps,
            "photos": photos,
            "signatures": signatures,
            "upload": upload,
            "manifest": job.manifest.is_some(),
        });
        data.add("/qr.svg", qr.unwrap_or_default().into_bytes());
        data.add("/snapshot.json", job.bytes.clone());
        data.add("/manifest.json", job.manifest.clone().unwrap_or_default());
        data.add("/data.json", serde_json::to_vec(&json!({"report": snapshot, "computed": computed})).ok()?);
        Some(data)
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.push((name.to_owned(), bytes));
    }

    /// Takes the drawings out of the snapshot; says of each task whether it has one.
    fn maps(&mut self, snapshot: &mut Value, fonts: &Fonts, has_maps: bool) -> Vec<bool> {
        let works = snapshot.get_mut("site_work").and_then(Value::as_array_mut);
        let mut shown = Vec::new();
        for (place, work) in (1..).zip(works.into_iter().flatten()) {
            let map = work.get_mut("map").map(Value::take).unwrap_or_default();
            let map = map.as_str().unwrap_or_default();
            let is_plain = has_maps && svg::is_plain(map);
            if is_plain {
                self.add(&format!("/map/{place}.svg"), fonts.printed(map).into_bytes());
            } else if !map.is_empty() {
                self.left_out.push(LeftOut::Map(place));
            }
            shown.push(is_plain);
        }
        shown
    }

    /// Scales the photos; says of each whether it can be shown.
    fn photos(&mut self, job: &Job, photos_bytes_max: usize) -> Vec<bool> {
        let count = job.photos.len().max(1);
        let side_px_max = if job.photos.len() > PHOTOS_MANY { PHOTO_MANY_PX } else { PHOTO_PX };
        let size = Size { side_px_max, bytes_max: PHOTO_BYTES_MAX.min(photos_bytes_max / count) };
        let mut shown = Vec::new();
        for (place, (line, bytes)) in (1..).zip(job.snapshot.photos.iter().zip(&job.photos)) {
            let printed = picture::for_print(bytes, size);
            shown.push(printed.is_some());
            match printed {
                Some(bytes) => self.add(&format!("/photo/{place}.jpg"), bytes),
                None => self.left_out.push(LeftOut::Photo(line.number)),
            }
        }
        shown
    }

    /// Adds the uploaded file; says how many pages of it are shown.
    fn upload(&mut self, job: &Job, has_foreign: bool) -> usize {
        let Some(bytes) = &job.upload else { return 0 };
        match upload::pages(bytes).filter(|_| has_foreign) {
            Some(pages) => {
                self.add("/upload.pdf", bytes.clone());
                pages
            }
            None => {
                self.left_out.push(LeftOut::Upload);
                0
            }
        }
    }

    /// Scales the signatures; says of each whether it can be shown.
    fn signatures(&mut self, job: &Job) -> Vec<bool> {
        let mut shown = Vec::new();
        for (place, bytes) in (1..).zip(&job.signatures) {
            let printed = picture::for_print(bytes, SIGNATURE);
            shown.push(printed.is_some());
            match printed {
                Some(bytes) => self.add(&format!("/signature/{place}.jpg"), bytes),
                None => self.left_out.push(LeftOut::Signature(place)),
            }
        }
        shown
    }
}
