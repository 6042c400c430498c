//! A report of March 2020, for tests.

use super::{Report, ReportKind, VerificationCode};
use crate::{
    calendar::{Calendar, FILING_WORKING_DAYS, FilingDeadline},
    id::{AccountId, PlanId, ProjectId, ReportId},
    personnel::tests::day,
    time::Timestamp,
};
use uuid::Uuid;

pub(crate) fn report() -> Report {
    Report {
        id: ReportId(Uuid::from_u128(1)),
        project: ProjectId(Uuid::from_u128(2)),
        plan: PlanId(Uuid::from_u128(3)),
        kind: ReportKind::Month,
        name: "西宁某商场20200331月表".into(),
        code: "202003-0001".into(),
        report_date: day("2020-03-31"),
        service: (day("2020-03-30"), day("2020-03-31")),
        tasks: Vec::new(),
        overdue: false,
        by: AccountId(Uuid::from_u128(4)),
        at: Timestamp(1_585_641_600_000),
        verification: VerificationCode::of(b""),
        deadline: FilingDeadline::of(day("2020-03-31"), &Calendar::shipped(), FILING_WORKING_DAYS),
        filing: None,
        upload: None,
        conclusion: None,
        copies: Vec::new(),
        handed_out: Vec::new(),
        training: false,
        void: None,
    }
}
