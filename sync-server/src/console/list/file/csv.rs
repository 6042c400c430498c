//! Rows as CSV (RFC 4180) in UTF-8: for people as spreadsheets open it, for machines as it is.

use super::super::cell::{DAY, TIME, Value};

/// Without this mark spreadsheets guess another encoding.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Whom a file is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// A spreadsheet in front of a person.
    Person,
    /// A program.
    Machine,
}

/// The line of the titles.
pub(super) fn titles<'t>(reader: Reader, titles: impl Iterator<Item = &'t str>) -> String {
    let mut text = String::new();
    if reader == Reader::Person {
        text.push(BYTE_ORDER_MARK);
    }
    line(&mut text, titles.map(|title| field(reader, title)));
    text
}

/// The lines of some rows.
pub(super) fn rows(reader: Reader, rows: &[Vec<Value>]) -> String {
    let mut text = String::new();
    for row in rows {
        line(&mut text, row.iter().map(|value| written(reader, value)));
    }
    text
}

fn line(text: &mut String, fields: impl Iterator<Item = String>) {
    let fields: Vec<String> = fields.collect();
    text.push_str(&fields.join(","));
    text.push_str("\r\n");
}

fn written(reader: Reader, value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => field(reader, text),
        Value::Count(count) => count.to_string(),
        Value::Day(day) => day.format(DAY).to_string(),
        Value::Time(time) => time.format(TIME).to_string(),
    }
}

/// One field of text. Spreadsheets run a field that begins like a formula; an apostrophe in front makes it text.
fn field(reader: Reader, text: &str) -> String {
    let runs = reader == Reader::Person && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let safe = if runs { format!("'{text}") } else { text.to_owned() };
    if safe.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_never_a_formula_and_never_two() {
        for (text, expected) in [
            ("主楼", "主楼"),
            ("=1+1", "'=1+1"),
            ("+86", "'+86"),
            ("-1", "'-1"),
            ("@a", "'@a"),
            ("\t=1", "'\t=1"),
            ("a,b", "\"a,b\""),
            ("=a\"b", "\"'=a\"\"b\""),
        ] {
            assert_eq!(field(Reader::Person, text), expected);
        }
        assert_eq!(field(Reader::Machine, "=1+1"), "=1+1", "a program runs no formula");
    }

    #[test]
    fn a_number_stays_a_number_and_nothing_is_nothing() {
        let row = vec![Value::Count(12), Value::Empty, Value::Text("-5".into())];
        assert_eq!(rows(Reader::Person, &[row]), "12,,'-5\r\n");
    }
}
