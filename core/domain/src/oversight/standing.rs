//! Whether the reports of a project came in time.

use crate::{
    id::ReportId,
    project::{Project, due_months},
    report::Report,
    suspension::PauseRequest,
    time::Month,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// How a month of a project stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Standing {
    /// No report was generated, and the month is over.
    Missing,
    /// It was generated or filed late, or its last day to be filed has passed.
    Late,
    /// It was generated and filed in time.
    InTime,
    /// It was generated in time and can still be filed in time: it is not judged yet.
    Waiting,
}

/// A month of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthStanding {
    /// The month.
    pub month: Month,
    /// How it stands.
    pub standing: Standing,
    /// Its report, if it has one that counts.
    pub report: Option<ReportId>,
}

/// The months of a project that are judged on a day, the earliest first: those that are over, and those whose report is there
/// already. Paused months, terminated projects and training are no part of it. `reports` are those of
/// its monthly plans that count.
pub fn standings(
    project: &Project,
    pauses: &[PauseRequest],
    reports: &[(Month, Report)],
    today: NaiveDate,
) -> Vec<MonthStanding> {
    let judged = |month: Month| {
        let report =
            reports.iter().find(|(of, report)| *of == month && report.void.is_none()).map(|(_, report)| report);
        let is_over = month.next().first_day() <= today;
        let standing = match report {
            Some(report) => of_report(report, today),
            None if is_over => Standing::Missing,
            None => return None,
        };
        Some(MonthStanding { month, standing, report: report.map(|report| report.id) })
    };
    due_months(project, pauses).into_iter().filter_map(judged).collect()
}

/// generated in time and filed in time.
fn of_report(report: &Report, today: NaiveDate) -> Standing {
    match &report.filing {
        _ if report.overdue => Standing::Late,
        Some(filing) if filing.late => Standing::Late,
        Some(_) => Standing::InTime,
        None if report.deadline.day < today => Standing::Late,
        None => Standing::Waiting,
    }
}

/// How many months stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Missing.
    pub missing: u32,
    /// Late.
    pub late: u32,
    /// In time.
    pub in_time: u32,
    /// Not judged yet.
    pub waiting: u32,
}

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, standing: Standing) {
        let count = match standing {
            Standing::Missing => &mut self.missing,
            Standing::Late => &mut self.late,
            Standing::InTime => &mut self.in_time,
            Standing::Waiting => &mut self.waiting,
        };
        *count = count.saturating_add(1);
    }

    /// How many stand so.
    pub const fn of(&self, standing: Standing) -> u32 {
        match standing {
            Standing::Missing => self.missing,
            Standing::Late => self.late,
            Standing::InTime => self.in_time,
            Standing::Waiting => self.waiting,
        }
    }

    /// The months that are due: those that are judged.
    pub const fn due(&self) -> u32 {
        self.missing.saturating_add(self.late).saturating_add(self.in_time)
    }

    /// the rate in time in whole percent, rounded down, so that 100 says every one; `None` where nothing is due.
    pub fn percent_in_time(&self) -> Option<u32> {
        let (in_time, due) = (u64::from(self.in_time), u64::from(self.due()));
        (in_time * 100).checked_div(due).and_then(|percent| u32::try_from(percent).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::{Calendar, FILING_WORKING_DAYS, FilingDeadline},
        id::AccountId,
        personnel::tests::day,
        project::fixture::project,
        report::{Filing, fixture::report},
        suspension::{
            PauseState,
            tests::{pause, termination},
        },
        time::{Timestamp, china_midnight},
    };
    use uuid::Uuid;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    /// A report of a month, generated on a day and filed, or not, late or not.
    fn made(of: &str, on: &str, filed: Option<bool>) -> (Month, Report) {
        let filing = filed.map(|late| Filing {
            by: AccountId(Uuid::from_u128(7)),
            at: china_midnight(day(on)),
            opinion: "同意备案".into(),
            late,
        });
        let deadline = FilingDeadline::of(day(on), &Calendar::shipped(), FILING_WORKING_DAYS);
        (month(of), Report { filing, deadline, ..report() })
    }

    fn told(reports: &[(Month, Report)], today: &str) -> Vec<(String, Standing)> {
        let found = standings(&project(), &[], reports, day(today));
        found.into_iter().map(|held| (held.month.to_string(), held.standing)).collect()
    }

    /// a month is in time when its report was generated and filed in time; one that can still be filed waits.
    #[test]
    fn r_341_r_345_a_month_is_in_time_when_its_report_was_generated_and_filed_in_time() {
        use Standing as S;
        let mut overdue = made("2020-05", "2020-06-02", Some(false));
        overdue.1.overdue = true;
        let reports = [
            made("2020-02", "2020-02-28", Some(false)),
            made("2020-03", "2020-03-31", Some(true)),
            overdue,
            made("2020-06", "2020-06-30", None),
        ];
        let said = |today| told(&reports, today).into_iter().map(|(_, standing)| standing).collect::<Vec<_>>();
        assert_eq!(said("2020-07-01"), [S::InTime, S::Late, S::Missing, S::Late, S::Waiting]);
        assert_eq!(said("2020-07-31").last(), Some(&S::Late), "nobody filed it");
        assert_eq!(told(&[], "2020-03-31"), [("2020-02".into(), S::Missing)], "March is not over");
        assert_eq!(told(&[], "2020-04-01").len(), 2);
        assert_eq!(
            told(&reports[..1], "2020-02-28"),
            [("2020-02".into(), S::InTime)],
            "filed before its month is over"
        );
        let mut void = made("2020-02", "2020-02-28", Some(false));
        void.1.take_back("误备案", Timestamp(1)).unwrap();
        assert_eq!(told(&[void], "2020-03-01"), [("2020-02".into(), S::Missing)], "R-377: it counts no more");
    }

    /// paused months and terminated projects are left out.
    #[test]
    fn r_345_paused_months_and_terminated_projects_are_left_out() {
        let paused = pause(project().id, month("2020-02"), PauseState::Approved);
        let months = |pauses: &[PauseRequest], project: &Project| {
            let found = standings(project, pauses, &[], day("2020-04-01"));
            found.into_iter().map(|held| held.month.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(months(&[paused], &project()), ["2020-03"]);
        let ended = Project { termination: Some(termination()), ..project() };
        assert!(months(&[], &ended).is_empty());
    }

    /// the rate is of the months that are due, rounded down.
    #[test]
    fn r_345_the_rate_is_of_the_months_that_are_due() {
        let mut tally = Tally::default();
        assert_eq!(tally.percent_in_time(), None);
        for standing in [Standing::InTime, Standing::InTime, Standing::Missing, Standing::Waiting] {
            tally.add(standing);
        }
        assert_eq!((tally.due(), tally.percent_in_time()), (3, Some(66)));
        assert_eq!(Standing::VARIANTS.iter().map(|standing| tally.of(*standing)).sum::<u32>(), 4);
    }
}
