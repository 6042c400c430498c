//! What an error of the operating system says of the disk.

use std::io;

/// Whether the disk, or the share of it that the app may use, is full: a person has to make room.
pub(crate) fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
