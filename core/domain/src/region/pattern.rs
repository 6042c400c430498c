//! The form of a report's code in a region, such as `ZXJYYYY No.####`.

use crate::{code::Code, report, text::TextError};
use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// The most characters of a pattern.
pub const PATTERN_LENGTH_MAX: u32 = report::CODE_LENGTH_MAX;

/// A form: `YYYY` is the year of the report, `MM` its month, each `#` a digit; everything else stands for itself. One run of
/// `#` is there: the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePattern(String);

/// Why a text is no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It is blank, too long or not one line.
    #[error(transparent)]
    Text(#[from] TextError),
    /// There is no run of `#`, or there are several.
    #[error("a pattern has one run of #")]
    Number,
}

impl PatternError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::Number => Code::CodePatternInvalid,
        }
    }
}

const YEAR: &str = "YYYY";
const MONTH: &str = "MM";
const DIGIT: char = '#';

impl CodePattern {
    /// Whether a code of a report of this day has this form.
    pub fn fits(&self, code: &str, day: NaiveDate) -> bool {
        let wanted = self.dated(day);
        wanted.chars().count() == code.chars().count()
            && wanted
                .chars()
                .zip(code.chars())
                .all(|(wanted, typed)| if wanted == DIGIT { typed.is_ascii_digit() } else { typed == wanted })
    }

    /// The code of a report of this day with this number; its last digits where it has more than there is room for.
    pub fn filled(&self, day: NaiveDate, number: u64) -> String {
        let dated = self.dated(day);
        let width = dated.matches(DIGIT).count();
        let number = format!("{number:0width$}");
        let digits = number.get(number.len() - width..).unwrap_or_default();
        dated.replace(&DIGIT.to_string().repeat(width), digits)
    }

    fn dated(&self, day: NaiveDate) -> String {
        self.0.replace(YEAR, &format!("{:04}", day.year())).replace(MONTH, &format!("{:02}", day.month()))
    }
}

impl FromStr for CodePattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let kept = report::code(text)?;
        let runs = kept.split(|letter| letter != DIGIT).filter(|run| !run.is_empty()).count();
        if runs == 1 { Ok(Self(kept)) } else { Err(PatternError::Number) }
    }
}

impl fmt::Display for CodePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for CodePattern {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CodePattern {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        "2026-03-31".parse().unwrap()
    }

    #[test]
    fn r_211_a_code_has_the_form_of_its_region() {
        let zhejiang: CodePattern = "ZXJYYYY  No.####".parse().unwrap();
        assert_eq!(zhejiang.to_string(), "ZXJYYYY No.####", "one space, as in codes");
        assert!(zhejiang.fits("ZXJ2026 No.0001", day()));
        for wrong in ["ZXJ2025 No.0001", "ZXJ2026 No.001", "ZXJ2026 No.00011", "ZXJ2026 No.000a", "zxj2026 No.0001", ""]
        {
            assert!(!zhejiang.fits(wrong, day()), "{wrong}");
        }
        assert!("QXMM-##".parse::<CodePattern>().unwrap().fits("QX03-07", day()));
    }

    #[test]
    fn r_211_the_next_code_is_proposed_in_that_form() {
        let pattern: CodePattern = "ZXJYYYY No.####".parse().unwrap();
        assert_eq!(pattern.filled(day(), 7), "ZXJ2026 No.0007");
        assert_eq!(pattern.filled(day(), 123_456), "ZXJ2026 No.3456");
        assert!(pattern.fits(&pattern.filled(day(), u64::MAX), day()));
    }

    #[test]
    fn r_211_a_pattern_without_one_number_is_none() {
        for text in ["ZXJYYYY", "##-##"] {
            assert_eq!(text.parse::<CodePattern>(), Err(PatternError::Number), "{text}");
        }
        assert!(matches!("".parse::<CodePattern>(), Err(PatternError::Text(_))));
        assert!(serde_json::from_str::<CodePattern>("\"none\"").is_err());
    }
}
