//! The tables as text: NDJSON, which says at its end that it is whole, or CSV.

use super::table::Table;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// How a table is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Format {
    /// An object a line. The last line tells how many there were, and the SHA-256 of all bytes before it.
    #[default]
    Ndjson,
    /// RFC 4180 in UTF-8, without a byte order mark.
    Csv,
}

/// Writes one table and counts it.
pub(super) struct Writer {
    format: Format,
    names: Vec<&'static str>,
    rows: u64,
    hash: Sha256,
}

impl Writer {
    pub(super) fn new(table: Table, format: Format) -> Self {
        let names = table.columns().iter().map(|column| column.name).collect();
        Self { format, names, rows: 0, hash: Sha256::new() }
    }

    /// What stands before the rows.
    pub(super) fn head(&self) -> String {
        match self.format {
            Format::Ndjson => String::new(),
            Format::Csv => format!("{}\r\n", self.names.join(",")),
        }
    }

    /// Some rows.
    pub(super) fn rows(&mut self, rows: &[Vec<Value>]) -> String {
        let mut text = String::new();
        self.rows += rows.len() as u64;
        for row in rows {
            // A string takes everything that is written to it.
            let _ = match self.format {
                Format::Ndjson => {
                    let pairs = self.names.iter().zip(row).map(|(name, value)| format!("\"{name}\":{value}"));
                    writeln!(text, "{{{}}}", pairs.collect::<Vec<_>>().join(","))
                }
                Format::Csv => write!(text, "{}", line(row)),
            };
        }
        self.hash.update(text.as_bytes());
        text
    }

    /// What stands behind the rows.
    pub(super) fn end(self) -> String {
        match self.format {
            Format::Ndjson => {
                let hash: String = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
                format!("{}\n", json!({ "end": { "rows": self.rows, "sha256": hash } }))
            }
            Format::Csv => String::new(),
        }
    }
}

/// A row of CSV.
pub(super) fn line(row: &[Value]) -> String {
    let fields: Vec<String> = row.iter().map(field).collect();
    format!("{}\r\n", fields.join(","))
}

fn field(value: &Value) -> String {
    let text = match value {
        Value::Null => return String::new(),
        Value::String(text) => text,
        other => return other.to_string(),
    };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_388_a_field_is_never_two_and_a_cut_stream_lacks_its_end() {
        assert_eq!(field(&Value::from("a,\"b\"\n")), "\"a,\"\"b\"\"\n\"");
        assert_eq!([Value::Null, 7.into(), true.into()].map(|value| field(&value)), ["", "7", "true"]);
        let mut writer = Writer::new(Table::Faults, Format::Ndjson);
        let text = writer.rows(&[vec![Value::from("1"), Value::from("泵")]]);
        assert_eq!(text, "{\"id\":\"1\",\"name\":\"泵\"}\n");
        let end: Value = serde_json::from_str(&writer.end()).unwrap();
        assert_eq!((&end["end"]["rows"], end["end"]["sha256"].as_str().map(str::len)), (&Value::from(1), Some(64)));
    }
}
