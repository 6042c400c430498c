//! The sums of a file's bytes, taken in one pass: the hash that names it, and the CRC-32 that a bundle of files needs.

use crc32fast::Hasher;
use sha2::{Digest, Sha256};

/// SHA-256 and CRC-32 of the same bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    hash: Sha256,
    crc: Hasher,
}

impl Sums {
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.crc.update(bytes);
    }

    /// The SHA-256 of the bytes so far.
    pub(crate) fn hash(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }

    /// The CRC-32 (ISO-HDLC, as in ZIP) of the bytes so far.
    pub(crate) fn crc32(&self) -> u32 {
        self.crc.clone().finalize()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value of each algorithm's standard.
    #[test]
    fn the_sums_are_those_of_the_standards_however_the_bytes_come() {
        let mut sums = Sums::default();
        sums.update(b"1234");
        sums.update(b"56789");
        assert_eq!(sums.crc32(), 0xcbf4_3926);
        let mut abc = Sums::default();
        abc.update(b"abc");
        assert_eq!(abc.hash()[..4], [0xba, 0x78, 0x16, 0xbf]);
    }
}
