//! What the fire service found when it compared a report, or a sampled task, with the site.

use crate::{
    code::Code,
    id::{AccountId, ContentId, ProjectId, ReportId, TaskId},
    text::{self, At, TEXT_MAX, TextError},
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What the comparison came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CheckOutcome {
    /// What was reported is so.
    Agrees,
    /// Something is otherwise, and was to be mended.
    Differs,
    /// Something was made up (§9-8).
    Falsified,
}

/// What was found, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundOnSite {
    /// The report that was compared, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<ReportId>,
    /// The task that was looked at, if one was: a sampled one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// The day of the check.
    pub day: NaiveDate,
    /// What it came to.
    pub outcome: CheckOutcome,
    /// What was found; required unless everything agrees.
    pub findings: String,
    /// Photos and papers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<ContentId>,
}

/// A check that is recorded. There is no function that changes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The project.
    pub project: ProjectId,
    /// What was found.
    pub found: FoundOnSite,
    /// The name of the unit that checked.
    pub unit: String,
    /// The account of its officer.
    pub by: AccountId,
    /// When it was recorded.
    pub at: Timestamp,
}

/// Why a check is not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The day lies in the future.
    #[error("the day of the check lies in the future")]
    DayInFuture,
    /// What was found is missing, or not fit to keep.
    #[error(transparent)]
    Findings(#[from] TextError),
}

impl CheckError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::DayInFuture => Code::CheckDayInFuture,
            Self::Findings(error) => error.code(),
        }
    }
}

/// records a check of a project by an officer of a unit.
///
/// # Errors
/// Everything that is wrong, each at its field.
pub fn check(
    project: ProjectId,
    typed: &FoundOnSite,
    (unit, by, at): (&str, AccountId, Timestamp),
) -> Result<Check, Vec<At<CheckError>>> {
    let mut wrong = Vec::new();
    if typed.day > at.china_day() {
        wrong.push(At { field: "day", error: CheckError::DayInFuture });
    }
    let findings = match typed.outcome {
        CheckOutcome::Agrees => text::clean(&typed.findings, TEXT_MAX),
        CheckOutcome::Differs | CheckOutcome::Falsified => text::required(&typed.findings, TEXT_MAX),
    };
    match At::take(&mut wrong, "findings", findings.map_err(CheckError::from)).filter(|_| wrong.is_empty()) {
        Some(findings) => {
            let found = FoundOnSite { findings, ..typed.clone() };
            Ok(Check { project, found, unit: unit.to_owned(), by, at })
        }
        None => Err(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{personnel::tests::day, time::china_midnight};
    use uuid::Uuid;

    /// what is otherwise is said, and no check is of tomorrow.
    #[test]
    fn r_342_a_check_has_a_day_an_outcome_and_says_what_is_otherwise() {
        let project = ProjectId(Uuid::from_u128(10));
        let by = ("西宁市消防救援支队", AccountId(Uuid::from_u128(3)), china_midnight(day("2026-11-20")));
        let typed = |outcome, on: &str, findings: &str| FoundOnSite {
            report: None,
            task: None,
            day: day(on),
            outcome,
            findings: findings.into(),
            files: Vec::new(),
        };
        let fine = check(project, &typed(CheckOutcome::Agrees, "2026-11-20", ""), by).unwrap();
        assert_eq!((fine.unit.as_str(), fine.found.findings.as_str()), (by.0, ""));
        let codes = |typed: &FoundOnSite| {
            let wrong = check(project, typed, by).unwrap_err();
            wrong.into_iter().map(|at| (at.field, at.error.code())).collect::<Vec<_>>()
        };
        let silent = typed(CheckOutcome::Falsified, "2026-11-21", " ");
        assert_eq!(codes(&silent), [("day", Code::CheckDayInFuture), ("findings", Code::TextRequired)]);
        let said = check(project, &typed(CheckOutcome::Differs, "2026-11-19", " 水泵手动 "), by).unwrap();
        assert_eq!(said.found.findings, "水泵手动");
    }
}
