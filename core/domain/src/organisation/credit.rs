//! The unified social credit code of an owner: 18 characters, the last of which is computed from the others as GB
//! 32100 says.

use crate::code::Code;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What is entered for an owner that has no code.
const NONE: &str = "NULL";
/// The characters of a code, by their values.
const DIGITS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// How many characters a code has.
const LENGTH: usize = 18;

/// What was entered as the owner's code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditCode {
    /// The owner has none, such as a private non-enterprise unit.
    NoCode,
    /// The code.
    Code(String),
}

/// Neither a code nor `NULL`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither a unified social credit code nor NULL")]
pub struct CreditCodeError;

impl CreditCodeError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::CreditCodeMalformed
    }
}

impl FromStr for CreditCode {
    type Err = CreditCodeError;

    /// a code as typed, in letters of either size, or `NULL` and nothing else for none.
    fn from_str(typed: &str) -> Result<Self, CreditCodeError> {
        let code = typed.trim().to_ascii_uppercase();
        if code == NONE {
            return Ok(Self::NoCode);
        }
        if is_sound(code.as_bytes()) { Ok(Self::Code(code)) } else { Err(CreditCodeError) }
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCode => f.write_str(NONE),
            Self::Code(code) => f.write_str(code),
        }
    }
}

/// Whether the last character is the one that the others give.
fn is_sound(code: &[u8]) -> bool {
    let values: Option<Vec<usize>> = code.iter().map(|c| DIGITS.iter().position(|digit| digit == c)).collect();
    let Some(values) = values.filter(|values| values.len() == LENGTH) else { return false };
    let Some((check, body)) = values.split_last() else { return false };
    // The weights are the powers of 3 modulo 31.
    let (sum, _) = body.iter().fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31));
    (31 - sum % 31) % 31 == *check
}

#[cfg(test)]
mod tests {
    use super::*;

    /// the standard's own example and a real pattern are taken; a slip of one character is not; `NULL` is none.
    #[test]
    fn r_068_a_credit_code_is_computed_and_null_means_none() {
        for sound in ["91350100M000100Y43", " 91350100m000100y43 "] {
            assert_eq!(sound.parse(), Ok(CreditCode::Code("91350100M000100Y43".into())), "{sound}");
        }
        assert_eq!("NULL".parse(), Ok(CreditCode::NoCode));
        assert_eq!("NULL".parse::<CreditCode>().unwrap().to_string(), "NULL");
        for wrong in ["", "91350100M000100Y44", "91350100M000100Y4", "无", "9135010OM000100Y43", "NULLNULL"] {
            assert_eq!(wrong.parse::<CreditCode>(), Err(CreditCodeError), "{wrong}");
        }
    }
}
