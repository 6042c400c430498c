//! Finds the columns of a table by their titles, in either language, by any of the names that the office has for them.

use crate::{
    office::import::{Column, columns},
    query::import::Heading,
    sheet::{CELLS_MAX, Cell, FILE_BYTES_MAX, Line, SheetError, read},
    text::Text as T,
};
use firebee_domain::{
    code::Code,
    import::{IMPORT_ROWS_MAX, Kind},
};
use firebee_protocol::text::{Arg, Language, named::Values, say};
use std::collections::BTreeMap;

/// Among how many rows the titles are sought.
const TITLES_WITHIN: usize = 10;
/// The most characters of a title that can be chosen.
const TITLE_CHARS_MAX: usize = 100;

/// A table whose columns are known.
pub(super) struct Sheet {
    /// The number of the row with the titles.
    pub(super) head: u32,
    /// The titles.
    pub(super) headings: Vec<Heading>,
    /// The rows behind them, a cell for each title.
    pub(super) rows: Vec<(u32, Vec<Option<Cell>>)>,
}

/// Why a file is no table of its kind.
pub(super) enum Unfit {
    /// The file itself.
    Sheet(SheetError),
    /// Nothing stands behind the titles.
    Empty,
    /// It has too many rows.
    Rows,
    /// Columns are missing.
    Columns(Missing),
}

/// A table in which some columns are not found by their titles.
pub(super) struct Missing {
    /// Those that it needs.
    needed: Vec<T>,
    /// The titles that it has, each with the column that it was taken for.
    pub(super) titles: Vec<(String, Option<&'static str>)>,
}

/// The titles that somebody named for columns by hand, by the keys of these.
pub(super) type Named = BTreeMap<String, String>;

impl Unfit {
    /// The code, and what its sentences name.
    pub(super) fn told(&self, language: Language) -> (Code, Values) {
        match self {
            Self::Sheet(error @ SheetError::Unreadable) => (error.code(), Values::new()),
            Self::Sheet(SheetError::TooLarge) | Self::Rows => (
                Code::SheetTooLarge,
                vec![
                    ("megabytes", Arg::from(FILE_BYTES_MAX >> 20)),
                    ("cells", Arg::from(CELLS_MAX)),
                    ("rows", Arg::from(IMPORT_ROWS_MAX)),
                ],
            ),
            Self::Empty => (Code::SheetEmpty, Values::new()),
            Self::Columns(missing) => {
                let titles: Vec<String> = missing.needed.iter().map(|title| say(language, *title)).collect();
                (Code::SheetHeadingMissing, vec![("columns", Arg::from(titles.join(", ")))])
            }
        }
    }
}

/// Reads a file as a table of a kind.
pub(super) fn sheet(kind: Kind, named: &Named, bytes: &[u8]) -> Result<Sheet, Unfit> {
    let lines = read(bytes).map_err(Unfit::Sheet)?;
    let (known, at) = titles(kind, named, &lines).ok_or(Unfit::Empty)?;
    let needed: Vec<T> = columns(kind)
        .iter()
        .filter(|column| column.required && !known.contains(&Some(column.key)))
        .map(|column| column.title)
        .collect();
    if !needed.is_empty() {
        let head = lines.get(at).map(|line| spread(known.len(), line)).unwrap_or_default();
        return Err(Unfit::Columns(Missing { needed, titles: offered(head, known) }));
    }
    let (Some(head), rest) = (lines.get(at), lines.get(at + 1..).unwrap_or_default()) else { return Err(Unfit::Empty) };
    if rest.is_empty() {
        return Err(Unfit::Empty);
    }
    if rest.len() > IMPORT_ROWS_MAX as usize {
        return Err(Unfit::Rows);
    }
    let titles = spread(known.len(), head).into_iter().zip(known);
    let headings = titles.map(|(title, key)| Heading {
        title: title.map(|title| title.shown()).unwrap_or_default(),
        key: key.map(str::to_owned),
    });
    let headings: Vec<Heading> = headings.collect();
    let rows = rest.iter().map(|line| (line.number, spread(headings.len(), line))).collect();
    Ok(Sheet { head: head.number, headings, rows })
}

/// The titles that a column can be chosen from. What is far too long for one is none.
fn offered(head: Vec<Option<Cell>>, known: Vec<Option<&'static str>>) -> Vec<(String, Option<&'static str>)> {
    let title = |(cell, key): (Option<Cell>, Option<&'static str>)| {
        let title = cell?.shown().trim().to_owned();
        (!title.is_empty() && title.chars().count() <= TITLE_CHARS_MAX).then_some((title, key))
    };
    head.into_iter().zip(known).filter_map(title).collect()
}

/// The line of the titles: of the first lines the one in which most are known. A title that stands twice counts once.
fn titles(kind: Kind, named: &Named, lines: &[Line]) -> Option<(Vec<Option<&'static str>>, usize)> {
    let known =
        lines.iter().take(TITLES_WITHIN).map(|line| keys(kind, named, line)).zip(0..).collect::<Vec<_>>().into_iter();
    // Of several with as many, the first.
    known.rev().max_by_key(|(keys, _)| keys.iter().flatten().count())
}

/// The keys of a line as if it held the titles.
fn keys(kind: Kind, named: &Named, line: &Line) -> Vec<Option<&'static str>> {
    let width = line.cells.last().map_or(0, |(at, _)| *at as usize + 1);
    let mut keys: Vec<Option<&'static str>> = vec![None; width];
    for (at, cell) in &line.cells {
        let Cell::Text(title) = cell else { continue };
        let is = |column: &&Column| match named.get(column.key) {
            Some(named) => named == title.trim(),
            None => means(column, title),
        };
        let key = columns(kind).iter().find(is).map(|column| column.key);
        if key.is_some()
            && !keys.contains(&key)
            && let Some(place) = keys.get_mut(*at as usize)
        {
            *place = key;
        }
    }
    keys
}

/// Whether a title means a column.
fn means(column: &Column, title: &str) -> bool {
    let title = plain(title);
    let mut names =
        Language::ALL.into_iter().flat_map(|language| [say(language, column.title), say(language, column.also)]);
    names.any(|names| names.split('|').any(|name| plain(name) == title))
}

/// The letters and digits of a title; the mark of a required one and what stands in brackets are left out.
fn plain(title: &str) -> String {
    let title = title.split(['(', '\u{ff08}']).next().unwrap_or_default();
    title.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The cells of a line, one for each column.
fn spread(width: usize, line: &Line) -> Vec<Option<Cell>> {
    let mut cells = vec![None; width];
    for (at, cell) in &line.cells {
        if let Some(place) = cells.get_mut(*at as usize) {
            *place = Some(cell.clone());
        }
    }
    cells
}
