//! The code by which a report is verified: 80 bits of the hash of its snapshot, in words that can be typed.

use crate::crockford;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// How many digits a code has.
const LENGTH: usize = 16;

/// The code of a report: four groups of four digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VerificationCode([u8; 10]);

/// A text that is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not sixteen digits of base 32")]
pub struct VerificationError;

impl VerificationCode {
    /// The code of a snapshot, from the exact bytes that are kept.
    pub fn of(snapshot: &[u8]) -> Self {
        let hash: [u8; 32] = Sha256::digest(snapshot).into();
        let mut bits = [0; 10];
        bits.iter_mut().zip(hash).for_each(|(bit, byte)| *bit = byte);
        Self(bits)
    }

    /// The digits without hyphens, as they stand in an address.
    pub fn plain(&self) -> String {
        crockford::digits(crockford::of_bytes(self.0), LENGTH)
    }
}

/// Four groups of four, as on the cover.
impl fmt::Display for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crockford::grouped(&self.plain()))
    }
}

/// Reads what a person typed: small letters, spaces and hyphens are taken, and O, I and L as the digits that they look
/// like.
impl FromStr for VerificationCode {
    type Err = VerificationError;

    fn from_str(typed: &str) -> Result<Self, VerificationError> {
        crockford::bits(typed, LENGTH).map(|bits| Self(crockford::to_bytes(bits))).ok_or(VerificationError)
    }
}

impl Serialize for VerificationCode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VerificationCode {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_379_a_code_is_eighty_bits_of_the_snapshots_hash_in_sixteen_digits() {
        // SHA-256 of nothing begins with e3b0c44298fc1c149afb.
        let code = VerificationCode::of(b"");
        assert_eq!(code.to_string(), "WERC-8GMR-ZGE1-96QV");
        assert_eq!(code.plain().parse(), Ok(code));
    }

    #[test]
    fn r_379_what_a_person_types_is_read_as_meant() {
        let code = VerificationCode::of(b"");
        for typed in ["werc8gmrzge196qv", " WERC 8GMR-ZGE1 96QV ", "WERC-8GMR-ZGEI-96QV", "werc-8gmr-zgel-96qv"] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
        for bad in ["", "WERC-8GMR-ZGE1-96Q", "WERC-8GMR-ZGE1-96QVV", "WERC-8GMR-ZGE1-96QU", "火灾"] {
            assert_eq!(bad.parse::<VerificationCode>(), Err(VerificationError), "{bad}");
        }
    }
}
