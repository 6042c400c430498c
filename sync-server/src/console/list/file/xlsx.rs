//! Rows as a workbook. Each row goes to a file as it comes, so the workbook of a great list takes no more memory than that
//! of a small one. A text is never read as a formula, because the format keeps the two apart.

use super::super::cell::Value;
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::{
    fs::File,
    io::{Seek as _, SeekFrom},
    path::Path,
};

/// Rows of a sheet, its titles among them; what is more goes on another sheet. Spreadsheets read 1,048,576.
const SHEET_ROWS_MAX: u32 = 1_000_000;
/// The most characters of a cell that spreadsheets read.
const CELL_CHARS_MAX: usize = 32_767;
/// How wide a column is, in characters.
const WIDTH: u16 = 18;

/// Why no workbook came to be.
#[derive(Debug, thiserror::Error)]
pub(super) enum BookError {
    /// The format or its file.
    #[error(transparent)]
    Book(#[from] XlsxError),
    /// The folder takes no file.
    #[error(transparent)]
    Folder(#[from] std::io::Error),
}

/// A workbook that grows.
pub(super) struct Book {
    book: Workbook,
    titles: Vec<String>,
    /// The next row of the last sheet.
    row: u32,
    sheets: usize,
    rows_max: u32,
    title: Format,
    day: Format,
    time: Format,
}

impl Book {
    /// A workbook with these titles, whose rows wait in files of `folder`.
    pub(super) fn new(folder: &Path, titles: Vec<String>) -> Result<Self, BookError> {
        Self::with(folder, titles, SHEET_ROWS_MAX)
    }

    fn with(folder: &Path, titles: Vec<String>, rows_max: u32) -> Result<Self, BookError> {
        let mut book = Workbook::new();
        book.set_tempdir(folder)?;
        let mut made = Self {
            book,
            titles,
            row: 0,
            sheets: 0,
            rows_max,
            title: Format::new().set_bold(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        };
        made.begin()?;
        Ok(made)
    }

    /// Begins another sheet, with the titles.
    fn begin(&mut self) -> Result<(), BookError> {
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, title) in (0_u16..).zip(&self.titles) {
            sheet.set_column_width(column, WIDTH)?;
            sheet.write_string_with_format(0, column, title, &self.title)?;
        }
        (self.row, self.sheets) = (1, self.sheets + 1);
        Ok(())
    }

    /// Adds rows.
    pub(super) fn add(&mut self, rows: &[Vec<Value>]) -> Result<(), BookError> {
        for row in rows {
            if self.row >= self.rows_max {
                self.begin()?;
            }
            let sheet = self.book.worksheet_from_index(self.sheets - 1)?;
            for (column, value) in (0_u16..).zip(row) {
                write(sheet, (self.row, column), value, (&self.day, &self.time))?;
            }
            self.row += 1;
        }
        Ok(())
    }

    /// The workbook as a file of `folder` without a name, at its beginning.
    pub(super) fn file(mut self, folder: &Path) -> Result<File, BookError> {
        let mut file = tempfile::tempfile_in(folder)?;
        self.book.save_to_writer(&mut file)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    (day, time): (&Format, &Format),
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => return Ok(()),
        Value::Text(text) => {
            let cut: String = text.chars().take(CELL_CHARS_MAX).collect();
            sheet.write_string(row, column, cut)?
        }
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no other numbers; counts are far below 2^53")]
        Value::Count(count) => sheet.write_number(row, column, *count as f64)?,
        Value::Day(value) => sheet.write_datetime_with_format(row, column, excel(value)?, day)?,
        Value::Time(value) => sheet.write_datetime_with_format(row, column, excel_time(value)?, time)?,
    };
    Ok(())
}

fn excel(day: &NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(0), day.month() as u8, day.day() as u8)
}

fn excel_time(time: &NaiveDateTime) -> Result<ExcelDateTime, XlsxError> {
    excel(&time.date())?.and_hms(time.hour() as u16, time.minute() as u8, time.second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader as _, Xlsx};

    #[test]
    fn a_text_stays_a_text_a_number_a_number_and_what_is_too_long_goes_on_another_sheet() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Book::with(folder.path(), vec!["名称".into(), "数".into(), "日".into()], 3).unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        for name in ["=1+1", "@x", "630102199001011234"] {
            book.add(&[vec![Value::Text(name.into()), Value::Count(7), Value::Day(day)]]).unwrap();
        }
        let mut read: Xlsx<_> = Xlsx::new(book.file(folder.path()).unwrap()).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing stays in the folder");
        let sheets = read.worksheets();
        let rows: Vec<usize> = sheets.iter().map(|(_, range)| range.height()).collect();
        assert_eq!(rows, [3, 2], "titles and two rows, titles and one row");
        let (_, first) = &sheets[0];
        assert_eq!(first.get((1, 0)), Some(&Data::String("=1+1".into())));
        assert_eq!(first.get((1, 1)), Some(&Data::Float(7.0)));
        let Some(Data::DateTime(stored)) = first.get((1, 2)) else { panic!("{:?}", first.get((1, 2))) };
        assert_eq!(stored.to_ymd_hms_milli(), (2026, 3, 1, 0, 0, 0, 0));
        assert_eq!(sheets[1].1.get((1, 0)), Some(&Data::String("630102199001011234".into())));
        assert!(read.worksheet_formula("Sheet1").unwrap().is_empty(), "no formula");
    }
}
