//! The disk: the file operations that durability needs, and what the operating system says of it.

mod files;
mod replace;

pub use files::{DiskFiles, Files, NewFile, StoredFile};
pub(crate) use replace::{Lasting, absent_is_fine, create, read, replace};

use std::io;

/// Whether the disk, or the share of it that the app may use, is full: a person has to make room.
pub(crate) fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
