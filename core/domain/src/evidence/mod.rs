//! Evidence: photos and track pieces as the facts describe them. The bytes are blobs, named by their hash.

mod attachment;
mod doubt;
mod photo;
mod segment;
mod size;

pub(crate) use attachment::check_attachments;
pub use attachment::{ATTACHMENT_BYTES_MAX, ATTACHMENT_MIB_MAX, ATTACHMENTS_MAX};
pub use doubt::{FAR_M, OTHER_DATE_MS, PhotoDoubt, dispatch_doubts};
pub use size::PhotoSize;

use crate::{
    id::{BootId, ContentId, FactId, PlanItemId},
    result::ResultKey,
    task::Stamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a photo is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoRole {
    /// The submitter's selfie.
    Selfie,
    /// Shows a result.
    Evidence,
    /// The panel of the controller.
    Panel,
    /// A paper document.
    Paper,
    /// A system that is back in automatic.
    Restored,
    /// A site on which phones are forbidden, seen from outside.
    Outside,
}

/// What the picture's own EXIF says. Shown, never used for a bound.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoExif {
    /// `DateTimeOriginal` as written, without a zone.
    pub taken: Option<String>,
    /// Latitude in 10^-6 degree.
    pub lat_e6: Option<i32>,
    /// Longitude in 10^-6 degree.
    pub lon_e6: Option<i32>,
    /// GNSS time in Unix milliseconds.
    pub gnss_ms: Option<i64>,
    /// Orientation, 1 to 8.
    pub orientation: Option<u8>,
    /// Maker and model of the camera.
    pub camera: Option<String>,
    /// The program that wrote the file last, as it signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software: Option<String>,
}

/// Body of `photo.taken`; its three blobs are announced by the fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoTaken {
    /// What it is for.
    pub role: PhotoRole,
    /// The plan item it shows, for evidence of a result.
    pub item: Option<PlanItemId>,
    /// The instance it shows.
    pub ordinal: Option<u32>,
    /// The original bytes.
    pub original: ContentId,
    /// 1,600 px on the long side, upright, JPEG; made by the phone.
    pub preview: ContentId,
    /// 320 px on the long side, upright, JPEG; made by the phone.
    pub thumbnail: ContentId,
    /// What its EXIF says.
    pub exif: PhotoExif,
}

impl PhotoTaken {
    /// The result it shows.
    pub fn key(&self) -> Option<ResultKey> {
        self.item.map(|item| ResultKey { item, ordinal: self.ordinal.unwrap_or(1) })
    }
}

/// Body of `photo.withdrawn`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoWithdrawn {
    /// The `photo.taken` that does not count any more.
    pub photo: FactId,
    /// Why, in words; may be empty.
    pub reason: String,
}

/// A photo as the task holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// The `photo.taken` fact.
    pub fact: FactId,
    /// When it was taken.
    pub at: Stamp,
    /// What the fact says.
    pub taken: PhotoTaken,
    /// Withdrawn by its author: kept, does not count.
    pub withdrawn: bool,
    /// The answer that it shows now, after the one for which it was taken was moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<ResultKey>,
}

impl Photo {
    /// The answer that it shows.
    pub fn key(&self) -> Option<ResultKey> {
        self.moved_to.or_else(|| self.taken.key())
    }
}

/// Body of `track.segment`; the fixes are in the blob.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackSegment {
    /// The track blob.
    pub blob: ContentId,
    /// The boot whose clock the fixes carry; a segment never spans two.
    pub boot_id: BootId,
    /// The first fix, in ms since boot.
    pub first_boot_ms: i64,
    /// The last fix, in ms since boot.
    pub last_boot_ms: i64,
    /// How many fixes.
    pub fixes: u32,
    /// How many holes.
    pub holes: u32,
    /// Replayed from a file, not recorded live.
    pub replayed: bool,
}

/// A piece of the track as the task holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentRef {
    /// The `track.segment` fact.
    pub fact: FactId,
    /// When it was sealed.
    pub at: Stamp,
    /// What the fact says.
    pub segment: TrackSegment,
}

impl SegmentRef {
    /// The day in UTC+8 on which it was sealed, by what is known best of that time.
    pub fn day(&self) -> NaiveDate {
        self.at.best().map_or(self.at.wall_ms, |bound| bound.earliest).china_day()
    }
}
