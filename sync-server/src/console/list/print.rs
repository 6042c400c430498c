//! A list as a table on paper: its columns with their titles, and below each row what belongs to it.

use super::{Cell, Column, List};
use crate::query::page::Page;
use firebee_domain::report::{Named, TableRow};
use firebee_protocol::text::{Language, say};

impl<R> List<R> {
    /// The titles of the columns and the rows, in a language.
    pub(in crate::console) fn printed(&self, language: Language, found: &Page<R>) -> (Vec<String>, Vec<TableRow>) {
        let (beside, below) = self.parted(found);
        let title = |column: &&Column<R>| say(language, column.title);
        let text = |cell: Cell| cell.value().shown();
        let row = |row: &R| TableRow {
            cells: beside.iter().map(|column| text((column.cell)(row))).collect(),
            notes: below
                .iter()
                .map(|column| Named { name: title(column), value: text((column.cell)(row)) })
                .filter(|note| !note.value.is_empty())
                .collect(),
        };
        (beside.iter().map(title).collect(), found.rows.iter().map(row).collect())
    }
}
