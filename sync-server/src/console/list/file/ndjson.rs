//! Rows as NDJSON: an object a line, with the keys of the columns' titles, for programs.

use super::super::cell::{DAY, Value};
use chrono::NaiveDateTime;
use std::fmt::Write as _;

/// The lines of some rows; `keys` are those of the columns.
pub(super) fn rows(keys: &[String], rows: &[Vec<Value>]) -> String {
    let mut text = String::new();
    for row in rows {
        let pairs = keys.iter().zip(row).map(|(key, value)| format!("{}:{}", quoted(key), written(value)));
        let pairs: Vec<String> = pairs.collect();
        // A string takes everything that is written to it.
        let _ = writeln!(text, "{{{}}}", pairs.join(","));
    }
    text
}

fn written(value: &Value) -> String {
    match value {
        Value::Empty => "null".to_owned(),
        Value::Text(text) => quoted(text),
        Value::Count(count) => count.to_string(),
        Value::Day(day) => quoted(&day.format(DAY).to_string()),
        Value::Time(time) => quoted(&instant(time)),
    }
}

/// An instant with its offset (RFC 3339).
fn instant(time: &NaiveDateTime) -> String {
    time.format("%Y-%m-%dT%H:%M:%S+08:00").to_string()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn a_row_is_an_object_with_numbers_as_numbers_and_times_with_their_offset() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let row = vec![
            Value::Text("主\"楼\n".into()),
            Value::Count(3),
            Value::Empty,
            Value::Day(day),
            Value::Time(day.and_hms_opt(9, 5, 0).unwrap()),
        ];
        let keys = ["a", "b", "c", "d", "e"].map(str::to_owned);
        assert_eq!(
            rows(&keys, &[row]),
            "{\"a\":\"主\\\"楼\\n\",\"b\":3,\"c\":null,\"d\":\"2026-03-01\",\"e\":\"2026-03-01T09:05:00+08:00\"}\n"
        );
    }
}
