//! What lies packed in a column: one zstd frame.

use super::{Cell, FromCell, StoreError};
use std::{cell::RefCell, io::Read};
use zstd::{
    bulk::{Compressor, Decompressor},
    zstd_safe::{find_frame_compressed_size, get_frame_content_size},
};

/// Little is gained by a higher level, and the writer waits for it.
const LEVEL: i32 = 1;
/// The logarithm of 8 MiB: the widest window that a device may use.
const WINDOW_LOG_MAX: u32 = 23;
/// No packed value holds more, in bytes.
const UNPACKED_MAX: u64 = 64 << 20;

thread_local! {
    /// The tables that the two need are made once a thread: making them costs as much as packing a document.
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Packs bytes for a column.
///
/// # Errors
/// [`StoreError::Bug`] if they cannot be packed.
pub fn pack(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    PACKER
        .with_borrow_mut(|held| {
            let packer = match held {
                Some(packer) => packer,
                None => held.insert(Compressor::new(LEVEL)?),
            };
            packer.compress(bytes)
        })
        .map_err(|error: std::io::Error| StoreError::Bug(format!("bytes cannot be packed: {error}")))
}

/// Why a frame cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    /// It is no zstd frame, is cut, or needs a wider window than 8 MiB.
    #[error("not a zstd frame")]
    Broken,
    /// It holds more than is allowed.
    #[error("too large")]
    TooLarge,
    /// Something follows it.
    #[error("bytes after the zstd frame")]
    Trailing,
}

/// Unpacks one zstd frame of at most `max` bytes, whatever its header claims. A frame that says how much it holds is
/// unpacked at once, without a window.
///
/// # Errors
/// As [`UnpackError`] says.
pub fn unpack_within(frame: &[u8], max: u64) -> Result<Vec<u8>, UnpackError> {
    let broken = |_| UnpackError::Broken;
    let Ok(Some(len)) = get_frame_content_size(frame) else { return unpack_stream(frame, max) };
    if len > max {
        return Err(UnpackError::TooLarge);
    }
    if find_frame_compressed_size(frame).map_err(|_| UnpackError::Broken)? < frame.len() {
        return Err(UnpackError::Trailing);
    }
    let len = usize::try_from(len).map_err(|_| UnpackError::TooLarge)?;
    UNPACKER.with_borrow_mut(|held| {
        let unpacker = match held {
            Some(unpacker) => unpacker,
            None => held.insert(Decompressor::new().map_err(broken)?),
        };
        unpacker.decompress(frame, len).map_err(broken)
    })
}

/// As [`unpack_within`], a frame that does not say how much it holds.
fn unpack_stream(frame: &[u8], max: u64) -> Result<Vec<u8>, UnpackError> {
    let broken = |_| UnpackError::Broken;
    let mut decoder = zstd::stream::read::Decoder::with_buffer(frame).map_err(broken)?.single_frame();
    decoder.window_log_max(WINDOW_LOG_MAX).map_err(broken)?;
    let mut bytes = Vec::new();
    let read = decoder.by_ref().take(max + 1).read_to_end(&mut bytes).map_err(broken)?;
    if read as u64 > max {
        return Err(UnpackError::TooLarge);
    }
    if decoder.finish().is_empty() { Ok(bytes) } else { Err(UnpackError::Trailing) }
}

/// The bytes of a packed column.
///
/// # Errors
/// [`StoreError::Bug`] if they are no zstd frame, or more than 64 MiB.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, StoreError> {
    unpack_within(packed, UNPACKED_MAX)
        .map_err(|error| StoreError::Bug(format!("a packed column cannot be read: {error}")))
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
