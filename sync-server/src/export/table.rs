//! The tables that programs read. Their columns stand in `docs/data.md`, which a test compares with them.

use super::{faults::FAULTS, projects::PROJECTS, reports::REPORTS, tasks::TASKS};
use chrono::NaiveDate;
use firebee_domain::{
    task::Stamp,
    time::{Bound, Timestamp},
};
use serde_json::Value;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Table {
    /// The projects.
    Projects,
    /// The tasks.
    Tasks,
    /// The faults.
    Faults,
    /// The reports.
    Reports,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// The id of something.
    Id,
    /// Text as people typed it.
    Text,
    /// A word of a closed set. It does not change with the language.
    Word,
    /// A whole number.
    Number,
    /// True or false.
    Flag,
    /// A day in UTC+8, such as `2026-11-16`.
    Day,
    /// An instant, such as `2026-11-16T02:00:00.000Z`.
    Instant,
}

/// One column of a table of rows `R`.
pub(super) struct Column<R> {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// What it says, in a sentence for the data dictionary.
    pub(super) says: &'static str,
    pub(super) cell: fn(&R) -> Value,
}

/// What the data dictionary says of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Described {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// What it says.
    pub says: &'static str,
}

impl<R> Column<R> {
    const fn described(&self) -> Described {
        Described { name: self.name, kind: self.kind, says: self.says }
    }
}

impl Table {
    /// Its columns, in their order. The first one is the id of the row, by which the table is ordered.
    pub fn columns(self) -> Vec<Described> {
        match self {
            Self::Projects => PROJECTS.iter().map(Column::described).collect(),
            Self::Tasks => TASKS.iter().map(Column::described).collect(),
            Self::Faults => FAULTS.iter().map(Column::described).collect(),
            Self::Reports => REPORTS.iter().map(Column::described).collect(),
        }
    }
}

/// The cells of a row.
pub(super) fn cells<R>(columns: &[Column<R>], row: &R) -> Vec<Value> {
    columns.iter().map(|column| (column.cell)(row)).collect()
}

/// A word of a closed set.
pub(super) fn word(word: impl Into<&'static str>) -> Value {
    Value::from(word.into())
}

/// A text or an id that may be missing.
pub(super) fn optional(value: Option<impl ToString>) -> Value {
    value.map_or(Value::Null, |value| Value::from(value.to_string()))
}

/// A day.
pub(super) fn day(day: NaiveDate) -> Value {
    Value::from(day.to_string())
}

/// An instant, with milliseconds in UTC; nothing beyond the calendar.
pub(super) fn instant(at: Timestamp) -> Value {
    let at = chrono::DateTime::from_timestamp_millis(at.0);
    at.map_or(Value::Null, |at| Value::from(at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)))
}

/// One end of the interval in which something lies, as it is known best.
pub(super) fn end(stamp: Option<&Stamp>, end: fn(Bound) -> Timestamp) -> Value {
    stamp.and_then(|stamp| stamp.best()).map_or(Value::Null, |bound| instant(end(bound)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDE: &str = include_str!("../../../docs/data.md");

    #[test]
    fn r_388_the_guide_has_each_column_of_each_table_and_no_other() {
        for table in Table::VARIANTS {
            let mut wanted =
                format!("### {}\n\n| Column | Values | What it says |\n|---|---|---|\n", <&str>::from(table));
            for Described { name, kind, says } in table.columns() {
                wanted += &format!("| `{name}` | {} | {says} |\n", <&str>::from(kind));
            }
            let heading = wanted.lines().next().unwrap();
            let shown = GUIDE.split(&format!("{heading}\n")).nth(1).unwrap_or_else(|| panic!("no {heading}"));
            let shown = format!("{heading}\n{}", shown.split("\n### ").next().unwrap());
            assert_eq!(shown.trim_end(), wanted.trim_end());
            assert_eq!(table.columns().first().map(|column| column.name), Some("id"));
        }
    }
}
