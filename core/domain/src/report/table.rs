//! A table that is printed beside the reports: the hazard summary and the repair records of a project. It says
//! what stands at the day on which it is printed, so it is made anew each time and kept nowhere.

use super::Named;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The edition of this shape.
pub const TABLE_EDITION: u16 = 1;

/// A table. Every text is in words that can be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// [`TABLE_EDITION`] when it was made.
    pub edition: u16,
    /// What it is called.
    pub title: String,
    /// The firm.
    pub organisation: String,
    /// The day on which it is printed.
    pub printed_on: NaiveDate,
    /// What it is about: project, owner, period.
    pub about: Vec<Named>,
    /// What its columns are called.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// A text for each column.
    pub cells: Vec<String>,
    /// What stands below the row, over its whole width. A value may have several lines.
    pub notes: Vec<Named>,
}
