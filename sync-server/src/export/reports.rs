//! The table of reports.

use super::table::{Column, Kind, day, instant, optional, word};
use crate::query::report::ReportRow;
use serde_json::Value;

pub(super) static REPORTS: &[Column<ReportRow>] = &[
    Column { name: "id", kind: Kind::Id, says: "The report.", cell: |r| r.report.id.to_string().into() },
    Column {
        name: "code",
        kind: Kind::Text,
        says: "Its code. None is used twice in a firm.",
        cell: |r| r.report.code.as_str().into(),
    },
    Column { name: "name", kind: Kind::Text, says: "What it is called.", cell: |r| r.report.name.as_str().into() },
    Column { name: "kind", kind: Kind::Word, says: "What it is, such as `monthly`.", cell: |r| word(r.report.kind) },
    Column {
        name: "form",
        kind: Kind::Word,
        says: "How it came into being: `generated`, `uploaded`.",
        cell: |r| word(r.report.form()),
    },
    Column { name: "project_id", kind: Kind::Id, says: "Its project.", cell: |r| r.report.project.to_string().into() },
    Column { name: "project", kind: Kind::Text, says: "The project's name.", cell: |r| r.project_name.as_str().into() },
    Column { name: "owner", kind: Kind::Text, says: "The owner's name.", cell: |r| r.owner_name.as_str().into() },
    Column { name: "date", kind: Kind::Day, says: "The day of the report.", cell: |r| day(r.report.report_date) },
    Column { name: "file_by", kind: Kind::Day, says: "The last day to file it.", cell: |r| day(r.report.deadline.day) },
    Column {
        name: "file_by_provisional",
        kind: Kind::Flag,
        says: "Whether a calendar that is not published yet can move that day.",
        cell: |r| Value::Bool(r.report.deadline.provisional),
    },
    Column {
        name: "filed_at",
        kind: Kind::Instant,
        says: "When it was filed; null before.",
        cell: |r| r.report.filing.as_ref().map_or(Value::Null, |filing| instant(filing.at)),
    },
    Column {
        name: "filed_late",
        kind: Kind::Flag,
        says: "Whether it was filed after its last day; null before.",
        cell: |r| r.report.filing.as_ref().map_or(Value::Null, |filing| Value::Bool(filing.late)),
    },
    Column {
        name: "void",
        kind: Kind::Flag,
        says: "Whether it was filed and counts no more.",
        cell: |r| Value::Bool(r.report.void.is_some()),
    },
    Column {
        name: "training",
        kind: Kind::Flag,
        says: "Whether it is of a training project and never valid.",
        cell: |r| Value::Bool(r.report.training),
    },
    Column {
        name: "pdf",
        kind: Kind::Id,
        says: "`sha256-` and the hash of its PDF; null until that was made.",
        cell: |r| optional(r.pdf),
    },
];
