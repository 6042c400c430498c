//! What makes a photo doubtful. A doubt refuses nothing: whoever reviews decides.

use super::{Photo, PhotoExif};
use crate::{
    geofence::Fences,
    task::{Stamp, Task, TaskKind},
    time::Timestamp,
};
use chrono::NaiveDateTime;

/// How far beyond the rim of the nearest fence a picture's own place may be, in metres. Some phones write places of Chinese maps,
/// which are off by up to 600 m.
pub const FAR_M: u32 = 1_000;

/// How far a picture's own date may be from when it was taken in, in milliseconds: a year.
pub const OTHER_DATE_MS: i64 = 365 * 86_400_000;

/// How much earlier than its task a picture's own time may be, in milliseconds: cameras keep their own clocks.
const EARLY_MS: i64 = 600_000;

/// UTC+8, in milliseconds: a picture's own time has no zone.
const CHINA_MS: i64 = 8 * 3_600_000;

/// Programs that change pictures, as they sign their files, in lower case; two of them in Chinese. A phone's own camera
/// signs with its system.
const EDITORS: [&str; 22] = [
    "photoshop",
    "lightroom",
    "adobe",
    "gimp",
    "snapseed",
    "picsart",
    "vsco",
    "meitu",
    "\u{7f8e}\u{56fe}",
    "\u{9192}\u{56fe}",
    "xingtu",
    "faceu",
    "b612",
    "beautycam",
    "beautyplus",
    "facetune",
    "canva",
    "pixelmator",
    "affinity",
    "photoscape",
    "paint.net",
    "polarr",
];

/// What makes a photo doubtful.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PhotoDoubt {
    /// The camera wrote nothing into it: no time, no place, no camera.
    NoExif,
    /// A program for changing pictures signed it.
    Edited {
        /// The program, as it signed.
        software: String,
    },
    /// Its own time lies before its task began.
    BeforeTask,
    /// Its own time lies before the work of its dispatch was given to somebody.
    BeforeDispatch,
    /// The phone said of it what its bytes do not say. The other doubts go by the bytes.
    SaidOtherwise,
    /// Its own date lies more than a year away from when it was taken in.
    OtherDate,
    /// Its own place lies far outside the fence.
    FarAway {
        /// How far beyond the rim, in metres.
        metres: u32,
    },
    /// Another photo of the task has the same original.
    Again {
        /// What that one is for.
        role: super::PhotoRole,
    },
}

impl PhotoExif {
    /// Whether something that a reviewer decides by is said otherwise. How a picture is turned is nothing of that kind.
    pub fn differs(&self, other: &Self) -> bool {
        let said = |exif: &Self| Self { orientation: None, ..exif.clone() };
        said(self) != said(other)
    }

    /// what makes a picture doubtful that was taken in at `at`, of work that began at `since`; `early` is the doubt
    /// about one from before.
    fn doubts(&self, at: &Stamp, (since, early): (&Stamp, PhotoDoubt), fences: Option<&Fences>) -> Vec<PhotoDoubt> {
        let own = own_time(self);
        let mut doubts = Vec::new();
        doubts.extend(is_bare(self).then_some(PhotoDoubt::NoExif));
        doubts.extend(
            self.software.clone().filter(|name| is_editor(name)).map(|software| PhotoDoubt::Edited { software }),
        );
        if own.is_some_and(|own| is_years_away(own, at)) {
            doubts.push(PhotoDoubt::OtherDate);
        } else if own.is_some_and(|own| is_before(own, since)) {
            doubts.push(early);
        }
        let place = self.lat_e6.zip(self.lon_e6);
        let beyond = place.zip(fences).map(|((lat, lon), fences)| fences.metres_beyond(lat, lon));
        doubts.extend(beyond.filter(|metres| *metres > FAR_M).map(|metres| PhotoDoubt::FarAway { metres }));
        doubts
    }
}

/// what makes a picture of a dispatch doubtful, by what its bytes say. It came at `at`; the dispatch was issued at
/// `since`.
pub fn dispatch_doubts(read: &PhotoExif, at: &Stamp, since: &Stamp, fences: Option<&Fences>) -> Vec<PhotoDoubt> {
    read.doubts(at, (since, PhotoDoubt::BeforeDispatch), fences)
}

