//! Where a project stands in each period of a year: the row of the ledger.

use super::{Project, due_months};
use crate::{
    catalogue::Nature,
    plan::{PlanSlot, period_end, period_start},
    suspension::{PauseRequest, is_paused},
    time::Month,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// How far the work of a period is, from nothing owed to a filed report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Stage {
    /// Nothing is owed for it, and nothing was planned.
    NotDue,
    /// Its pause was approved.
    Paused,
    /// A plan is owed and not made.
    Due,
    /// The plan is made, and nothing of it is issued.
    Planned,
    /// Some of it is issued, and nobody has begun.
    Issued,
    /// Somebody has begun.
    Executing,
    /// All of it is handed in, and some of it waits for review.
    Submitted,
    /// All of it is approved.
    Approved,
    /// Its report is generated.
    Reported,
    /// Its report is filed.
    Filed,
}

/// How many items of a plan stand where. Those that are left out count nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Not issued.
    pub to_issue: u32,
    /// Issued and not begun.
    pub issued: u32,
    /// In a task at work, or in one that was rejected.
    pub executing: u32,
    /// In a task that waits for review.
    pub submitted: u32,
    /// Approved.
    pub approved: u32,
}

/// The report of a plan, as far as the ledger tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The last day on which it is filed in time.
    pub deadline: NaiveDate,
    /// When it was filed.
    pub filed: Option<NaiveDate>,
}

/// A plan of a project, as far as the ledger tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanWork {
    /// Which plan of the project it is.
    pub slot: PlanSlot,
    /// How far its items are.
    pub work: Work,
    /// Its report that is not void.
    pub report: Option<Reported>,
}

/// Where a project stands in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How far it is.
    pub stage: Stage,
    /// Whether it is late: the period is over and its report is not there, or the report was not filed by
    /// its deadline.
    pub late: bool,
}

/// What a project owes and has, read once for all periods of its row.
#[derive(Clone, Debug)]
pub struct Ledger<'a> {
    project: &'a Project,
    pauses: &'a [PauseRequest],
    plans: &'a [PlanWork],
    due: BTreeSet<(i32, u32)>,
}

/// The first months of the periods of a nature in a year, in their order.
pub fn periods(nature: Nature, year: i32) -> Vec<Month> {
    let months = (1..=12).filter_map(|month| Month::new(year, month).ok());
    months.filter(|month| period_start(nature, *month) == *month).collect()
}

impl<'a> Ledger<'a> {
    /// The row of a project. `pauses` may hold those of other projects; `plans` are its own.
    pub fn of(project: &'a Project, pauses: &'a [PauseRequest], plans: &'a [PlanWork]) -> Self {
        let due = due_months(project, pauses).into_iter().map(|month| (month.year, month.month)).collect();
        Self { project, pauses, plans, due }
    }

    /// where the project stands in the period of this nature that begins with `period`. A month is owed by R-073.
    /// Nobody owes a quarter or a year of maintenance. An inspection or evaluation owes one plan for a year, in its first
    ///
    pub fn standing(&self, nature: Nature, period: Month, today: NaiveDate) -> Standing {
        let slot = PlanSlot { nature, period };
        let Some(plan) = self.plans.iter().find(|plan| plan.slot == slot) else {
            return self.without_plan(nature, period, today);
        };
        let (over, stage) = (today > self.end(nature, period), plan.work.stage());
        match plan.report {
            None => Standing { stage, late: over },
            Some(Reported { deadline, filed: None }) => Standing { stage: Stage::Reported, late: today > deadline },
            Some(Reported { deadline, filed: Some(day) }) => Standing { stage: Stage::Filed, late: day > deadline },
        }
    }

