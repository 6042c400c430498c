//! What the fire service looks at: months of projects as figures and as a list, samples, checks, and who has read what (R-340
//! to R-345).

use super::Reader;
use crate::{
    query::{
        oversight::{CheckRow, SampledRow, Site},
        reading::ReadingRow,
    },
    text::Text as T,
};
use chrono::NaiveDate;
use firebee_domain::{
    id::{OrganisationId, ProjectId, RegulatorUnitId, ReportId},
    oversight::{CheckOutcome, MonthStanding, Standing, Tally, standings},
    time::Month,
};
use firebee_protocol::text::{
    Arg, Chip, Shape, Tone, When,
    when::{date, month},
};
use std::collections::BTreeMap;
use strum::{EnumString, IntoStaticStr, VariantArray};
use uuid::Uuid;

/// A month of a project that is judged.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'s> {
    /// The project.
    pub site: &'s Site,
    /// How the month stands.
    pub held: MonthStanding,
}

/// Every month that is judged on a day.
#[must_use]
pub fn judged(sites: &[Site], today: NaiveDate) -> Vec<Judged<'_>> {
    let of = |site| move |held| Judged { site, held };
    sites
        .iter()
        .flat_map(|site| standings(&site.project, &site.pauses, &site.reports, today).into_iter().map(of(site)))
        .collect()
}

/// What figures and their lists are narrowed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Only of this month.
    pub month: Option<Month>,
    /// Only projects of this unit.
    pub unit: Option<RegulatorUnitId>,
    /// Only projects of this firm.
    pub firm: Option<OrganisationId>,
    /// Only months that stand so.
    pub standing: Option<Standing>,
}

impl Narrow {
    /// Whether a month is one of them.
    #[must_use]
    pub fn admits(&self, judged: &Judged<'_>) -> bool {
        self.month.is_none_or(|month| month == judged.held.month)
            && self.unit.is_none_or(|unit| unit == judged.site.unit.0)
            && self.firm.is_none_or(|firm| firm == judged.site.firm.0)
            && self.standing.is_none_or(|standing| standing == judged.held.standing)
    }

    /// The same as an address.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let words = [
            ("month", self.month.map(|month| month.to_string())),
            ("unit", self.unit.map(|unit| unit.to_string())),
            ("firm", self.firm.map(|firm| firm.to_string())),
            ("standing", self.standing.map(|standing| <&str>::from(standing).to_owned())),
        ];
        let said = words.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        let said: Vec<String> = said.collect();
        if said.is_empty() { path.to_owned() } else { format!("{path}?{}", said.join("&")) }
    }
}

/// What figures are told by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum By {
    /// The unit of the project.
    #[default]
    Unit,
    /// The firm.
    Firm,
    /// The month.
    Month,
}

/// One figure, which opens its list.
pub struct Figure {
    /// How many.
    pub count: u32,
    /// The list.
    pub href: String,
}

/// One row of figures.
pub struct TallyRow {
    /// Of what.
    pub name: String,
    /// Whether that is Chinese data.
    pub data: bool,
    /// By [`Standing`], in its order.
    pub figures: Vec<Figure>,
    /// Months due.
    pub due: u32,
    /// The rate in time; a dash where nothing is due.
    pub rate: String,
}

/// The address of the list behind every figure.
pub const MONTHS: &str = "/oversight/months";

