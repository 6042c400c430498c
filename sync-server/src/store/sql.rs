//! SQL written once: `?1` in the source, `$1` for PostgreSQL, made at compile time.

use std::sync::OnceLock;
use tokio_postgres::types::Type;

/// One statement for both engines; made by [`sql!`](crate::sql).
///
/// PostgreSQL infers the type of a parameter. Where it cannot (`?1 IS NULL OR …`), write `CAST(?1 AS BIGINT)`, which
/// both engines understand.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    pub(super) lite: &'static str,
    pub(super) pg: &'static str,
}

impl Sql {
    /// Pairs the two texts; use [`sql!`](crate::sql), which cannot make them differ.
    #[doc(hidden)]
    pub const fn new(lite: &'static str, pg: &'static str) -> Self {
        Self { lite, pg }
    }
}

/// One statement with placeholders `?1`, `?2` …, checked and turned at compile time.
///
/// A bare `?` and a `$` do not compile, because they do not mean the same on both engines.
#[macro_export]
macro_rules! sql {
    ($text:expr) => {{
        const LITE: &str = $text;
        const DOLLARS: [u8; LITE.len()] = $crate::store::to_dollars(LITE);
        const { $crate::store::Sql::new(LITE, $crate::store::dollar_text(&DOLLARS)) }
    }};
}

/// Turns `?1` into `$1`. Both marks are one byte, so the length stays.
#[doc(hidden)]
#[expect(clippy::indexing_slicing, reason = "runs at compile time: out of bounds is a compile error")]
pub const fn to_dollars<const N: usize>(text: &str) -> [u8; N] {
    let (bytes, mut out, mut i) = (text.as_bytes(), [0; N], 0);
    while i < N {
        assert!(bytes[i] != b'$', "write ?1, not $1");
        if bytes[i] == b'?' {
            assert!(i + 1 < N && bytes[i + 1].is_ascii_digit(), "a bare ? is not portable: write ?1");
        }
        out[i] = if bytes[i] == b'?' { b'$' } else { bytes[i] };
        i += 1;
    }
    out
}

/// The text of what [`to_dollars`] made.
#[doc(hidden)]
pub const fn dollar_text<const N: usize>(bytes: &'static [u8; N]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => unreachable!(), // one ASCII byte was put in the place of another
    }
}

/// The type of one column of a [`Batch`].
#[derive(Clone, Copy, Debug)]
pub enum Ty {
    /// BIGINT; booleans are 0 and 1.
    Int,
    /// TEXT.
    Text,
    /// BYTEA.
    Blob,
}

/// One statement for many rows of parameters.
///
/// SQLite runs the statement once for each row. PostgreSQL runs it once, with all rows as arrays. The text names the
/// rows in one of two ways. `{rows}` is a query over all rows: `VALUES (?1,…)` on SQLite, `SELECT * FROM
/// UNNEST($1::bigint[],…)` on PostgreSQL. SQLite builds a temporary table for each `VALUES`, so statements that run for
/// every fact use the second way: `{1}`, `{2}` … are the single values of a row. Then PostgreSQL also needs the source
/// of the values: write `{from}` in an UPDATE, and `{beside}` after the table of a SELECT. Both are empty on SQLite.
/// `{locked}` at the end of a SELECT locks its rows until the commit (`FOR NO KEY UPDATE`). `{unmoved}` only forbids
/// others to write them (`FOR SHARE`). Both are empty on SQLite, where only one transaction writes at a time.
/// PostgreSQL refuses to change a row twice in one statement, so callers remove duplicate keys first.
pub struct Batch<const N: usize> {
    text: &'static str,
    columns: [Ty; N],
    made: OnceLock<Made>,
}

struct Made {
    lite: String,
    pg: String,
}

impl<const N: usize> Batch<N> {
    /// A batch for a `static`. `text` names its rows in one of the two ways; `columns` are the types of a row.
    pub const fn new(text: &'static str, columns: [Ty; N]) -> Self {
        Self { text, columns, made: OnceLock::new() }
    }

    /// The types of the columns, as arrays.
    pub(super) fn types(&self) -> [Type; N] {
        self.columns.map(|ty| match ty {
            Ty::Int => Type::INT8_ARRAY,
            Ty::Text => Type::TEXT_ARRAY,
            Ty::Blob => Type::BYTEA_ARRAY,
        })
    }

    fn made(&self) -> &Made {
        self.made.get_or_init(|| {
            let places = (1..=N).map(|n| format!("?{n}")).collect::<Vec<_>>().join(",");
            let arrays = self.columns.iter().enumerate().map(|(i, ty)| {
                let name = match ty {
                    Ty::Int => "bigint",
                    Ty::Text => "text",
                    Ty::Blob => "bytea",
                };
                format!("${}::{name}[]", i + 1)
            });
            let arrays = arrays.collect::<Vec<_>>().join(",");
            let names = (1..=N).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
            let unnested = format!("UNNEST({arrays}) AS p({names})");
            let fill = |rows: &str, from: &str, beside: &str, locked: &str, value: &str| {
                let text = self.text.replace("{rows}", rows).replace("{from}", from);
                let text = text.replace("{beside}", beside).replace("{locked}", locked);
                let text = text.replace("{unmoved}", if locked.is_empty() { "" } else { "FOR SHARE" });
                (1..=N).fold(text, |text, n| text.replace(&format!("{{{n}}}"), &format!("{value}{n}")))
            };
            Made {
                lite: fill(&format!("VALUES ({places})"), "", "", "", "?"),
                pg: fill(
                    &format!("SELECT * FROM UNNEST({arrays})"),
                    &format!("FROM {unnested}"),
                    &format!(", {unnested}"),
                    "FOR NO KEY UPDATE",
                    "p.c",
                ),
            }
        })
    }

    pub(super) fn lite(&self) -> &str {
        &self.made().lite
    }

    pub(super) fn pg(&self) -> &str {
        &self.made().pg
    }
}