    fn without_plan(&self, nature: Nature, period: Month, today: NaiveDate) -> Standing {
        let of = |stage, late| Standing { stage, late };
        if nature == Nature::Month && self.due.contains(&(period.year, period.month)) {
            return of(Stage::Due, today > period.last_day());
        }
        if nature == Nature::Month && self.has(period) && is_paused(self.pauses, self.project.id, period) {
            return of(Stage::Paused, false);
        }
        if self.owes_its_only_plan(nature, period) {
            return of(Stage::Due, today > self.end(nature, period));
        }
        of(Stage::NotDue, false)
    }

    /// Whether a month lies within a project that runs or has run to its end.
    fn has(&self, month: Month) -> bool {
        let (first, last) = (self.project.first_due_month(), self.project.last_due_month());
        first.is_some_and(|first| first <= month) && last.is_some_and(|last| month <= last)
    }

    fn owes_its_only_plan(&self, nature: Nature, period: Month) -> bool {
        let first = self.project.first_due_month().map(|first| period_start(Nature::Year, first));
        self.project.practice().one_plan_only
            && nature == Nature::Year
            && self.plans.is_empty()
            && self.project.termination.is_none()
            && first == Some(period)
    }

    /// The last day on which the work of a period is in time. An inspection is over with its contract, whatever the year.
    fn end(&self, nature: Nature, period: Month) -> NaiveDate {
        if self.project.practice().one_plan_only { self.project.end_date } else { period_end(nature, period) }
    }
}

