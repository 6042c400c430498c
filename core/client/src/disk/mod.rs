//! The disk: the file operations that durability needs, and what the operating system says of it.

mod files;
mod replace;

pub use files::{DiskFiles, Files, NewFile, StoredFile};
pub(crate) use replace::{Lasting, absent_is_fine, create, read, replace};

use std::{io, path::Path};

/// Whether the disk, or the share of it that the app may use, is full: a person has to make room.
pub(crate) fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// How many bytes an app may still write where this folder lies; `None` where the system does not say.
pub(crate) fn free_bytes(folder: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(folder).ok()?;
    Some(told.f_bavail.saturating_mul(told.f_frsize))
}