impl Photo {
    /// what makes it doubtful. `read` is what the server read from its bytes where that is not what the phone said;
    /// the bytes count.
    pub fn doubts(&self, task: &Task, fences: Option<&Fences>, read: Option<&PhotoExif>) -> Vec<PhotoDoubt> {
        // The picture of a repair request is no evidence of a visit.
        if task.kind == TaskKind::Request {
            return Vec::new();
        }
        let otherwise = read.map(|_| PhotoDoubt::SaidOtherwise);
        let exif = read.unwrap_or(&self.taken.exif);
        let own = exif.doubts(&self.at, (&task.started, PhotoDoubt::BeforeTask), fences);
        let mut doubts: Vec<PhotoDoubt> = otherwise.into_iter().chain(own).collect();
        let same = |other: &&Self| other.fact != self.fact && other.taken.original == self.taken.original;
        doubts.extend(task.current_photos().filter(same).map(|other| PhotoDoubt::Again { role: other.taken.role }));
        doubts
    }
}

/// The picture's own time: that of the satellites, else the camera's, which is taken for China's.
fn own_time(exif: &PhotoExif) -> Option<Timestamp> {
    let written = exif.taken.as_deref().and_then(|taken| {
        // As EXIF writes it, and as our own phone passes it on.
        let formats = ["%Y-%m-%d %H:%M:%S", "%Y:%m:%d %H:%M:%S"];
        formats.iter().find_map(|format| NaiveDateTime::parse_from_str(taken, format).ok())
    });
    let camera = written.map(|taken| Timestamp(taken.and_utc().timestamp_millis()).plus_ms(-CHINA_MS));
    exif.gnss_ms.map(Timestamp).or(camera)
}

const fn is_bare(exif: &PhotoExif) -> bool {
    exif.taken.is_none() && exif.camera.is_none() && exif.gnss_ms.is_none() && exif.lat_e6.is_none()
}

fn is_editor(software: &str) -> bool {
    let name = software.to_lowercase();
    EDITORS.iter().any(|editor| name.contains(editor))
}

/// Whether it is before an instant by every clock: the phone's own, which also dates its pictures, and what is known of
/// the time.
fn is_before(own: Timestamp, at: &Stamp) -> bool {
    let known = at.best().map_or(at.wall_ms, |bound| bound.earliest);
    own.plus_ms(EARLY_MS) < at.wall_ms.min(known)
}

