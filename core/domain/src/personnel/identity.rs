//! The number of a resident identity card after GB 11643: region, day of birth, order, check character.

use crate::code::Code;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The characters of an ID number.
pub const IDENTITY_LENGTH: usize = 18;
/// The modulus of the check character (ISO 7064, MOD 11-2).
const MODULUS: u32 = 11;

/// An ID number that passed its check. Nothing prints it by chance.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdentityNumber(String);

/// Why a text is no ID number: its length, a character, its day of birth or its check character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an ID number")]
pub struct IdentityError;

impl IdentityError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::IdentityMalformed
    }
}

impl IdentityNumber {
    /// The number as typed: blanks around it and a small x are mended, anything else is refused.
    ///
    /// # Errors
    /// See [`IdentityError`].
    pub fn new(typed: &str) -> Result<Self, IdentityError> {
        let number = typed.trim().to_ascii_uppercase();
        if number.len() != IDENTITY_LENGTH {
            return Err(IdentityError);
        }
        let mut rest = 0;
        for (at, character) in number.chars().enumerate() {
            let value = match character {
                'X' if at + 1 == IDENTITY_LENGTH => 10,
                digit => digit.to_digit(10).ok_or(IdentityError)?,
            };
            rest = (rest * 2 + value) % MODULUS;
        }
        let number = Self(number);
        if rest == 1 && number.birthday().is_some() { Ok(number) } else { Err(IdentityError) }
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn digits(&self, from: usize, to: usize) -> Option<u32> {
        self.0.get(from..to)?.parse().ok()
    }

    fn birthday(&self) -> Option<NaiveDate> {
        let year = i32::try_from(self.digits(6, 10)?).ok()?;
        NaiveDate::from_ymd_opt(year, self.digits(10, 12)?, self.digits(12, 14)?)
    }

    /// Whether its holder is a man: the order is odd then.
    pub fn is_male(&self) -> bool {
        self.digits(16, 17).is_some_and(|order| order % 2 == 1)
    }
}

impl TryFrom<String> for IdentityNumber {
    type Error = IdentityError;
    fn try_from(text: String) -> Result<Self, IdentityError> {
        Self::new(&text)
    }
}

impl From<IdentityNumber> for String {
    fn from(number: IdentityNumber) -> Self {
        number.0
    }
}

impl fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdentityNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// the example of GB 11643 and one that ends with X; each other check character is refused.
    #[test]
    fn r_025_an_id_number_has_eighteen_characters_and_its_check_digit() {
        for good in ["11010519491231002X", " 11010519491231002x ", "440524188001010014"] {
            assert!(IdentityNumber::new(good).is_ok(), "{good}");
        }
        for last in "012345678".chars() {
            let number = format!("11010519491231002{last}");
            assert_eq!(IdentityNumber::new(&number), Err(IdentityError), "{number}");
        }
        // The sample of the manual is none.
        for bad in ["620121198808122222", "", "11010519491231002", "X1010519491231002X", "１1010519491231002X"] {
            assert_eq!(IdentityNumber::new(bad), Err(IdentityError), "{bad}");
        }
    }

    /// a day of birth that does not exist is no ID number, also with the right check character.
    #[test]
    fn r_025_an_id_number_names_a_day_that_exists() {
        let checked =
            |start: &str| "0123456789X".chars().any(|last| IdentityNumber::new(&format!("{start}{last}")).is_ok());
        assert!(checked("11010519900228001"));
        assert!(!checked("11010519900229001") && !checked("11010519901301001"));
    }

    /// the list shows the sex, which nobody types.
    #[test]
    fn r_016_the_sex_is_read_from_the_id_number() {
        let man = "0123456789X".chars().find_map(|last| IdentityNumber::new(&format!("11010519900228001{last}")).ok());
        assert!(man.unwrap().is_male());
        assert!(!IdentityNumber::new("11010519491231002X").unwrap().is_male());
    }

    #[test]
    fn an_id_number_is_not_printed_by_chance() {
        let number = IdentityNumber::new("11010519491231002X").unwrap();
        assert_eq!(format!("{number:?}"), "IdentityNumber(…)");
    }
}
