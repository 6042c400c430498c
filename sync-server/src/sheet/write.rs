//! Rows as a small workbook: a template that somebody fills in, or what came back with a word about each row.

use super::Cell;
use chrono::Datelike as _;
use rust_xlsxwriter::{ExcelDateTime, Format, Note, Workbook, Worksheet, XlsxError};

/// How wide a column is, in characters.
const WIDTH: u16 = 22;
/// The most characters of a cell that spreadsheets read.
const CELL_CHARS_MAX: usize = 32_767;

/// Why no workbook came to be.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct WriteError(#[from] XlsxError);

/// A column of a workbook.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    /// Its title.
    pub title: String,
    /// What explains it; may be empty.
    pub hint: String,
    /// Whether a cell of it is needed.
    pub required: bool,
}

/// A sheet.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The number of the row with the titles, as spreadsheets show it.
    pub head: u32,
    /// Its columns.
    pub headings: Vec<Heading>,
    /// Its rows with their numbers, a cell for each column.
    pub rows: Vec<(u32, Vec<Option<Cell>>)>,
}

/// The sheets as a workbook. Every column is text, so that a spreadsheet keeps digits as they are typed.
///
/// # Errors
/// As [`WriteError`] says.
pub fn workbook(tables: &[Table]) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    for table in tables {
        write(book.add_worksheet(), table)?;
    }
    Ok(book.save_to_buffer()?)
}

fn write(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    let (title, needed) = (Format::new().set_bold(), Format::new().set_bold().set_font_color("#B3261E"));
    let head = table.head.saturating_sub(1);
    sheet.set_name(&table.name)?.set_freeze_panes(head + 1, 0)?;
    for (at, heading) in (0_u16..).zip(&table.headings) {
        sheet.set_column_width(at, WIDTH)?.set_column_format(at, &text)?;
        sheet.write_string_with_format(head, at, &heading.title, if heading.required { &needed } else { &title })?;
        if !heading.hint.is_empty() {
            sheet.insert_note(head, at, &Note::new(&heading.hint))?;
        }
    }
    for (number, cells) in &table.rows {
        for (at, cell) in (0_u16..).zip(cells) {
            if let Some(cell) = cell {
                put(sheet, (number.saturating_sub(1), at), cell, &text)?;
            }
        }
    }
    Ok(())
}

fn put(sheet: &mut Worksheet, (row, at): (u32, u16), cell: &Cell, text: &Format) -> Result<(), XlsxError> {
    let written = |held: &str| held.chars().take(CELL_CHARS_MAX).collect::<String>();
    match cell {
        Cell::Text(held) | Cell::Broken(held) => sheet.write_string_with_format(row, at, written(held), text)?,
        Cell::Number(held) => match held.parse::<f64>() {
            Ok(number) => sheet.write_number(row, at, number)?,
            Err(_) => sheet.write_string_with_format(row, at, written(held), text)?,
        },
        Cell::Day(day) => {
            let format = Format::new().set_num_format("yyyy-mm-dd");
            let year = u16::try_from(day.year()).unwrap_or_default();
            let moment = ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8)?;
            sheet.write_datetime_with_format(row, at, moment, &format)?
        }
    };
    Ok(())
}
