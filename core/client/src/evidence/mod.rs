//! Evidence: what becomes durable before the fact that names it.
//!
//! A photo is streamed into a temporary file while it is hashed, looked at before it is decoded, decoded small, and
//! only when original, preview and thumbnail lie synced under their hashes may `photo.taken` be recorded (protocol,
//! "Blobs"). A photo that is refused leaves nothing behind. What the camera wrote is shown, never trusted.

pub mod downscale;
pub mod exif;
pub mod files;
pub mod folder;
pub mod intake;
pub mod sniff;
mod strict;

pub use self::{
    exif::{ExifFacts, ExifPosition},
    files::{DiskFiles, Files, NewFile, StoredFile},
    folder::{BlobFolder, StoredBlob, Temp},
    intake::{BlobMeta, Intake, IntakeError, intake, intake_file},
    sniff::PictureMime,
};
