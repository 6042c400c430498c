//! The files of a decision, a handling or a completed dispatch: stored before the fact that names them.

use crate::{
    evidence::{AttachError, attach},
    work::Seat,
};
use firebee_domain::id::ContentId;
use firebee_protocol::fact::{BlobRef, BlobRole};
use std::path::Path;

/// Files that are durable on this phone, and that a fact announces.
pub(crate) struct Attached(pub(crate) Vec<BlobRef>);

impl Seat {
    /// Stores the files at these paths, each once.
    pub(crate) fn attach(&self, paths: &[String]) -> Result<Attached, AttachError> {
        let mut blobs: Vec<BlobRef> = Vec::with_capacity(paths.len());
        for path in paths {
            let stored = attach(&self.blobs, Path::new(path))?;
            if !blobs.iter().any(|held| held.id == stored.id) {
                blobs.push(BlobRef { id: stored.id, len: stored.len, mime: stored.mime, role: BlobRole::Attachment });
            }
        }
        Ok(Attached(blobs))
    }
}

impl Attached {
    /// What the body names.
    pub(crate) fn ids(&self) -> Vec<ContentId> {
        self.0.iter().map(|blob| blob.id).collect()
    }
}
