//! The first sheet of a workbook. What the archive unpacks to is counted before anything is kept of it.

use super::{CELLS_MAX, COLUMNS_MAX, Cell, Line, PARTS_MAX, SheetError, UNPACKED_BYTES_MAX};
use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx};
use chrono::NaiveDate;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Cursor, Read as _},
};
use zip::ZipArchive;

type Rows = BTreeMap<u32, BTreeMap<u32, Cell>>;

/// The rows. Cells that are merged hold the same.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Line>, SheetError> {
    measure(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| SheetError::Unreadable)?;
    let name = book.sheet_names().first().cloned().ok_or(SheetError::Unreadable)?;
    let mut rows = Rows::new();
    let mut count = 0;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| SheetError::Unreadable)?;
    while let Some(cell) = cells.next_cell().map_err(|_| SheetError::Unreadable)? {
        let (row, column) = cell.get_position();
        let Some(held) = held(cell.get_value()).filter(|_| column < COLUMNS_MAX) else { continue };
        count += 1;
        if count > CELLS_MAX {
            return Err(SheetError::TooLarge);
        }
        rows.entry(row).or_default().insert(column, held);
    }
    drop(cells);
    let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
    for region in merged {
        spread(&mut rows, &mut count, region.start, region.end)?;
    }
    Ok(rows.into_iter().map(|(row, cells)| Line { number: row + 1, cells: cells.into_iter().collect() }).collect())
}

/// Unpacks everything into nothing, and counts. What a part says of its size is not believed.
fn measure(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::Unreadable)?;
    if archive.len() > PARTS_MAX {
        return Err(SheetError::TooLarge);
    }
    let mut room = UNPACKED_BYTES_MAX;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| SheetError::Unreadable)?;
        let length = io::copy(&mut part.take(room + 1), &mut io::sink()).map_err(|_| SheetError::Unreadable)?;
        room = room.checked_sub(length).ok_or(SheetError::TooLarge)?;
    }
    Ok(())
}

/// Puts the value of a merged region into its cells of rows that hold something.
fn spread(rows: &mut Rows, count: &mut usize, start: (u32, u32), end: (u32, u32)) -> Result<(), SheetError> {
    let Some(value) = rows.get(&start.0).and_then(|row| row.get(&start.1)).cloned() else { return Ok(()) };
    let there: BTreeSet<u32> = rows.range(start.0..=end.0.max(start.0)).map(|(row, _)| *row).collect();
    for row in there {
        let Some(cells) = rows.get_mut(&row) else { continue };
        for column in start.1..=end.1.min(COLUMNS_MAX - 1).max(start.1) {
            *count += 1;
            if *count > CELLS_MAX {
                return Err(SheetError::TooLarge);
            }
            cells.entry(column).or_insert_with(|| value.clone());
        }
    }
    Ok(())
}

fn held(value: &DataRef<'_>) -> Option<Cell> {
    match value {
        DataRef::Empty => None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Int(number) => Some(Cell::Number(number.to_string())),
        DataRef::Float(number) => Some(Cell::Number(written(*number))),
        DataRef::Bool(held) => Some(Cell::Text(held.to_string())),
        DataRef::DateTime(time) => Some(day(time).map_or_else(|| Cell::Number(written(time.as_f64())), Cell::Day)),
        DataRef::Error(error) => Some(Cell::Broken(error.to_string())),
    }
}

/// A number as its digits. A spreadsheet keeps fifteen of them.
fn written(number: f64) -> String {
    let text = format!("{number}");
    if text.contains('.') { format!("{}", (number * 1e9).round() / 1e9) } else { text }
}

fn day(time: &ExcelDateTime) -> Option<NaiveDate> {
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    time.is_datetime().then(|| NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{ExcelDateTime as Moment, Format, Workbook};
    use std::io::Write as _;
    use zip::{ZipWriter, write::SimpleFileOptions};

    #[test]
    fn a_cell_is_a_text_a_number_or_a_day_and_merged_cells_hold_the_same() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let (plain, day) = (Format::new(), Format::new().set_num_format("yyyy-mm-dd"));
        sheet.merge_range(0, 0, 0, 2, "业主名单", &plain).unwrap();
        sheet.write_string(2, 0, " 名称 ").unwrap();
        sheet.write_number(2, 1, 13_900_000_021.0).unwrap();
        sheet.write_number(2, 2, 0.1 + 0.2).unwrap();
        sheet.merge_range(3, 0, 4, 0, "青海湖宾馆", &plain).unwrap();
        sheet.write_datetime_with_format(3, 1, Moment::from_ymd(2026, 3, 1).unwrap(), &day).unwrap();
        sheet.write_string(4, 1, "第二行").unwrap();
        let lines = read(&book.save_to_buffer().unwrap()).unwrap();
        let text = |text: &str| Cell::Text(text.into());
        let number = |text: &str| Cell::Number(text.into());
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 3, 4, 5], "blank rows are left out");
        assert_eq!(lines[0].cells, [0, 1, 2].map(|at| (at, text("业主名单"))));
        assert_eq!(lines[1].cells, [(0, text(" 名称 ")), (1, number("13900000021")), (2, number("0.3"))]);
        assert_eq!(
            lines[2].cells,
            [(0, text("青海湖宾馆")), (1, Cell::Day(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()))]
        );
        assert_eq!(lines[3].cells, [(0, text("青海湖宾馆")), (1, text("第二行"))]);
    }

    #[test]
    fn an_archive_that_unpacks_to_very_much_is_refused_whatever_it_says_of_itself() {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..=UNPACKED_BYTES_MAX >> 20 {
            archive.write_all(&zeros).unwrap();
        }
        let mut bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 20, "a small file: {}", bytes.len());
        assert_eq!(read(&bytes), Err(SheetError::TooLarge));
        // The list at the end says that it unpacks to one byte.
        let at = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
        bytes[at + 24..at + 28].copy_from_slice(&1_u32.to_le_bytes());
        assert!(read(&bytes).is_err());
        assert_eq!(read(b"PK\x03\x04 and no archive"), Err(SheetError::Unreadable));
    }
}