/// Whether it is years away from an instant by every clock.
fn is_years_away(own: Timestamp, at: &Stamp) -> bool {
    let away_ms = |from: Timestamp, to: Timestamp| from.ms_since(own).max(own.ms_since(to));
    let by_wall = away_ms(at.wall_ms, at.wall_ms);
    let by_known = at.best().map_or(by_wall, |bound| away_ms(bound.earliest, bound.latest));
    by_wall.min(by_known) > OTHER_DATE_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        evidence::{PhotoRole, PhotoTaken},
        geofence::{Datum, Geofence, Location, Position},
        id::{ContentId, FactId},
    };
    use uuid::Uuid;

    /// 2026-07-01 09:00 in China.
    const STARTED: Timestamp = Timestamp(1_782_867_600_000);
    const HOUR_MS: i64 = 3_600_000;

    fn photo(number: u8, exif: PhotoExif) -> Photo {
        let [original, preview, thumbnail] = [0, 1, 2].map(|n| ContentId([number + n; 32]));
        let role = PhotoRole::Evidence;
        let taken = PhotoTaken { role, item: None, ordinal: None, original, preview, thumbnail, exif };
        let at = Stamp::unproved(STARTED.plus_ms(HOUR_MS));
        Photo { fact: FactId(Uuid::from_u128(number.into())), at, taken, withdrawn: false, moved_to: None }
    }

    fn task(photos: Vec<Photo>) -> Task {
        let id = Uuid::from_u128(1);
        let begun = serde_json::json!({
            "id": id, "project": id, "plan": null, "kind": "planned", "executor": id, "name": "0701_1",
            "started": { "wall_ms": STARTED, "time": null }, "state": "executing", "round": 0, "items": [],
            "description": null, "results": [], "photos": [], "segments": [], "submissions": [], "reviews": [],
        });
        Task { photos, ..serde_json::from_value(begun).unwrap() }
    }

    fn exif(taken: &str) -> PhotoExif {
        PhotoExif { taken: Some(taken.into()), camera: Some("Nokia 8.3 5G".into()), ..PhotoExif::default() }
    }

    fn doubts(exif: PhotoExif) -> Vec<PhotoDoubt> {
        let photo = photo(1, exif);
        let center = Position::new(31_230_000, 121_470_000).unwrap();
        let fence = Geofence::new(Location::new(Datum::Wgs84, center), Some(200)).unwrap();
        photo.doubts(&task(vec![photo.clone()]), Some(&fence.into()), None)
    }

    #[test]
    fn r_410_a_picture_of_the_phones_own_camera_raises_no_doubt() {
        let place = PhotoExif { lat_e6: Some(31_230_000), lon_e6: Some(121_470_000), ..exif("2026-07-01 10:00:00") };
        assert_eq!(doubts(place.clone()), []);
        let system = PhotoExif { software: Some("MIUI 14 HDR+".into()), ..place };
        assert_eq!(doubts(system), [], "the program of the camera itself");
        assert_eq!(doubts(exif("2026-07-01 08:50:00")), [], "cameras keep their own clocks");
    }

    #[test]
    fn r_410_what_a_picture_says_of_itself_makes_it_doubtful() {
        assert_eq!(doubts(PhotoExif::default()), [PhotoDoubt::NoExif]);
        assert_eq!(doubts(exif("2026:07:01 08:49:59")), [PhotoDoubt::BeforeTask]);
        assert_eq!(
            doubts(exif("2023-07-01 10:00:00")),
            [PhotoDoubt::OtherDate],
            "once, though it is before the task too"
        );
        assert_eq!(doubts(exif("2029-07-01 10:00:00")), [PhotoDoubt::OtherDate]);
        let software = "Adobe Photoshop 25.1".to_owned();
        let edited = PhotoExif { software: Some(software.clone()), ..exif("2026-07-01 10:00:00") };
        assert_eq!(doubts(edited), [PhotoDoubt::Edited { software }]);
        let satellites = PhotoExif { gnss_ms: Some(STARTED.0 - HOUR_MS), ..exif("2026-07-01 10:00:00") };
        assert_eq!(doubts(satellites), [PhotoDoubt::BeforeTask], "the satellites' time counts before the camera's");
    }

    /// the bytes are believed and not the phone, and that the phone said otherwise is told.
    #[test]
    fn r_410_what_the_bytes_say_counts_before_what_the_phone_said_of_them() {
        let photo = photo(1, exif("2026-07-01 10:00:00"));
        let with = |read: &PhotoExif| photo.doubts(&task(vec![photo.clone()]), None, Some(read));
        let old = exif("2023-07-01 10:00:00");
        assert_eq!(with(&old), [PhotoDoubt::SaidOtherwise, PhotoDoubt::OtherDate]);
        assert_eq!(with(&PhotoExif::default()), [PhotoDoubt::SaidOtherwise, PhotoDoubt::NoExif]);
        assert!(old.differs(&photo.taken.exif));
        let turned = PhotoExif { orientation: Some(6), ..photo.taken.exif.clone() };
        assert!(!turned.differs(&photo.taken.exif), "how it is turned is no claim");
    }

    #[test]
    fn r_410_a_picture_of_a_dispatch_from_before_it_was_issued_is_doubtful() {
        let (at, since) = (Stamp::unproved(STARTED.plus_ms(HOUR_MS)), Stamp::unproved(STARTED));
        assert_eq!(dispatch_doubts(&exif("2026-07-01 09:30:00"), &at, &since, None), []);
        assert_eq!(dispatch_doubts(&exif("2026-07-01 08:00:00"), &at, &since, None), [PhotoDoubt::BeforeDispatch]);
    }

    #[test]
    fn r_410_a_place_counts_as_far_only_beyond_the_shift_of_chinese_maps() {
        // 0.01 degree of latitude is 1,108 m.
        let at = |lat_e6| PhotoExif { lat_e6: Some(lat_e6), lon_e6: Some(121_470_000), ..exif("2026-07-01 10:00:00") };
        assert_eq!(doubts(at(31_240_000)), []);
        let [PhotoDoubt::FarAway { metres }] = doubts(at(31_250_000))[..] else { panic!() };
        assert!((2_010..2_025).contains(&metres), "{metres}");
    }

    #[test]
    fn r_410_the_same_picture_twice_in_a_task_names_the_other_place() {
        let first = photo(1, exif("2026-07-01 10:00:00"));
        let mut second = photo(1, exif("2026-07-01 10:00:00"));
        second.fact = FactId(Uuid::from_u128(9));
        second.taken.role = PhotoRole::Panel;
        let mut both = task(vec![first.clone(), second]);
        assert_eq!(first.doubts(&both, None, None), [PhotoDoubt::Again { role: PhotoRole::Panel }]);
        both.photos[1].withdrawn = true;
        assert_eq!(first.doubts(&both, None, None), []);
    }
}
