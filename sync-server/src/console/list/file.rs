//! Rows as a file that spreadsheets open: CSV (RFC 4180) in UTF-8.

use crate::console::refused::Refusal;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

/// Without this mark spreadsheets guess another encoding.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The answer with the file.
pub(super) fn answer(
    name: &str,
    titles: Vec<String>,
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Response, Refusal> {
    let mut text = String::from(BYTE_ORDER_MARK);
    for row in std::iter::once(titles).chain(rows) {
        let fields: Vec<String> = row.iter().map(|text| field(text)).collect();
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    let disposition = format!("attachment; filename=\"{name}.csv\"");
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::try_from(disposition).map_err(|_| Refusal::Page)?);
    Ok(response)
}

/// One field of the file. Spreadsheets run a field that begins like a formula; an apostrophe in front makes it text.
fn field(text: &str) -> String {
    let safe = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
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
            ("a,b", "\"a,b\""),
            ("=a\"b", "\"'=a\"\"b\""),
        ] {
            assert_eq!(field(text), expected);
        }
    }
}
