//! The code of a report: free text until a region says otherwise, and used once for ever.

use crate::{
    code::Code,
    text::{self, TextError},
};
use chrono::{Datelike, NaiveDate};

/// The most characters of a report's code.
pub const CODE_LENGTH_MAX: u32 = 40;

/// Why a code is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It is blank, too long or not one line.
    #[error(transparent)]
    Text(#[from] TextError),
    /// It has not the form of the region.
    #[error("the code has not the form of {example}")]
    Malformed {
        /// A code that has it.
        example: String,
    },
    /// Another report had it, which may be deleted since.
    #[error("the code {code} was used before")]
    Taken {
        /// The code.
        code: String,
    },
}

impl CodeError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::Malformed { .. } => Code::ReportCodeMalformed,
            Self::Taken { .. } => Code::ReportCodeTaken,
        }
    }
}

/// A code as typed, made fit to keep: one line, and one space between two words.
///
/// # Errors
/// See [`CodeError::Text`].
pub fn code(typed: &str) -> Result<String, TextError> {
    let spaced = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    text::name(&spaced, CODE_LENGTH_MAX)
}

/// The code that a form proposes: the month of the report, and how many codes the firm has used, plus one.
pub fn proposed(report_date: NaiveDate, used: u64) -> String {
    format!("{:04}{:02}-{:04}", report_date.year(), report_date.month(), used + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_211_a_code_is_one_line_with_single_spaces() {
        assert_eq!(code("  ZXJ2019   No.0001 "), Ok("ZXJ2019 No.0001".into()));
        assert_eq!(code(" \u{3000}"), Err(TextError::Empty));
        assert_eq!(code(&"8".repeat(41)), Err(TextError::TooLong { length: 41, limit: 40 }));
    }

    #[test]
    fn r_377_the_proposed_code_counts_every_code_that_was_ever_used() {
        let day = NaiveDate::from_ymd_opt(2026, 8, 31).unwrap();
        assert_eq!(proposed(day, 0), "202608-0001");
        assert_eq!(proposed(day, 12), "202608-0013");
    }
}
