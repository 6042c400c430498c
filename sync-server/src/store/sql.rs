//! SQL written once: `?1` in the source, `$1` for PostgreSQL, made at compile time.

use std::sync::OnceLock;

/// One statement for both engines; made by [`sql!`](crate::sql).
///
/// A parameter's type is what PostgreSQL infers. Where it cannot (`?1 IS NULL OR …`), write `CAST(?1 AS BIGINT)`,
/// which both engines understand.
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
/// A bare `?` and a `$` do not compile: neither means the same on both engines.
#[macro_export]
macro_rules! sql {
    ($text:expr) => {{
        const LITE: &str = $text;
        const DOLLARS: [u8; LITE.len()] = $crate::store::to_dollars(LITE);
        const { $crate::store::Sql::new(LITE, $crate::store::dollar_text(&DOLLARS)) }
    }};
}

/// `?1` to `$1`; both are one byte, so the length stays.
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
/// `{rows}` stands for them as a query: SQLite runs `VALUES (?1,…)` row by row; PostgreSQL gets all rows at once, as
/// `SELECT * FROM UNNEST($1::bigint[],…)`. SQLite builds a table for such a query each time it runs, so a statement that
/// runs once a fact names the values one by one: `{1}`, `{2}` … are the values of a row, and where they come from is said
/// by `{from}` in an UPDATE and by `{beside}` after the table of a SELECT, which SQLite needs not be told.
/// `{locked}` at the end of a query keeps its rows for this transaction: `FOR NO KEY UPDATE` on PostgreSQL; `{unmoved}`
/// only keeps them from being written, `FOR SHARE`, and lets others do the same. On SQLite one transaction writes at a
/// time anyway. PostgreSQL refuses to touch one row twice in one statement, so a caller removes duplicate keys first.
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
    /// `text` takes its rows in one of the two ways, `columns` are the types of a row; made to be a `static`.
    pub const fn new(text: &'static str, columns: [Ty; N]) -> Self {
        Self { text, columns, made: OnceLock::new() }
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
