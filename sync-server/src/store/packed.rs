//! What lies packed in a column: one zstd frame.

use super::{Cell, FromCell, StoreError};
use std::io::Read;

/// Little is gained by a higher level, and the writer waits for it.
const LEVEL: i32 = 1;
/// The logarithm of 8 MiB: the widest window that a device may use.
const WINDOW_LOG_MAX: u32 = 23;
/// No packed value holds more, in bytes.
const UNPACKED_MAX: u64 = 64 << 20;

/// Packs bytes for a column.
///
/// # Errors
/// [`StoreError::Bug`] if they cannot be packed.
pub fn pack(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(bytes, LEVEL).map_err(|error| StoreError::Bug(format!("bytes cannot be packed: {error}")))
}

/// The bytes of a packed column.
///
/// # Errors
/// [`StoreError::Bug`] if they are no zstd frame, or more than 64 MiB.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let broken = |error: std::io::Error| StoreError::Bug(format!("a packed column cannot be read: {error}"));
    let mut decoder = zstd::stream::read::Decoder::with_buffer(packed).map_err(broken)?.single_frame();
    decoder.window_log_max(WINDOW_LOG_MAX).map_err(broken)?;
    let mut bytes = Vec::new();
    decoder.take(UNPACKED_MAX + 1).read_to_end(&mut bytes).map_err(broken)?;
    if bytes.len() as u64 > UNPACKED_MAX {
        return Err(StoreError::Bug("a packed column is too large".into()));
    }
    Ok(bytes)
}

/// A text that lies packed in its column, such as the body of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed(pub String);

impl FromCell<'_> for Packed {
    fn from_cell(cell: &Cell) -> Option<Self> {
        let Cell::Blob(packed) = cell else { return None };
        String::from_utf8(unpack(packed).ok()?).ok().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_out_as_it_was_and_what_was_not_is_an_error() {
        let text = "检查 ".repeat(10_000);
        let packed = pack(text.as_bytes()).unwrap();
        assert!(packed.len() < 1_000);
        assert_eq!(unpack(&packed).unwrap(), text.as_bytes());
        assert!(matches!(unpack(b"{}"), Err(StoreError::Bug(_))));
        assert!(matches!(unpack(&packed[..packed.len() - 4]), Err(StoreError::Bug(_))));
    }
}
