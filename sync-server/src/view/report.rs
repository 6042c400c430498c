//! A report in a list, and where it stands.

use super::{Day, Reader};
use crate::{query::report::ReportRow, text::Text as T};
use firebee_domain::{
    id::{ProjectId, ReportId},
    report::{Conclusion, Form, Report, ReportKind},
};
use firebee_protocol::text::{
    Arg, Chip, Shape, Tone, When,
    when::{date, left},
};

/// A report in a list.
pub struct ReportLine {
    /// The report.
    pub id: ReportId,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// What it is.
    pub kind: String,
    /// How it came into being.
    pub form: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The owner's name.
    pub owner: String,
    /// The day of the report.
    pub date: Day,
    /// The last day to file it.
    pub deadline: String,
    /// Where it stands.
    pub state: Chip,
    /// When it was filed.
    pub filed: Option<When>,
}

/// A row in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &ReportRow) -> ReportLine {
    let report = &row.report;
    ReportLine {
        id: report.id,
        name: report.name.clone(),
        code: report.code.clone(),
        kind: reader.t(kind(report.kind)),
        form: reader.t(form(report.form())),
        project: report.project,
        project_name: row.project_name.clone(),
        owner: row.owner_name.clone(),
        date: reader.day(report.report_date),
        deadline: deadline(reader, report),
        state: state(reader, report),
        filed: report.filing.as_ref().map(|filing| reader.when(filing.at)),
    }
}

/// The kind of a report.
const fn kind(kind: ReportKind) -> T {
    match kind {
        ReportKind::Month => T::ReportKindMonth,
        ReportKind::Quarter => T::ReportKindQuarter,
        ReportKind::Year => T::ReportKindYear,
        ReportKind::Inspection => T::ReportKindInspection,
        ReportKind::Evaluation => T::ReportKindEvaluation,
    }
}

/// How a report came into being.
pub(crate) const fn form(form: Form) -> T {
    match form {
        Form::Generated => T::ReportFormGenerated,
        Form::Uploaded => T::ReportFormUploaded,
    }
}

/// What an inspection concludes.
pub(crate) const fn conclusion(conclusion: Conclusion) -> T {
    match conclusion {
        Conclusion::Qualified => T::ReportQualified,
        Conclusion::Unqualified => T::ReportUnqualified,
    }
}

/// The last day to file a report; one that a calendar may still move says so.
#[must_use]
pub fn deadline(reader: Reader<'_>, report: &Report) -> String {
    let day = date(reader.language, report.deadline.day);
    if report.deadline.provisional { reader.say(T::ReportDeadlineProvisional, &[("day", Arg::from(day))]) } else { day }
}

/// Void, filed, filed late, late, or how many days are left.
#[must_use]
pub fn state(reader: Reader<'_>, report: &Report) -> Chip {
    let chip = |tone, shape, word| Chip { tone, shape, word };
    if report.void.is_some() {
        return chip(Tone::Untestable, Shape::Cross, reader.t(T::ReportVoid));
    }
    match &report.filing {
        Some(filing) if filing.late => chip(Tone::Late, Shape::Check, reader.t(T::ReportFiledLate)),
        Some(_) => chip(Tone::Conform, Shape::Check, reader.t(T::ReportFiled)),
        None if report.deadline.is_past(reader.now) => chip(Tone::Late, Shape::Warn, reader.t(T::ReportFilingLate)),
        None => {
            let left = left(reader.language, reader.now.china_day(), report.deadline.day);
            chip(Tone::Waiting, Shape::Clock, reader.say(T::ReportFilingWaits, &[("left", Arg::from(left.text))]))
        }
    }
}