/// the figures of what is narrowed to, row by row, and of all together first.
#[must_use]
pub fn table(reader: Reader<'_>, judged: &[Judged<'_>], narrow: Narrow, by: By) -> Vec<TallyRow> {
    let mut rows: BTreeMap<(String, Uuid), (Narrow, Tally)> = BTreeMap::new();
    let mut all = Tally::default();
    for each in judged.iter().filter(|each| narrow.admits(each)) {
        let (unit, firm, of) = (&each.site.unit, &each.site.firm, each.held.month);
        let (key, within) = match by {
            By::Unit => ((unit.1.clone(), unit.0.0), Narrow { unit: Some(unit.0), ..narrow }),
            By::Firm => ((firm.1.clone(), firm.0.0), Narrow { firm: Some(firm.0), ..narrow }),
            By::Month => ((of.to_string(), Uuid::nil()), Narrow { month: Some(of), ..narrow }),
        };
        rows.entry(key).or_insert((within, Tally::default())).1.add(each.held.standing);
        all.add(each.held.standing);
    }
    let name = |key: String, within: &Narrow| match (by, within.month) {
        (By::Month, Some(of)) => month(reader.language, of),
        _ => key,
    };
    let total = row(reader, (reader.t(T::OversightAll), false), narrow, all);
    let each = rows
        .into_iter()
        .map(|((key, _), (within, tally))| row(reader, (name(key, &within), by != By::Month), within, tally));
    std::iter::once(total).chain(each).collect()
}

fn row(reader: Reader<'_>, (name, data): (String, bool), narrow: Narrow, tally: Tally) -> TallyRow {
    let figure = |standing: &Standing| Figure {
        count: tally.of(*standing),
        href: Narrow { standing: Some(*standing), ..narrow }.address(MONTHS),
    };
    let rate = tally.percent_in_time().map_or_else(
        || "\u{2013}".to_owned(),
        |percent| reader.say(T::OversightPercent, &[("percent", Arg::from(percent))]),
    );
    TallyRow { name, data, figures: Standing::VARIANTS.iter().map(figure).collect(), due: tally.due(), rate }
}

/// How a month stands.
#[must_use]
pub fn standing(reader: Reader<'_>, standing: Standing) -> Chip {
    let (tone, shape, text) = match standing {
        Standing::Missing => (Tone::Nonconform, Shape::Cross, T::OversightMissing),
        Standing::Late => (Tone::Late, Shape::Warn, T::OversightLate),
        Standing::InTime => (Tone::Conform, Shape::Check, T::OversightInTime),
        Standing::Waiting => (Tone::Waiting, Shape::Clock, T::OversightWaiting),
    };
    Chip { tone, shape, word: reader.t(text) }
}

/// A month in the list behind a figure.
pub struct MonthLine {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// The firm's name.
    pub firm: String,
    /// The unit's name.
    pub unit: String,
    /// The month.
    pub month: String,
    /// How it stands.
    pub state: Chip,
    /// Its report.
    pub report: Option<ReportId>,
}

/// A month in words.
#[must_use]
pub fn month_line(reader: Reader<'_>, judged: &Judged<'_>) -> MonthLine {
    let Judged { site, held } = judged;
    MonthLine {
        project: site.project.id,
        name: site.project.name.clone(),
        firm: site.firm.1.clone(),
        unit: site.unit.1.clone(),
        month: month(reader.language, held.month),
        state: standing(reader, held.standing),
        report: held.report,
    }
}

/// What a check came to.
#[must_use]
pub fn outcome(reader: Reader<'_>, outcome: CheckOutcome) -> Chip {
    let (tone, shape, text) = match outcome {
        CheckOutcome::Agrees => (Tone::Conform, Shape::Check, T::CheckAgrees),
        CheckOutcome::Differs => (Tone::Nonconform, Shape::Warn, T::CheckDiffers),
        CheckOutcome::Falsified => (Tone::Nonconform, Shape::Cross, T::CheckFalsified),
    };
    Chip { tone, shape, word: reader.t(text) }
}

/// A sampled task.
pub struct SampledLine {
    /// The address of its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: Chip,
    /// The address of the project.
    pub project: String,
    /// The project's name.
    pub project_name: String,
    /// The firm's name.
    pub firm: String,
    /// How many of its faults are resolved.
    pub faults: String,
    /// What was found in it, if somebody has looked.
    pub outcome: Option<Chip>,
    /// The address of the form that records what was found.
    pub record: String,
}

