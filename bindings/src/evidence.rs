//! Photos: the records, then the calls.

use crate::{error::ClientError, noun::Noun};
use firebee_client::work::{
    Evidence as CoreEvidence,
    evidence::{PhotoSource, TakePhoto, WithdrawPhoto},
};
use firebee_domain::{
    evidence::{Photo, PhotoExif, PhotoRole, PhotoTaken},
    id::{ContentId, FactId, PlanItemId, TaskId},
    task::Stamp,
};

/// A photo as the task holds it.
#[uniffi::remote(Record)]
pub struct Photo {
    /// The `photo.taken` fact.
    pub fact: FactId,
    /// When it was taken.
    pub at: Stamp,
    /// What the fact says.
    pub taken: PhotoTaken,
    /// Withdrawn by its author: kept, does not count.
    pub withdrawn: bool,
}

/// Body of `photo.taken`; its three blobs are announced by the fact.
#[uniffi::remote(Record)]
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

/// What the picture's own EXIF says. Shown, never used for a bound.
#[uniffi::remote(Record)]
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
}

/// What a photo is for.
#[uniffi::remote(Enum)]
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
}

/// Which photo, and why.
#[uniffi::remote(Record)]
pub struct WithdrawPhoto {
    /// The task.
    pub task: TaskId,
    /// The `photo.taken`.
    pub photo: FactId,
    /// Why, in words; may be empty.
    pub reason: String,
}

/// Photos. The original's bytes are kept as they are; a call returns when they and the fact are on the disk.
#[derive(uniffi::Object)]
pub struct Evidence(pub(crate) Noun<CoreEvidence>);

#[uniffi::export(async_runtime = "tokio")]
impl Evidence {
    /// Takes in the picture at `path`: for a result by its item and ordinal, or for the task by its role alone.
    #[uniffi::method(default(item = None, ordinal = None))]
    pub async fn take_photo(
        &self,
        task: TaskId,
        role: PhotoRole,
        path: String,
        item: Option<PlanItemId>,
        ordinal: Option<u32>,
    ) -> Result<FactId, ClientError> {
        let input = TakePhoto { task, role, item, ordinal, source: PhotoSource::File(path.into()) };
        self.0.off(move |evidence| evidence.take_photo(&input)).await
    }

    /// Withdraws a photo: it stays, and does not count any more.
    pub async fn withdraw_photo(&self, input: WithdrawPhoto) -> Result<(), ClientError> {
        self.0.off(move |evidence| evidence.withdraw_photo(&input)).await
    }
}
