//! Blobs: what the server tells about them.

use firebee_domain::{
    evidence::PhotoExif,
    id::{ContentId, TaskId},
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// How far a blob is on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum BlobState {
    /// A fact named it; no byte is here.
    Announced,
    /// Some bytes are here.
    Receiving,
    /// Every byte is here and was re-hashed.
    Verified,
    /// Verified, and inside the durability that the server promises.
    Durable,
}

/// How much of a submission's evidence the server has verified: phone and lead see the same count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceCount {
    /// Blobs verified.
    pub verified: u32,
    /// Blobs that the task's facts announce.
    pub total: u32,
    /// Those that do not count: not verified, or `not_pictures`.
    pub missing: Vec<ContentId>,
    /// Blobs of photos that are whole on the server and are no picture (`photo_not_a_picture`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_pictures: Vec<ContentId>,
    /// While the task waits for review or after it: photos whose original stands in another task of the firm as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reused: Vec<Reused>,
    /// Photos of which the phone said otherwise than their bytes: what the server read from the originals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Otherwise>,
}

/// What the bytes of a photo say, where the phone said otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Otherwise {
    /// Its original bytes.
    pub blob: ContentId,
    /// What the server read from them.
    pub exif: PhotoExif,
}

/// A photo that is used in two tasks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reused {
    /// Its original bytes.
    pub blob: ContentId,
    /// The other task.
    pub task: TaskId,
    /// The other task's name.
    pub task_name: String,
}

impl EvidenceCount {
    /// What the server read from the bytes of a photo, where the phone said otherwise.
    pub fn read_from(&self, original: ContentId) -> Option<&PhotoExif> {
        self.otherwise.iter().find(|held| held.blob == original).map(|held| &held.exif)
    }

    /// The blobs that have not arrived. A file that is no picture has.
    pub fn coming(&self) -> impl Iterator<Item = &ContentId> {
        self.missing.iter().filter(|id| !self.not_pictures.contains(id))
    }
}
