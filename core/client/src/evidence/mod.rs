//! Evidence: files that are durable before a fact names them.
//!
//! A photo is streamed into a temporary file and hashed on the way. Its header is checked before decoding. It is
//! decoded at reduced size; where it cannot be decoded here, the shell brings a preview. `photo.taken` may be recorded
//! only after original, preview and thumbnail are synced under their hashes (protocol, "Blobs"). A refused photo leaves
//! nothing behind. The camera's own data are shown, never trusted.

pub mod attach;
pub mod downscale;
pub mod fetched;
pub mod folder;
pub mod intake;
pub mod need;
mod strict;

pub use firebee_picture::{ExifFacts, ExifPosition, PictureMime};

pub use self::{
    attach::{AttachError, attach},
    folder::{BlobFolder, FolderError, StoredBlob, Temp},
    intake::{BlobMeta, Intake, IntakeError, intake, intake_file, intake_with_preview},
};
