//! The code by which a report is verified: 80 bits of the hash of its snapshot, in words that can be typed.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// The digits of Crockford's base 32: none of them looks like another.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
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
        let bits = self.0.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        let place = |at: usize| (bits >> (5 * (LENGTH - 1 - at)) & 31) as usize;
        (0..LENGTH).filter_map(|at| DIGITS.get(place(at))).map(|digit| char::from(*digit)).collect()
    }
}

/// Four groups of four, as on the cover.
impl fmt::Display for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, digit) in self.plain().chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// Reads what a person typed: small letters, spaces and hyphens are taken, and O, I and L as the digits that they look
/// like.
impl FromStr for VerificationCode {
    type Err = VerificationError;

    fn from_str(typed: &str) -> Result<Self, VerificationError> {
        let mut bits = 0_u128;
        let mut count = 0;
        for typed in typed.chars().filter(|typed| !matches!(typed, '-' | ' ')) {
            let digit = match typed.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                digit => digit,
            };
            let value = DIGITS.iter().position(|known| char::from(*known) == digit).ok_or(VerificationError)?;
            count += 1;
            if count > LENGTH {
                return Err(VerificationError);
            }
            bits = bits << 5 | value as u128;
        }
        if count < LENGTH {
            return Err(VerificationError);
        }
        let mut bytes = [0; 10];
        bytes.iter_mut().zip(bits.to_be_bytes().into_iter().skip(6)).for_each(|(byte, bits)| *byte = bits);
        Ok(Self(bytes))
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
