//! The digest of a feed's live rows **bytes**. It is a sum, so each side can update it row by row.

use crate::chain::sha256;
use std::{fmt, str::FromStr};

/// Σ mod 2^128 over live rows of the first 16 bytes, big-endian, of
/// SHA-256(`firebee/doc/1\n` ‖ kind ‖ `\n` ‖ id ‖ `\n` ‖ rev in decimal).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedDigest(u128);

impl FeedDigest {
    /// A live row came.
    pub fn add(&mut self, kind: &str, id: &str, rev: u64) {
        self.0 = self.0.wrapping_add(row(kind, id, rev));
    }
    /// A live row went, or moved to another revision.
    pub fn remove(&mut self, kind: &str, id: &str, rev: u64) {
        self.0 = self.0.wrapping_sub(row(kind, id, rev));
    }

    /// The sum in big-endian bytes; a device stores it beside its rows.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// The sum that [`FeedDigest::to_bytes`] gave.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }
}

fn row(kind: &str, id: &str, rev: u64) -> u128 {
    let rev = rev.to_string();
    let hash = sha256(&[b"firebee/doc/1\n", kind.as_bytes(), b"\n", id.as_bytes(), b"\n", rev.as_bytes()]);
    let (first, _) = hash.0.split_first_chunk::<16>().unwrap_or((&[0; 16], &[]));
    u128::from_be_bytes(*first)
}

impl fmt::Display for FeedDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The text is not 32 lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a digest of 32 lower-case hex digits")]
pub struct DigestInvalid;

impl FromStr for FeedDigest {
    type Err = DigestInvalid;
    fn from_str(text: &str) -> Result<Self, DigestInvalid> {
        let plain = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let sum = u128::from_str_radix(text, 16).map_err(|_| DigestInvalid)?;
        if plain { Ok(Self(sum)) } else { Err(DigestInvalid) }
    }
}
