//! Evidence: what becomes durable before the fact that names it.

pub mod files;
pub mod folder;

pub use self::{
    files::{DiskFiles, Files, NewFile, StoredFile},
    folder::{BlobFolder, StoredBlob, Temp},
};
