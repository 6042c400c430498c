//! The address by which somebody without an account calls for a repair of a project, and the number that the caller gets
//!

use crate::{crockford, id::RepairId};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// How many digits the code of an address has: 80 bits, which nobody finds by trying.
const LENGTH: usize = 16;
/// How many digits the number of a request has.
const NUMBER_LENGTH: usize = 8;

/// The code in an address. Whoever has it may call; the firm or the owner draws another one at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DoorCode([u8; 10]);

/// A text that is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not sixteen digits of base 32")]
pub struct DoorError;

impl DoorCode {
    /// The code of bytes that were drawn.
    pub const fn of(drawn: [u8; 10]) -> Self {
        Self(drawn)
    }
}

/// As it stands in an address.
impl fmt::Display for DoorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crockford::digits(crockford::of_bytes(self.0), LENGTH))
    }
}

impl FromStr for DoorCode {
    type Err = DoorError;

    fn from_str(typed: &str) -> Result<Self, DoorError> {
        crockford::bits(typed, LENGTH).map(|bits| Self(crockford::to_bytes(bits))).ok_or(DoorError)
    }
}

/// The number by which people speak about a request: it says nothing of how many there are.
pub fn number(repair: RepairId) -> String {
    let hash: [u8; 32] = Sha256::digest(repair.0.as_bytes()).into();
    let bits = hash.iter().take(5).fold(0, |bits, byte| bits << 8 | u128::from(*byte));
    crockford::grouped(&crockford::digits(bits, NUMBER_LENGTH))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn r_382_a_code_is_read_as_it_was_written_and_as_a_person_types_it() {
        let code = DoorCode::of([0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb]);
        assert_eq!(code.to_string(), "WERC8GMRZGE196QV");
        for typed in ["WERC8GMRZGE196QV", "werc-8gmr-zgei-96qv"] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
        for bad in ["", "WERC8GMRZGE196Q", "WERC8GMRZGE196QVV", "../WERC8GMRZGE196"] {
            assert_eq!(bad.parse::<DoorCode>(), Err(DoorError), "{bad}");
        }
    }

    #[test]
    fn r_382_a_number_is_eight_digits_of_its_own_request() {
        let of = |id| number(RepairId(Uuid::from_u128(id)));
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2), "requests one after another have nothing in common");
        assert_eq!(of(1).len(), 9);
    }
}
