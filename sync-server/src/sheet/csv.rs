//! CSV as spreadsheets of China write it: UTF-8 or GB18030, with commas or tabs.

use super::{CELLS_MAX, COLUMNS_MAX, Cell, Line, SheetError};
use csv::ReaderBuilder;
use encoding_rs::{GB18030, UTF_8, UTF_16LE};

/// The rows.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Line>, SheetError> {
    let text = decoded(bytes)?;
    if text.contains('\0') {
        return Err(SheetError::Unreadable);
    }
    let first = text.lines().next().unwrap_or_default();
    let apart = if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(apart).from_reader(text.as_bytes());
    let (mut lines, mut cells) = (Vec::new(), 0);
    let (mut counted, mut number) = (0, 1);
    for record in reader.records() {
        let record = record.map_err(|_| SheetError::Unreadable)?;
        // The reader stands before the breaks that end the last row, and before rows without anything.
        let behind = record.position().map_or(counted, |at| usize::try_from(at.byte()).unwrap_or(counted));
        let breaks = text.bytes().skip(behind).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let begins = behind + breaks;
        let passed = text.bytes().take(begins).skip(counted).filter(|byte| *byte == b'\n').count();
        number += u32::try_from(passed).unwrap_or(u32::MAX);
        counted = begins;
        let held = (0..COLUMNS_MAX).zip(&record);
        let held: Vec<(u32, Cell)> = held.filter_map(|(at, text)| Some((at, Cell::text(unmarked(text))?))).collect();
        cells += held.len();
        if cells > CELLS_MAX {
            return Err(SheetError::TooLarge);
        }
        if !held.is_empty() {
            lines.push(Line { number, cells: held });
        }
    }
    Ok(lines)
}

/// The text. A mark at the beginning decides; then strict UTF-8; then GB18030, if every byte of it is sound.
fn decoded(bytes: &[u8]) -> Result<String, SheetError> {
    for encoding in [UTF_16LE, UTF_8] {
        let mark: &[u8] = if encoding == UTF_8 { b"\xef\xbb\xbf" } else { b"\xff\xfe" };
        if let Some(rest) = bytes.strip_prefix(mark) {
            let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
            return text.map(Into::into).ok_or(SheetError::Unreadable);
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into).ok_or(SheetError::Unreadable)
}

/// A field without the apostrophe that an export puts before what a spreadsheet would run.
fn unmarked(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
        let lines = read(bytes).unwrap();
        lines.iter().map(|line| line.cells.iter().map(|(_, cell)| cell.shown()).collect()).collect()
    }

    #[test]
    fn a_text_is_read_in_either_encoding_with_either_mark_between_fields() {
        let text = "名称,城市\r\n青海湖宾馆,\"西宁,市\"\r\n\r\n'=1+1,a\r\n";
        let wanted = [vec!["名称", "城市"], vec!["青海湖宾馆", "西宁,市"], vec!["=1+1", "a"]];
        let gb = GB18030.encode(text).0;
        let marked = format!("\u{feff}{text}");
        for bytes in [text.as_bytes(), &gb, marked.as_bytes()] {
            assert_eq!(texts(bytes), wanted);
        }
        assert_eq!(texts("a\tb\n1\t2\n".as_bytes()), [["a", "b"], ["1", "2"]]);
        let numbers: Vec<u32> = read(text.as_bytes()).unwrap().iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 2, 4], "the numbers that a spreadsheet shows");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"\xff\xd8\xff\xe0\x00\x10JFIF"[..], b"%PDF-1.7\xff\xff", b"a\0b"] {
            assert_eq!(read(bytes), Err(SheetError::Unreadable));
        }
    }
}
