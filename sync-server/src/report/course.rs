//! How a quarter or a year went: its months with their reports, and for a year the open faults by age, what owners refuse
//! and what the design prescribes.

use super::{
    Worked,
    faults::{days, open},
};
use crate::{
    office::report::Ground,
    org::Org,
    query::{self, report::FoundRow},
    store::{StoreError, Tx},
    text::Text as T,
    view::{Reader, facility::design_lines},
};
use chrono::NaiveDate;
use firebee_domain::{
    catalogue::{Catalogue, Nature},
    fault::FaultState,
    plan::period_last_month,
    project::due_months,
    report::{AgeLine, Course, DesignLine, MonthLine, Report},
    suspension::{PauseRequest, PauseState},
    time::Month,
};
use firebee_protocol::text::{
    Arg,
    when::{date, month},
};
use std::sync::Arc;

/// The ages of open faults: up to so many days, and beyond the last.
const AGES_DAYS: [u32; 3] = [30, 90, 180];

/// What is read for the course of a period.
pub(super) struct Around {
    /// The reports of the project's monthly plans, each with the first month of its plan.
    reports: Vec<(Month, Report)>,
    pauses: Vec<PauseRequest>,
    /// Every fault of the project that is one.
    found: Vec<FoundRow>,
    catalogue: Arc<Catalogue>,
}

/// Reads it; nothing for the plan of a month.
pub(super) async fn read(tx: &mut Tx, org: Org, ground: &Ground) -> Result<Option<Around>, StoreError> {
    let project = ground.site.project.id;
    if ground.plan.plan.nature == Nature::Month || ground.site.project.practice().one_plan_only {
        return Ok(None);
    }
    Ok(Some(Around {
        reports: query::report::of_months(tx, org, project).await?,
        pauses: query::plan::pauses(tx, org, project).await?,
        found: query::report::found(tx, org, project).await?,
        catalogue: query::catalogue::pack(tx, ground.plan.plan.catalogue).await?,
    }))
}

/// The course of the period, as it stands on the day of the report.
pub(super) fn course(
    reader: Reader<'_>,
    ground: &Ground,
    around: Option<&Around>,
    (tasks, earlier): (&[Worked], &[(Worked, String)]),
    on: NaiveDate,
) -> Option<Course> {
    let around = around?;
    let is_year = ground.plan.plan.nature == Nature::Year;
    let all = || tasks.iter().map(|worked| (worked, "")).chain(earlier.iter().map(|(worked, name)| (worked, &**name)));
    let refuses = |(worked, name): (&Worked, &str)| {
        open(reader, worked, name, on, |fault| fault.state == FaultState::OwnerRefused)
    };
    Some(Course {
        months: months(reader, ground, around),
        age_words: if is_year { age_words(reader) } else { Vec::new() },
        ages: if is_year { ages(all().map(|(worked, _)| worked), on) } else { Vec::new() },
        refused: if is_year { all().flat_map(refuses).collect() } else { Vec::new() },
        designs: if is_year { designs(reader, ground, around, tasks) } else { Vec::new() },
    })
}

/// The months of the plan's period.
fn months(reader: Reader<'_>, ground: &Ground, around: &Around) -> Vec<MonthLine> {
    let plan = &ground.plan.plan;
    let last = period_last_month(plan.nature, plan.period);
    let due = due_months(&ground.site.project, &around.pauses);
    let all = std::iter::successors(Some(plan.period), |month| Some(month.next())).take_while(|month| *month <= last);
    all.map(|held| line(reader, around, &due, held)).collect()
}

fn line(reader: Reader<'_>, around: &Around, due: &[Month], held: Month) -> MonthLine {
    let report = around.reports.iter().find(|(of, _)| *of == held).map(|(_, report)| report);
    let pause = around.pauses.iter().find(|pause| pause.month == held && pause.state == PauseState::Approved);
    let due = match pause {
        Some(pause) => reader.say(T::ReportMonthPaused, &[("reason", Arg::from(pause.reason.clone()))]),
        None if due.contains(&held) => reader.t(T::ReportMonthDue),
        None => reader.t(T::ReportMonthNone),
    };
    let filed = report.and_then(|report| report.filing.as_ref()).map(|filing| {
        let day = date(reader.language, filing.at.china_day());
        if filing.late { reader.say(T::ReportMonthFiledLate, &[("day", Arg::from(day))]) } else { day }
    });
    let found = |open: bool| {
        let in_month = around.found.iter().filter(|row| Month::of(row.found.latest().china_day()) == Some(held));
        let count = in_month.filter(|row| !open || !row.state.is_closed()).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    MonthLine {
        month: month(reader.language, held),
        due,
        code: report.map(|report| report.code.clone()).unwrap_or_default(),
        date: report.map(|report| date(reader.language, report.report_date)).unwrap_or_default(),
        filed: filed.unwrap_or_default(),
        found: found(false),
        open: found(true),
    }
}

fn age_words(reader: Reader<'_>) -> Vec<String> {
    let up_to = |days: u32| reader.say(T::ReportAgeUpTo, &[("days", Arg::from(days))]);
    let beyond = AGES_DAYS.last().map(|days| reader.say(T::ReportAgeBeyond, &[("days", Arg::from(*days))]));
    AGES_DAYS.iter().map(|days| up_to(*days)).chain(beyond).collect()
}

/// The open faults by system and age.
fn ages<'w>(tasks: impl Iterator<Item = &'w Worked>, on: NaiveDate) -> Vec<AgeLine> {
    let mut lines: Vec<AgeLine> = Vec::new();
    for worked in tasks {
        for fault in worked.whole.faults.iter().filter(|fault| !fault.state.is_closed()) {
            let item = worked.whole.document.task.item(fault.key.item);
            let found = item.and_then(|held| worked.whole.catalogue.item(&held.item_id));
            let system = found.map(|found| found.system.name.clone()).unwrap_or_default();
            let age = days(worked, fault, on);
            let at = AGES_DAYS.iter().position(|most| age <= *most).unwrap_or(AGES_DAYS.len());
            let line = match lines.iter_mut().find(|line| line.system == system) {
                Some(line) => line,
                None => {
                    lines.push(AgeLine { system, counts: vec![0; AGES_DAYS.len() + 1] });
                    let Some(line) = lines.last_mut() else { continue };
                    line
                }
            };
            if let Some(count) = line.counts.get_mut(at) {
                *count += 1;
            }
        }
    }
    lines
}

/// What the design prescribes, with what was measured of it.
fn designs(reader: Reader<'_>, ground: &Ground, around: &Around, tasks: &[Worked]) -> Vec<DesignLine> {
    let lines = design_lines(reader, &ground.site.project, &around.catalogue);
    let measured = |item_id: &str, field: &str| {
        let mut found: Vec<String> = Vec::new();
        for worked in tasks {
            let task = &worked.whole.document.task;
            for result in task.current_results() {
                let of = task.item(result.recorded.key().item).is_some_and(|held| held.item_id == item_id);
                let value = result.recorded.values.iter().find(|value| value.key == field);
                found.extend(value.filter(|_| of).map(|value| value.value.clone()));
            }
        }
        found
    };
    lines
        .into_iter()
        .map(|(item_id, field, line)| DesignLine {
            measured: measured(&item_id, &field),
            what: line.what,
            designed: line.value,
            source: line.source,
        })
        .collect()
}