impl Work {
    /// How far the items are together.
    pub const fn stage(self) -> Stage {
        let Self { to_issue, issued, executing, submitted, approved } = self;
        let begun = executing > 0 || submitted > 0 || approved > 0;
        match (to_issue + issued + executing, submitted, approved) {
            (0, 0, 0) => Stage::Planned,
            (0, 0, _) => Stage::Approved,
            (0, ..) => Stage::Submitted,
            _ if begun => Stage::Executing,
            _ if issued > 0 => Stage::Issued,
            _ => Stage::Planned,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::project, *};
    use crate::{
        contract::ContractKind,
        personnel::tests::day,
        suspension::{
            PauseState,
            tests::{pause, termination},
        },
    };

    fn plan(nature: Nature, period: &str, work: Work, report: Option<Reported>) -> PlanWork {
        PlanWork { slot: PlanSlot { nature, period: period.parse().unwrap() }, work, report }
    }

    fn at(project: &Project, pauses: &[PauseRequest], plans: &[PlanWork], month: &str, today: &str) -> (Stage, bool) {
        let row = Ledger::of(project, pauses, plans);
        let standing = row.standing(Nature::Month, month.parse().unwrap(), day(today));
        (standing.stage, standing.late)
    }

    /// a month is owed from the first to the last, paused ones not, and late once it is over without a plan.
    #[test]
    fn r_391_a_month_without_a_plan_is_due_paused_or_nothing() {
        let (project, paused) = (project(), "2020-05".parse().unwrap());
        let pauses = [pause(project.id, paused, PauseState::Approved)];
        let stage = |month, today| at(&project, &pauses, &[], month, today);
        assert_eq!(stage("2020-01", "2020-06-01"), (Stage::NotDue, false), "before its first month");
        assert_eq!(stage("2020-02", "2020-02-29"), (Stage::Due, false));
        assert_eq!(stage("2020-02", "2020-03-01"), (Stage::Due, true));
        assert_eq!(stage("2020-05", "2020-06-01"), (Stage::Paused, false));
        assert_eq!(stage("2021-02", "2020-06-01"), (Stage::NotDue, false), "after its last month");
        let ended = Project { termination: Some(termination()), ..project.clone() };
        assert_eq!(at(&ended, &[], &[], "2020-03", "2020-06-01"), (Stage::NotDue, false));
    }

    /// the items of a plan are told by the one that is furthest behind, once somebody has begun.
    #[test]
    fn r_391_a_plan_stands_where_its_items_do() {
        let of = |to_issue, issued, executing, submitted, approved| {
            Work { to_issue, issued, executing, submitted, approved }.stage()
        };
        assert_eq!(of(3, 0, 0, 0, 0), Stage::Planned);
        assert_eq!(of(2, 1, 0, 0, 0), Stage::Issued);
        assert_eq!(of(0, 1, 1, 0, 0), Stage::Executing);
        assert_eq!(of(1, 0, 0, 0, 2), Stage::Executing, "what is not issued is still to do");
        assert_eq!(of(0, 0, 0, 1, 2), Stage::Submitted);
        assert_eq!(of(0, 0, 0, 0, 3), Stage::Approved);
        assert_eq!(of(0, 0, 0, 0, 0), Stage::Planned, "everything is left out");
    }

    /// what is not reported when its period is over is late, and what is not filed by its deadline.
    #[test]
    fn r_220_r_391_a_period_that_is_over_without_a_report_is_late() {
        let project = project();
        let approved = Work { approved: 4, ..Work::default() };
        let (deadline, filed) = (day("2020-04-07"), |on: &str| Some(day(on)));
        let stage =
            |work, report, today| at(&project, &[], &[plan(Nature::Month, "2020-03", work, report)], "2020-03", today);
        assert_eq!(stage(approved, None, "2020-03-31"), (Stage::Approved, false));
        assert_eq!(stage(approved, None, "2020-04-01"), (Stage::Approved, true));
        assert_eq!(stage(Work { issued: 1, ..approved }, None, "2020-04-01"), (Stage::Executing, true));
        let waits = Some(Reported { deadline, filed: None });
        assert_eq!(stage(approved, waits, "2020-04-07"), (Stage::Reported, false));
        assert_eq!(stage(approved, waits, "2020-04-08"), (Stage::Reported, true));
        let done = |on| Some(Reported { deadline, filed: filed(on) });
        assert_eq!(stage(approved, done("2020-04-07"), "2020-12-01"), (Stage::Filed, false));
        assert_eq!(stage(approved, done("2020-04-08"), "2020-12-01"), (Stage::Filed, true));
    }

    /// quarters and years of maintenance are owed by nobody; an inspection owes its only plan.
    #[test]
    fn r_391_quarters_and_years_are_shown_once_planned_and_an_inspection_owes_its_only_plan() {
        let project = project();
        let quarter = [plan(Nature::Quarter, "2020-04", Work { to_issue: 2, ..Work::default() }, None)];
        let row = Ledger::of(&project, &[], &quarter);
        let stage = |period: &str| row.standing(Nature::Quarter, period.parse().unwrap(), day("2020-05-01")).stage;
        assert_eq!([stage("2020-01"), stage("2020-04")], [Stage::NotDue, Stage::Planned]);
        assert_eq!(periods(Nature::Quarter, 2020).iter().map(|month| month.month).collect::<Vec<_>>(), [1, 4, 7, 10]);
        assert_eq!([periods(Nature::Month, 2020).len(), periods(Nature::Year, 2020).len()], [12, 1]);
        let inspection = Project { kind: ContractKind::AnnualInspection, ..project };
        let of = |plans: &[PlanWork], period: &str, today| {
            let standing =
                Ledger::of(&inspection, &[], plans).standing(Nature::Year, period.parse().unwrap(), day(today));
            (standing.stage, standing.late)
        };
        assert_eq!(of(&[], "2020-01", "2020-06-01"), (Stage::Due, false));
        assert_eq!(of(&[], "2020-01", "2021-01-21"), (Stage::Due, true), "its contract is over");
        assert_eq!(of(&[], "2021-01", "2020-06-01"), (Stage::NotDue, false));
        let made = [plan(Nature::Year, "2021-01", Work { issued: 1, ..Work::default() }, None)];
        assert_eq!(
            [of(&made, "2020-01", "2020-06-01").0, of(&made, "2021-01", "2020-06-01").0],
            [Stage::NotDue, Stage::Issued]
        );
    }
}
