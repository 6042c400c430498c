//! The ledger in words: where each project stands in each period, and what happens to each when the plans of a period
//! are made and issued at once.

mod next;

pub use next::{NextLine, chip as next_chip, next};

use super::Reader;
use crate::{
    query::{ledger::Worked, project::ProjectRow},
    text::Text as T,
};
use firebee_domain::{
    catalogue::Nature,
    id::{PlanId, ProjectId, ReportId},
    project::{Ledger, PlanWork, Stage, Standing, periods},
    suspension::PauseRequest,
    time::Month,
};
use firebee_protocol::text::{Arg, Chip, Shape, Tone, when::month};

/// A project in the ledger.
pub struct LedgerLine {
    /// The project.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its lead's name.
    pub lead: String,
    /// One step for each period of the year, in their order.
    pub steps: Vec<Step>,
}

/// Where a project stands in a period.
pub struct Step {
    /// The state.
    pub chip: Chip,
    /// What it opens.
    pub to: Option<Opens>,
}

/// What a cell of the ledger opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// The form that makes the plan.
    Make(ProjectId),
    /// The pauses of the project.
    Pauses(ProjectId),
    /// The plan.
    Plan(PlanId),
    /// The tasks of the plan.
    Tasks(PlanId),
    /// The report.
    Report(ReportId),
}

/// What a row of the ledger is made of.
#[derive(Clone, Copy)]
pub struct LedgerSources<'a> {
    /// The project.
    pub row: &'a ProjectRow,
    /// Its plans of the year.
    pub plans: &'a [Worked],
    /// Its pauses.
    pub pauses: &'a [PauseRequest],
    /// Whether the reader may make its plans.
    pub may_make: bool,
}

/// A row in words.
#[must_use]
pub fn line(reader: Reader<'_>, of: LedgerSources<'_>, (nature, year): (Nature, i32)) -> LedgerLine {
    let project = &of.row.project;
    let works: Vec<PlanWork> = of.plans.iter().map(|worked| worked.plan).collect();
    let ledger = Ledger::of(project, of.pauses, &works);
    let today = reader.now.china_day();
    let step = |period: Month| {
        let standing = ledger.standing(nature, period, today);
        let plan =
            of.plans.iter().find(|worked| worked.plan.slot.nature == nature && worked.plan.slot.period == period);
        Step { chip: chip(reader, standing), to: opens(&of, standing.stage, plan) }
    };
    LedgerLine {
        id: project.id,
        name: project.name.clone(),
        lead: of.row.lead_name.clone(),
        steps: periods(nature, year).into_iter().map(step).collect(),
    }
}

fn opens(of: &LedgerSources<'_>, stage: Stage, plan: Option<&Worked>) -> Option<Opens> {
    let project = of.row.project.id;
    match (stage, plan) {
        (Stage::NotDue, _) => None,
        (Stage::Paused, _) => Some(Opens::Pauses(project)),
        (Stage::Reported | Stage::Filed, Some(Worked { report: Some(report), .. })) => Some(Opens::Report(*report)),
        (Stage::Executing | Stage::Submitted | Stage::Approved, Some(plan)) => Some(Opens::Tasks(plan.id)),
        (_, Some(plan)) => Some(Opens::Plan(plan.id)),
        (_, None) => of.may_make.then_some(Opens::Make(project)),
    }
}

/// The word of a stage.
#[must_use]
pub fn stage(reader: Reader<'_>, stage: Stage) -> String {
    reader.t(match stage {
        Stage::NotDue => T::LedgerNotDue,
        Stage::Paused => T::LedgerPaused,
        Stage::Due => T::LedgerDue,
        Stage::Planned => T::LedgerPlanned,
        Stage::Issued => T::LedgerIssued,
        Stage::Executing => T::LedgerExecuting,
        Stage::Submitted => T::LedgerSubmitted,
        Stage::Approved => T::LedgerApproved,
        Stage::Reported => T::LedgerReported,
        Stage::Filed => T::LedgerFiled,
    })
}

/// A standing as a chip: what is late says so beside its stage.
#[must_use]
pub fn chip(reader: Reader<'_>, standing: Standing) -> Chip {
    let word = stage(reader, standing.stage);
    if standing.late {
        let word = reader.say(T::LedgerLate, &[("stage", Arg::from(word))]);
        return Chip { tone: Tone::Late, shape: Shape::Warn, word };
    }
    let (tone, shape) = match standing.stage {
        Stage::NotDue => (Tone::Untestable, Shape::Dash),
        Stage::Paused => (Tone::Untestable, Shape::Barred),
        Stage::Due => (Tone::Nonconform, Shape::Circle),
        Stage::Planned => (Tone::Waiting, Shape::Circle),
        Stage::Issued => (Tone::Waiting, Shape::Half),
        Stage::Executing => (Tone::Waiting, Shape::Pencil),
        Stage::Submitted => (Tone::Waiting, Shape::Clock),
        Stage::Approved | Stage::Reported | Stage::Filed => (Tone::Conform, Shape::Check),
    };
    Chip { tone, shape, word }
}

/// A period in words: a month, a quarter or a year.
#[must_use]
pub fn period(reader: Reader<'_>, nature: Nature, period: Month) -> String {
    let year = ("year", Arg::from(period.year));
    match nature {
        Nature::Month => month(reader.language, period),
        Nature::Quarter => reader.say(T::LedgerQuarter, &[year, ("quarter", Arg::from((period.month - 1) / 3 + 1))]),
        Nature::Year => reader.say(T::LedgerYearOf, &[year]),
    }
}
