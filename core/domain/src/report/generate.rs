//! Whether a report can be generated, and of what.

use super::{
    ReportKind,
    upload::{self, Conclusion, Form, UploadError, UploadFound},
};
use crate::{
    code::Code,
    dispatch::{Dispatch, DispatchState},
    id::{ContentId, DispatchId, PlanId, TaskId},
    plan::{Plan, coverage},
    project::Project,
    submission::Due,
    task::{Task, TaskState},
    time::{Cutoff, Punctuality},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a firm does about a report that is generated after its period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overdue {
    /// None is generated.
    #[default]
    Refuse,
    /// It is generated, and marked overdue.
    Mark,
}

/// What somebody chooses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The plan.
    pub plan: PlanId,
    /// The ticked tasks.
    pub tasks: Vec<TaskId>,
    /// The ticked dispatches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dispatches: Vec<DispatchId>,
    /// The day of the report.
    pub report_date: NaiveDate,
    /// The days of service, first and last.
    pub service: (NaiveDate, NaiveDate),
    /// The file that is the text of the report, where its form asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<ContentId>,
    /// What an inspection concludes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<Conclusion>,
}

/// A task that can be ticked.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The task.
    pub task: &'a Task,
    /// Whether another report has it.
    pub reported: bool,
}

/// What a report is generated from.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its plan.
    pub plan: &'a Plan,
    /// Whether the plan has a report.
    pub reported: bool,
    /// The plan's tasks, and those of the project outside the plan.
    pub tasks: &'a [Candidate<'a>],
    /// The dispatches of the project.
    pub dispatches: &'a [&'a Dispatch],
    /// What decides a deadline where proof does not.
    pub cutoff: Cutoff,
    /// What the firm does after the period.
    pub overdue: Overdue,
    /// Today, in UTC+8.
    pub today: NaiveDate,
    /// What the bytes of the file are that was chosen, where one was.
    pub upload: Option<UploadFound>,
    /// Whether an operation change took the plan's report back, so that this one revises it.
    pub revises: bool,
}

/// What stands in the way of a report. A page lists all of them at once.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// the project was terminated.
    #[error("the project was terminated")]
    ProjectTerminated,
    /// The plan has a report, which must be deleted first.
    #[error("the plan has a report")]
    PlanReported,
    /// the file, or the conclusion.
    #[error(transparent)]
    Upload(#[from] UploadError),
    /// items of the plan are not approved.
    #[error("{open} items of the plan are not approved")]
    PlanNotFullyApproved {
        /// How many.
        open: u32,
    },
    /// a ticked facility has only ignored items, or none of its tasks is ticked.
    #[error("the facility {facility} is not covered")]
    FacilityNotCovered {
        /// The catalogue's code of the facility.
        facility: String,
    },
    /// the period is over.
    #[error("the period is over")]
    PeriodOver,
    /// nothing of the plan is ticked.
    #[error("no task of the plan is ticked")]
    NoTask,
    /// A ticked task is none of this plan or project, or is not approved.
    #[error("the task cannot be in this report")]
    TaskUnfit {
        /// The task; its name where it is known.
        task: String,
    },
    /// another report has a ticked task.
    #[error("the task {task} is in another report")]
    TaskReported {
        /// Its name.
        task: String,
    },
    /// a ticked task was not handed in in time, or nothing shows that it was.
    #[error("the task {task} was handed in late")]
    TaskSubmittedLate {
        /// Its name.
        task: String,
    },
    /// the day of the report lies outside the plan's period, or in the future.
    #[error("the day of the report is not in the period")]
    ReportDateOutside,
    /// The days of service are reversed, or end after the day of the report.
    #[error("the days of service do not fit")]
    ServiceDatesInvalid,
}

impl Obstacle {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::PlanReported => Code::PlanReported,
            Self::Upload(error) => error.code(),
            Self::PlanNotFullyApproved { .. } => Code::PlanNotFullyApproved,
            Self::FacilityNotCovered { .. } => Code::FacilityNotCovered,
            Self::PeriodOver => Code::ReportPeriodOver,
            Self::NoTask => Code::ReportTaskRequired,
            Self::TaskUnfit { .. } => Code::ReportTaskUnfit,
            Self::TaskReported { .. } => Code::TaskReported,
            Self::TaskSubmittedLate { .. } => Code::TaskSubmittedLate,
            Self::ReportDateOutside => Code::ReportDateOutside,
            Self::ServiceDatesInvalid => Code::ServiceDatesInvalid,
        }
    }
}

