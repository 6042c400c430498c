//! What becomes of a report outside the system: copies that come back signed, and copies that are handed out.

use super::Report;
use crate::{
    code::Code,
    id::{AccountId, ContentId},
    text::{self, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The most entries of each list.
pub const PAPER_ENTRIES_MAX: usize = 100;
/// The most copies that are handed out at once.
pub const COPIES_MAX: u32 = 1_000;
/// The most characters of who got them.
pub const RECIPIENT_LENGTH_MAX: u32 = 60;

/// A copy that came back signed or sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCopy {
    /// Its bytes.
    pub file: ContentId,
    /// Whether it begins with every byte of our document, as an electronic signature leaves it. A scan cannot be compared.
    pub over_ours: bool,
    /// Who brought it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// Copies that were handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOut {
    /// How many.
    pub copies: u32,
    /// To whom.
    pub to: String,
    /// Who wrote it down.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// Why nothing is written down.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// The list has [`PAPER_ENTRIES_MAX`] entries.
    #[error("the list is full")]
    Full,
    /// Not between one and [`COPIES_MAX`].
    #[error("not between 1 and {COPIES_MAX} copies")]
    CopiesOutOfRange,
    /// The name of who got them.
    #[error(transparent)]
    To(#[from] TextError),
}

impl PaperError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Full => Code::ReportListFull,
            Self::CopiesOutOfRange => Code::CopiesOutOfRange,
            Self::To(error) => error.code(),
        }
    }
}

impl Report {
    /// Adds a copy that came back. It stands beside the report and changes nothing of it, also after the filing. The
    /// same bytes are one copy.
    ///
    /// # Errors
    /// See [`PaperError::Full`].
    pub fn add_copy(&mut self, copy: SignedCopy) -> Result<(), PaperError> {
        if self.copies.iter().any(|held| held.file == copy.file) {
            return Ok(());
        }
        room(self.copies.len())?;
        self.copies.push(copy);
        Ok(())
    }

    /// Writes down that copies were handed out `to` somebody.
    ///
    /// # Errors
    /// See [`PaperError`].
    pub fn hand_out(&mut self, (copies, to): (u32, &str), (by, at): (AccountId, Timestamp)) -> Result<(), PaperError> {
        room(self.handed_out.len())?;
        if copies == 0 || copies > COPIES_MAX {
            return Err(PaperError::CopiesOutOfRange);
        }
        let to = text::name(to, RECIPIENT_LENGTH_MAX)?;
        self.handed_out.push(HandedOut { copies, to, by, at });
        Ok(())
    }
}

const fn room(entries: usize) -> Result<(), PaperError> {
    if entries < PAPER_ENTRIES_MAX { Ok(()) } else { Err(PaperError::Full) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::report;
    use uuid::Uuid;

    const BY: AccountId = AccountId(Uuid::from_u128(7));

    fn copy(byte: u8) -> SignedCopy {
        SignedCopy { file: ContentId([byte; 32]), over_ours: false, by: BY, at: Timestamp(5) }
    }

    #[test]
    fn r_378_a_copy_that_comes_twice_is_one_and_the_list_has_an_end() {
        let mut report = report();
        report.add_copy(copy(0)).unwrap();
        report.add_copy(copy(0)).unwrap();
        assert_eq!(report.copies, [copy(0)]);
        for byte in 1..100 {
            report.add_copy(copy(byte)).unwrap();
        }
        assert_eq!(report.add_copy(copy(100)).unwrap_err().code(), Code::ReportListFull);
        report.add_copy(copy(50)).unwrap();
    }

    #[test]
    fn r_378_the_log_says_how_many_copies_went_to_whom_and_when() {
        let mut report = report();
        report.hand_out((3, " 西宁某商场物业部 "), (BY, Timestamp(5))).unwrap();
        let wanted = HandedOut { copies: 3, to: "西宁某商场物业部".into(), by: BY, at: Timestamp(5) };
        assert_eq!(report.handed_out, [wanted]);
        let code = |copies, to: &str| report.clone().hand_out((copies, to), (BY, Timestamp(5))).unwrap_err().code();
        assert_eq!([code(0, "业主"), code(1_001, "业主")], [Code::CopiesOutOfRange; 2]);
        assert_eq!(code(1, "  "), Code::TextRequired);
        report.handed_out = vec![report.handed_out[0].clone(); PAPER_ENTRIES_MAX];
        assert_eq!(report.hand_out((1, "业主"), (BY, Timestamp(5))).unwrap_err().code(), Code::ReportListFull);
    }
}
