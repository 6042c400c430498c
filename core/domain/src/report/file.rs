//! Filing a report, and what a filed report refuses.

use crate::{
    calendar::FilingDeadline,
    code::Code,
    id::AccountId,
    text::{self, TEXT_MAX, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A filing, which is also its entry in the log. Its result is always that the director agrees: who does not
/// agree does not file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// The technical director, who answers for the report.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// What the director says of the report.
    pub opinion: String,
    /// Whether the last day had passed. It stays as it was decided, whatever calendar comes later.
    pub late: bool,
}

/// Why a report is not filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// the opinion is blank.
    #[error("an opinion is required")]
    OpinionRequired,
    /// The opinion cannot be kept.
    #[error(transparent)]
    Opinion(TextError),
    /// It is filed.
    #[error(transparent)]
    Filed(#[from] ReportFiled),
    /// it is of a training project.
    #[error("the report is of a training project")]
    Training,
}

impl FileError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::OpinionRequired => Code::OpinionRequired,
            Self::Opinion(error) => error.code(),
            Self::Filed(error) => error.code(),
            Self::Training => Code::TrainingNotFiled,
        }
    }
}

/// the report is filed, and can be neither changed nor deleted nor filed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the report is filed")]
pub struct ReportFiled;

impl ReportFiled {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::ReportFiledImmutable
    }
}

/// whether a report may still be changed or deleted. Asked before every change.
///
/// # Errors
/// It is filed.
pub const fn check_open(filing: Option<&Filing>) -> Result<(), ReportFiled> {
    match filing {
        None => Ok(()),
        Some(_) => Err(ReportFiled),
    }
}

/// whether a report can ever be valid. Asked before it is filed.
///
/// # Errors
/// It is of a training project.
pub const fn check_valid(training: bool) -> Result<(), FileError> {
    if training { Err(FileError::Training) } else { Ok(()) }
}

/// Files a report for the technical director `by`; [`Action::FileReport`](crate::account::Action::FileReport) says who
/// may. A late report is filed and marked late.
///
/// # Errors
/// See [`FileError`].
pub fn file(
    filing: Option<&Filing>,
    deadline: &FilingDeadline,
    (by, at): (AccountId, Timestamp),
    opinion: &str,
) -> Result<Filing, FileError> {
    check_open(filing)?;
    let opinion = text::required(opinion, TEXT_MAX).map_err(|error| match error {
        TextError::Empty => FileError::OpinionRequired,
        error => FileError::Opinion(error),
    })?;
    Ok(Filing { by, at, opinion, late: deadline.is_past(at) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::{Calendar, FILING_WORKING_DAYS},
        time::china_midnight,
    };
    use chrono::NaiveDate;
    use uuid::Uuid;

    const DIRECTOR: AccountId = AccountId(Uuid::from_u128(7));

    fn deadline() -> FilingDeadline {
        FilingDeadline::of(NaiveDate::from_ymd_opt(2019, 5, 16).unwrap(), &Calendar::shipped(), FILING_WORKING_DAYS)
    }

    /// The first instant of a day of May 2019; the last day to file is the 23rd.
    fn may(day: u32) -> Timestamp {
        china_midnight(NaiveDate::from_ymd_opt(2019, 5, day).unwrap())
    }

    fn filed(at: Timestamp, opinion: &str) -> Result<Filing, FileError> {
        file(None, &deadline(), (DIRECTOR, at), opinion)
    }

    /// what was made in training is never filed.
    #[test]
    fn r_014_a_report_of_training_is_never_valid() {
        assert_eq!(check_valid(true).unwrap_err().code(), Code::TrainingNotFiled);
        assert_eq!(check_valid(false), Ok(()));
    }

    #[test]
    fn r_240_r_245_a_filing_keeps_the_opinion_the_time_and_the_director() {
        let filing = filed(may(20), " 资料齐全，同意备案。\r\n").unwrap();
        let wanted =
            Filing { by: DIRECTOR, at: may(20), opinion: "资料齐全，同意备案。".into(), late: false };
        assert_eq!(filing, wanted);
        assert_eq!(serde_json::from_str::<Filing>(&serde_json::to_string(&filing).unwrap()).unwrap(), wanted);
    }

    #[test]
    fn r_240_without_an_opinion_nothing_is_filed() {
        for blank in ["", " \u{3000}\n", "\u{200b}"] {
            assert_eq!(filed(may(20), blank).unwrap_err().code(), Code::OpinionRequired, "{blank:?}");
        }
        assert_eq!(filed(may(20), &"字".repeat(2_001)).unwrap_err().code(), Code::TextTooLong);
        assert_eq!(filed(may(20), "同意\u{202e}").unwrap_err().code(), Code::TextControlCharacter);
    }

    #[test]
    fn r_244_a_late_report_can_be_filed_and_is_marked_late() {
        let late = |at: Timestamp| filed(at, "同意备案").unwrap().late;
        assert!(!late(may(23)) && !late(may(24).plus_ms(-1)), "the last day is in time");
        assert!(late(may(24)) && late(may(31)));
    }

    #[test]
    fn r_210_a_filed_report_is_neither_changed_nor_deleted_nor_filed_again() {
        let first = filed(may(20), "同意备案").unwrap();
        assert_eq!(check_open(None), Ok(()));
        assert_eq!(check_open(Some(&first)).unwrap_err().code(), Code::ReportFiledImmutable);
        let again = file(Some(&first), &deadline(), (DIRECTOR, may(21)), "同意备案");
        assert_eq!(again.unwrap_err().code(), Code::ReportFiledImmutable);
    }
}