impl Ground<'_> {
    /// The kind of its report.
    pub const fn kind(&self) -> ReportKind {
        ReportKind::of(self.project.kind, self.plan.nature)
    }

    /// How it comes into being.
    pub const fn form(&self) -> Form {
        Form::of(self.project, self.kind())
    }

    /// Whether a report that is generated today is overdue.
    pub fn is_overdue(&self) -> bool {
        self.today > self.plan.deadline()
    }

    /// What stands in the way whatever is chosen.
    pub fn obstacles(&self) -> Vec<Obstacle> {
        let mut found = Vec::new();
        if self.project.termination.is_some() {
            found.push(Obstacle::ProjectTerminated);
        }
        if self.reported {
            found.push(Obstacle::PlanReported);
        }
        let covered = coverage(self.plan);
        if !covered.unfinished.is_empty() {
            let open = self.plan.items.iter().filter(|item| item.is_open()).count();
            found.push(Obstacle::PlanNotFullyApproved { open: u32::try_from(open).unwrap_or(u32::MAX) });
        }
        found.extend(covered.all_ignored.into_iter().map(|facility| Obstacle::FacilityNotCovered { facility }));
        if self.overdue == Overdue::Refuse && self.is_overdue() && !self.revises {
            found.push(Obstacle::PeriodOver);
        }
        found
    }

    /// Whether a task can be ticked at all: it is approved, and of this plan or outside any.
    pub fn admits(&self, task: &Task) -> bool {
        let of_plan = task.plan.is_none_or(|plan| plan == self.plan.id);
        task.project == self.project.id && task.state == TaskState::Approved && of_plan
    }

    /// Whether a dispatch can be ticked: its team lead was told of it, and its work did not end before the period.
    pub fn admits_dispatch(&self, dispatch: &Dispatch) -> bool {
        let ended = dispatch.end().map(|end| end.at.latest().china_day());
        dispatch.project == self.project.id
            && dispatch.is_told()
            && dispatch.state != DispatchState::Cancelled
            && ended.is_none_or(|day| day >= self.plan.first_day())
    }

    /// Everything that stands in the way of what is chosen; a report can be generated when it is empty.
    pub fn obstacles_of(&self, chosen: &Chosen) -> Vec<Obstacle> {
        let mut found = self.obstacles();
        let mut done: Vec<&str> = Vec::new();
        let mut planned = false;
        for id in &chosen.tasks {
            let Some(candidate) = self.tasks.iter().find(|candidate| candidate.task.id == *id) else {
                found.push(Obstacle::TaskUnfit { task: id.to_string() });
                continue;
            };
            let task = candidate.task;
            planned |= task.kind.is_planned();
            done.extend(task.items.iter().map(|item| item.item_id.as_str()));
            found.extend(self.obstacle_of(candidate));
        }
        for id in &chosen.dispatches {
            let known = self.dispatches.iter().find(|dispatch| dispatch.id == *id);
            if !known.is_some_and(|dispatch| self.admits_dispatch(dispatch)) {
                let task = known.map_or_else(|| id.to_string(), |dispatch| dispatch.item_name.clone());
                found.push(Obstacle::TaskUnfit { task });
            }
        }
        if !planned {
            found.push(Obstacle::NoTask);
        }
        found.extend(self.left_out(&done));
        let (first, last) = chosen.service;
        let period = self.plan.first_day()..=self.plan.deadline();
        if !period.contains(&chosen.report_date) || chosen.report_date > self.today {
            found.push(Obstacle::ReportDateOutside);
        }
        if first > last || last > chosen.report_date {
            found.push(Obstacle::ServiceDatesInvalid);
        }
        let file = upload::check((self.form(), self.kind()), self.upload, chosen.conclusion);
        found.extend(file.into_iter().map(Obstacle::Upload));
        found
    }

    fn obstacle_of(&self, candidate: &Candidate<'_>) -> Option<Obstacle> {
        let task = candidate.task;
        let name = || task.name.clone();
        if candidate.reported {
            return Some(Obstacle::TaskReported { task: name() });
        }
        if !self.admits(task) {
            return Some(Obstacle::TaskUnfit { task: name() });
        }
        let due = Due { last_day: self.plan.deadline(), cutoff: self.cutoff };
        let in_time = due.of_last_round(task).is_some_and(|judged| judged.verdict == Punctuality::InTime);
        (!in_time).then(|| Obstacle::TaskSubmittedLate { task: name() })
    }

    /// facilities that the plan tests and no ticked task does.
    fn left_out(&self, done: &[&str]) -> Vec<Obstacle> {
        let tested = |facility: &str| {
            let mut items = self.plan.items.iter().filter(|item| item.facility == facility && item.ignored.is_none());
            items.any(|item| done.contains(&item.item_id.as_str()))
        };
        let planned =
            |facility: &str| self.plan.items.iter().any(|item| item.facility == facility && item.ignored.is_none());
        let left_out = self.plan.facilities.iter().filter(|facility| planned(facility) && !tested(facility));
        left_out.map(|facility| Obstacle::FacilityNotCovered { facility: facility.clone() }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::Nature,
        contract::ContractKind,
        id::{AccountId, FactId, Hash},
        personnel::tests::day,
        plan::fixture::{in_task, issued},
        project::fixture::project,
        submission::{Manifest, Submission},
        suspension::tests::termination,
        task::{Stamp, TaskItem, TaskKind},
        time::{Bound, Month, Timestamp, TrustedTime, china_midnight},
    };
    use chrono::Datelike as _;
    use uuid::Uuid;

    /// An approved task of the plan with all of its items, handed in at noon of a day.
    fn task(plan: &Plan, number: u128, submitted: &str) -> Task {
        let at = Stamp::of_server(china_midnight(day(submitted)).plus_ms(43_200_000));
        let submission = Submission {
            fact: FactId(Uuid::from_u128(number)),
            at,
            round: 1,
            manifest: Manifest::default(),
            manifest_hash: Hash([0; 32]),
        };
        Task {
            id: TaskId(Uuid::from_u128(number)),
            project: plan.project,
            plan: Some(plan.id),
            kind: TaskKind::Planned,
            executor: AccountId(Uuid::from_u128(40)),
            name: format!("0331_{number}"),
            started: Stamp::of_server(Timestamp(0)),
            state: TaskState::Approved,
            round: 1,
            items: plan.items.iter().map(|item| TaskItem { item: item.id, item_id: item.item_id.clone() }).collect(),
            demands: crate::ways::Demands::default(),
            event: None,
            description: None,
            service: Vec::new(),
            witness: None,
            hands: Vec::new(),
            results: Vec::new(),
            photos: Vec::new(),
            segments: Vec::new(),
            submissions: vec![submission],
            reviews: Vec::new(),
            discarded: None,
            taken_back: Vec::new(),
        }
    }

    /// March 2020, every item approved.
    fn approved() -> Plan {
        let mut plan = issued();
        let items: Vec<_> = plan.items.iter().map(|item| item.id).collect();
        in_task(&mut plan, &items, TaskState::Approved);
        plan
    }

    fn chosen(plan: &Plan, tasks: &[&Task]) -> Chosen {
        Chosen {
            plan: plan.id,
            tasks: tasks.iter().map(|task| task.id).collect(),
            dispatches: Vec::new(),
            report_date: day("2020-03-31"),
            service: (day("2020-03-30"), day("2020-03-31")),
            upload: None,
            conclusion: None,
        }
    }

    /// The last day of March.
    fn ground<'a>(project: &'a Project, plan: &'a Plan, tasks: &'a [Candidate<'a>]) -> Ground<'a> {
        let (cutoff, overdue, today) = (Cutoff::Stated, Overdue::Refuse, day("2020-03-31"));
        let (dispatches, upload, revises): (&[&Dispatch], _, _) = (&[], None, false);
        Ground { project, plan, reported: false, tasks, dispatches, cutoff, overdue, today, upload, revises }
    }

    /// What stands in the way of a report of these tasks.
    fn told(plan: &Plan, tasks: &[&Task], change: impl FnOnce(&mut Ground<'_>, &mut Chosen)) -> Vec<Obstacle> {
        let project = project();
        let candidates: Vec<_> = tasks.iter().map(|task| Candidate { task, reported: false }).collect();
        let mut ground = ground(&project, plan, &candidates);
        let mut chosen = chosen(plan, tasks);
        change(&mut ground, &mut chosen);
        ground.obstacles_of(&chosen)
    }

    fn codes(obstacles: &[Obstacle]) -> Vec<Code> {
        obstacles.iter().map(Obstacle::code).collect()
    }

    #[test]
    fn r_200_a_report_needs_every_item_of_the_plan_approved() {
        let mut plan = approved();
        let done = task(&plan, 1, "2020-03-31");
        assert_eq!(told(&plan, &[&done], |_, _| {}), []);
        let first = plan.items[0].id;
        for state in [TaskState::Executing, TaskState::PendingReview, TaskState::Rejected] {
            in_task(&mut plan, &[first], state);
            let open = told(&plan, &[&done], |_, _| {});
            assert_eq!(open, [Obstacle::PlanNotFullyApproved { open: 1 }], "{state:?}");
            assert_eq!(codes(&open), [Code::PlanNotFullyApproved]);
        }
    }

    #[test]
    fn r_202_every_facility_that_the_plan_tests_is_in_a_ticked_task() {
        let plan = approved();
        let mut other = task(&plan, 1, "2020-03-31");
        other.items.retain(|item| plan.item(item.item).is_some_and(|item| item.facility != plan.facilities[0]));
        let facility = plan.facilities[0].clone();
        let left_out = told(&plan, &[&other], |_, _| {});
        assert!(left_out.contains(&Obstacle::FacilityNotCovered { facility }));
        assert!(codes(&left_out).contains(&Code::FacilityNotCovered));
        let mut running = task(&plan, 2, "2020-03-31");
        running.state = TaskState::PendingReview;
        assert_eq!(codes(&told(&plan, &[&running], |_, _| {})), [Code::ReportTaskUnfit]);
    }

    #[test]
    fn r_205_what_lies_outside_the_plan_never_suffices() {
        let plan = approved();
        let mut extra = task(&plan, 1, "2020-03-31");
        (extra.kind, extra.plan) = (TaskKind::Supplementary, None);
        assert!(codes(&told(&plan, &[&extra], |_, _| {})).contains(&Code::ReportTaskRequired));
        let planned = task(&plan, 2, "2020-03-31");
        assert_eq!(told(&plan, &[&planned, &extra], |_, _| {}), []);
    }

    #[test]
    fn r_213_a_task_is_in_one_report_and_r_209_a_plan_has_one() {
        let plan = approved();
        let done = task(&plan, 1, "2020-03-31");
        let (project, tasks) = (project(), [Candidate { task: &done, reported: true }]);
        let in_other = ground(&project, &plan, &tasks).obstacles_of(&chosen(&plan, &[&done]));
        assert_eq!(codes(&in_other), [Code::TaskReported]);
        assert_eq!(told(&plan, &[&done], |ground, _| ground.reported = true), [Obstacle::PlanReported]);
    }

    #[test]
    fn r_221_a_task_that_was_handed_in_after_the_period_is_refused() {
        let plan = approved();
        let late = task(&plan, 1, "2020-04-01");
        assert_eq!(codes(&told(&plan, &[&late], |_, _| {})), [Code::TaskSubmittedLate]);
        let mut unproved = task(&plan, 2, "2020-03-31");
        unproved.submissions[0].at = Stamp::unproved(Timestamp(0));
        assert_eq!(told(&plan, &[&unproved], |_, _| {}), [Obstacle::TaskSubmittedLate { task: unproved.name.clone() }]);
    }

    #[test]
    fn r_222_r_223_day_and_generation_lie_in_the_period() {
        let plan = approved();
        let done = task(&plan, 1, "2020-03-31");
        for outside in ["2020-02-29", "2020-04-01"] {
            let told = told(&plan, &[&done], |ground, chosen| {
                (ground.today, ground.overdue) = (day("2020-04-02"), Overdue::Mark);
                (chosen.report_date, chosen.service) = (day(outside), (day(outside), day(outside)));
            });
            assert_eq!(codes(&told), [Code::ReportDateOutside], "{outside}");
        }
        let future = told(&plan, &[&done], |ground, _| ground.today = day("2020-03-30"));
        assert_eq!(future, [Obstacle::ReportDateOutside], "not in the future");
        let over = told(&plan, &[&done], |ground, _| ground.today = day("2020-04-01"));
        assert_eq!(codes(&over), [Code::ReportPeriodOver]);
        let marked = told(&plan, &[&done], |ground, _| {
            (ground.today, ground.overdue) = (day("2020-04-01"), Overdue::Mark);
        });
        assert_eq!(marked, []);
        let revised = told(&plan, &[&done], |ground, _| (ground.today, ground.revises) = (day("2020-06-01"), true));
        assert_eq!(revised, [], "R-377: a revision comes when it comes");
    }

    #[test]
    fn r_201_the_days_of_service_are_in_order_and_before_the_report() {
        let plan = approved();
        let done = task(&plan, 1, "2020-03-31");
        for (first, last) in [("2020-03-31", "2020-03-30"), ("2020-03-31", "2020-04-01")] {
            let told = told(&plan, &[&done], |_, chosen| chosen.service = (day(first), day(last)));
            assert_eq!(codes(&told), [Code::ServiceDatesInvalid], "{first} to {last}");
        }
    }

    #[test]
    fn r_332_an_ended_project_has_no_report() {
        let (plan, base) = (approved(), project());
        assert_eq!(ground(&base, &plan, &[]).obstacles(), []);
        let ended = Project { termination: Some(termination()), ..base };
        assert_eq!(ground(&ended, &plan, &[]).obstacles(), [Obstacle::ProjectTerminated]);
    }

    #[test]
    fn r_230_r_231_r_300_inspections_evaluations_and_special_sites_need_their_pdf_and_all_else_too() {
        let plan = approved();
        let done = task(&plan, 1, "2020-03-31");
        let tasks = [Candidate { task: &done, reported: false }];
        let told = |project: &Project, upload, conclusion| {
            let ground = Ground { upload, ..ground(project, &plan, &tasks) };
            codes(&ground.obstacles_of(&Chosen { conclusion, ..chosen(&plan, &[&done]) }))
        };
        let pdf = Some(UploadFound { is_pdf: true, bytes: 1_000 });
        let special = Project { special_site: true, ..project() };
        assert_eq!(told(&special, None, None), [Code::PdfRequired]);
        assert_eq!(told(&special, pdf, None), []);
        assert_eq!(told(&project(), pdf, None), [Code::DirectUploadNotAllowed]);
        let of = |kind| Project { kind, ..project() };
        let inspection = of(ContractKind::AnnualInspection);
        assert_eq!(told(&inspection, None, None), [Code::PdfRequired, Code::ConclusionRequired]);
        assert_eq!(told(&inspection, pdf, Some(Conclusion::Qualified)), []);
        assert_eq!(told(&of(ContractKind::SafetyEvaluation), None, None), [Code::PdfRequired]);
        assert_eq!(told(&of(ContractKind::SafetyEvaluation), pdf, None), []);
        assert_eq!(ReportKind::of(project().kind, Nature::Month), ReportKind::Month);
    }

    /// 23:59:59 of the last day of February, of a leap year's February, of a quarter and of a year is in time,
    /// the next second is not; a phone that syncs weeks later is judged by what its clocks prove.
    #[test]
    fn r_221_r_224_the_last_second_of_each_period_is_in_time() {
        let ends = [
            (Nature::Month, 2, "2027-02-28", "2027-03-01"),
            (Nature::Month, 2, "2028-02-29", "2028-03-01"),
            (Nature::Quarter, 4, "2026-06-30", "2026-07-01"),
            (Nature::Year, 1, "2026-12-31", "2027-01-01"),
        ];
        for (nature, month, last, next) in ends {
            let mut plan = approved();
            plan.nature = nature;
            plan.period = Month { year: day(last).year(), month };
            assert_eq!(plan.deadline(), day(last));
            let midnight = china_midnight(day(next));
            let of = |at: Stamp| {
                let mut done = task(&plan, 1, last);
                done.submissions[0].at = at;
                told(&plan, &[&done], |ground, chosen| {
                    ground.today = day(last);
                    (chosen.report_date, chosen.service) = (day(last), (day(last), day(last)));
                })
            };
            let late = |told: &[Obstacle]| codes(told) == [Code::TaskSubmittedLate];
            assert_eq!(of(Stamp::of_server(midnight.plus_ms(-1_000))), [], "{last}");
            assert!(late(&of(Stamp::of_server(midnight))), "{last}");
            // Weeks later: proved between the day before and the day of the sync, stated by the phone's running clock.
            let weeks = midnight.plus_ms(21 * 86_400_000);
            let synced = |stated: Timestamp| {
                let proved = Bound { earliest: midnight.plus_ms(-86_400_000), latest: weeks };
                let time = Some(TrustedTime { proved, stated: Some(Bound::at(stated)), time_contradiction: false });
                of(Stamp { wall_ms: weeks, time })
            };
            assert_eq!(synced(midnight.plus_ms(-1_000)), [], "{last}");
            assert!(late(&synced(midnight)), "{last}");
        }
    }
}
