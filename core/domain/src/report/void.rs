//! A report that counts no more: it was filed by mistake, and an operation change takes it back. The
//! old one stays readable and is marked; what replaces it is a new report whose code has a suffix.

use super::Report;
use crate::{
    code::Code,
    text::{self, TEXT_MAX, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// That a report counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Void {
    /// Why.
    pub reason: String,
    /// Since when.
    pub at: Timestamp,
}

/// Why a report goes on to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VoidError {
    /// It is not filed: whoever generated it deletes it.
    #[error("the report is not filed")]
    NotFiled,
    /// It counts no more already.
    #[error("the report is void")]
    Already,
    /// The reason is missing, or cannot be kept.
    #[error(transparent)]
    Reason(#[from] TextError),
}

impl VoidError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NotFiled => Code::ReportNotFiled,
            Self::Already => Code::AlreadyDone,
            Self::Reason(error) => error.code(),
        }
    }
}

impl Report {
    /// Takes a filed report back.
    ///
    /// # Errors
    /// See [`VoidError`].
    pub fn take_back(&mut self, reason: &str, at: Timestamp) -> Result<(), VoidError> {
        if self.filing.is_none() {
            return Err(VoidError::NotFiled);
        }
        if self.void.is_some() {
            return Err(VoidError::Already);
        }
        self.void = Some(Void { reason: text::required(reason, TEXT_MAX)?, at });
        Ok(())
    }
}

/// The code of the revision with this number, from 1, of the report that had this code first.
pub fn revised(first: &str, number: usize) -> String {
    format!("{first}-{number}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::AccountId, report::Filing, report::fixture::report};
    use uuid::Uuid;

    #[test]
    fn r_246_r_377_only_a_filed_report_is_taken_back_once_and_with_a_reason() {
        let mut report = report();
        assert_eq!(report.take_back("误备案", Timestamp(9)).unwrap_err().code(), Code::ReportNotFiled);
        let by = AccountId(Uuid::from_u128(7));
        report.filing = Some(Filing { by, at: Timestamp(8), opinion: "同意备案".into(), late: false });
        assert_eq!(report.take_back(" ", Timestamp(9)).unwrap_err().code(), Code::TextRequired);
        report.take_back(" 误备案 ", Timestamp(9)).unwrap();
        assert_eq!(report.void, Some(Void { reason: "误备案".into(), at: Timestamp(9) }));
        assert!(report.filing.is_some(), "that it was filed stays");
        assert_eq!(report.take_back("再次", Timestamp(10)).unwrap_err().code(), Code::AlreadyDone);
    }

    #[test]
    fn r_377_a_revision_has_the_first_code_with_a_suffix() {
        assert_eq!([revised("202003-0001", 1), revised("202003-0001", 2)], ["202003-0001-1", "202003-0001-2"]);
    }
}