/// A sampled task in words.
#[must_use]
pub fn sampled(reader: Reader<'_>, row: &SampledRow) -> SampledLine {
    let faults = [("faults", Arg::from(row.faults)), ("resolved", Arg::from(row.resolved))];
    SampledLine {
        href: format!("/tasks/{}", row.task),
        name: row.name.clone(),
        state: Chip::task(reader.language, row.state),
        project: format!("/projects/{}", row.project.0),
        project_name: row.project.1.clone(),
        firm: row.firm.clone(),
        faults: if row.faults == 0 {
            reader.t(T::OversightFaultsNone)
        } else {
            reader.say(T::OversightFaults, &faults)
        },
        outcome: row.outcome.map(|held| outcome(reader, held)),
        record: format!("/projects/{}/checks/new?task={}", row.project.0, row.task),
    }
}

/// A check in a list, or alone.
pub struct CheckLine {
    /// Its address.
    pub href: String,
    /// The project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The firm's name.
    pub firm: String,
    /// The day.
    pub day: String,
    /// What it came to.
    pub outcome: Chip,
    /// What was found.
    pub findings: String,
    /// What was compared: a report, a task, or the site alone.
    pub compared: String,
    /// The page of that.
    pub compared_at: Option<String>,
    /// The unit that checked.
    pub unit: String,
    /// When it was recorded.
    pub at: When,
}

/// A check in words.
#[must_use]
pub fn check(reader: Reader<'_>, row: &CheckRow) -> CheckLine {
    let (check, found) = (&row.check, &row.check.found);
    let (compared, compared_at) = match (&row.report, found.report, &row.task, found.task) {
        (Some(code), Some(id), ..) => (code.clone(), Some(format!("/reports/{id}"))),
        (_, _, Some(name), Some(id)) => (name.clone(), Some(format!("/tasks/{id}"))),
        _ => (String::new(), None),
    };
    CheckLine {
        href: format!("/projects/{}/checks/{}", check.project, row.id),
        project: check.project,
        project_name: row.project_name.clone(),
        firm: row.firm.clone(),
        day: date(reader.language, found.day),
        outcome: outcome(reader, found.outcome),
        findings: found.findings.clone(),
        compared,
        compared_at,
        unit: check.unit.clone(),
        at: reader.when(check.at),
    }
}

/// A page that somebody of the fire service has read.
pub struct ReadingLine {
    /// When.
    pub at: When,
    /// By which unit; for the fire service also by whom.
    pub who: String,
    /// The firm, for the fire service.
    pub firm: String,
    /// What.
    pub what: String,
    /// The address.
    pub path: String,
}

/// The form of a check on site, behind the address of its project. A firm has no such page; its project is what was read.
const NEW_CHECK: &str = "/checks/new";

/// A reading in words.
#[must_use]
pub fn reading(reader: Reader<'_>, row: &ReadingRow) -> ReadingLine {
    let officer = row.officer.as_ref().map(|name| format!(" \u{b7} {name}")).unwrap_or_default();
    ReadingLine {
        at: reader.when(row.at),
        who: format!("{}{officer}", row.unit),
        firm: row.firm.clone().unwrap_or_default(),
        what: reader.t(noun(&row.path)),
        path: row.path.strip_suffix(NEW_CHECK).unwrap_or(&row.path).to_owned(),
    }
}

/// What is read at an address.
fn noun(path: &str) -> T {
    let mut parts = path.split('/').skip(1);
    match (parts.next().unwrap_or_default(), parts.nth(1)) {
        ("tasks", Some("photos")) => T::ReadingPhoto,
        ("tasks", _) => T::ReadingTask,
        ("reports", _) => T::ReadingReport,
        ("projects", Some("pauses")) | ("pauses", _) => T::PauseTitle,
        ("projects", Some("petitions")) | ("petitions", _) => T::PetitionTitle,
        ("projects", Some("checks")) | ("checks", _) => T::CheckTitle,
        ("projects", _) => T::ReadingProject,
        ("plans", _) => T::ReadingPlan,
        ("faults", _) => T::ReadingFault,
        ("dispatches", _) => T::ReadingDispatch,
        ("personnel" | "personnel-changes", _) => T::ReadingPeople,
        ("samples", _) => T::OversightSample,
        ("oversight", _) => T::OversightTitle,
        _ => T::ReadingOther,
    }
}
