//! A list: columns, filters, pages, and a file for spreadsheets. Each list brings its own query and columns; everything
//! else stands here.

mod asked;
mod file;

pub(super) use asked::{Asked, PAGES_MAX, ROWS_MAX};

use super::{
    frame::Frame,
    part::{ChipMark, WhenMark},
    refused::Refusal,
};
use crate::text::Text as T;
use askama::{Template, filters::HtmlSafe};
use axum::response::Response;
use firebee_protocol::text::{Arg, Chip, Language, When, say, say_with};

/// One column: its title, and its cell for a row.
pub(super) struct Column<R> {
    pub(super) title: T,
    pub(super) cell: fn(&R) -> Cell,
}

/// The content of a cell.
pub(super) enum Cell {
    /// A name that leads somewhere.
    Link {
        /// Where.
        href: String,
        /// The name, Chinese data.
        name: String,
    },
    /// Chinese data.
    Data(String),
    /// Words in the reader's language.
    Words(String),
    /// A state.
    State(Chip),
    /// An instant, if there is one.
    When(Option<When>),
}

/// A kind of list.
pub(super) struct List<R: 'static> {
    /// Its address.
    pub(super) href: &'static str,
    /// What its file is called, without the ending.
    pub(super) file: &'static str,
    /// What it says when nothing is in it.
    pub(super) none: T,
    /// Its columns; the first one names the row.
    pub(super) columns: &'static [Column<R>],
}

/// One answer of a filter.
pub(super) struct Choice {
    pub(super) href: String,
    pub(super) word: String,
    pub(super) count: i64,
    pub(super) here: bool,
}

/// A cell with its column's title, which a card shows beside the value.
struct Field {
    title: String,
    cell: Cell,
}

/// One page of a list, drawn.
#[derive(Template)]
#[template(path = "list/list.html")]
pub(super) struct Shown {
    language: Language,
    none: T,
    filters: Vec<Choice>,
    titles: Vec<String>,
    rows: Vec<Vec<Field>>,
    paging: Paging,
}

/// The way to other pages, and to the file.
#[derive(Template)]
#[template(path = "list/paging.html")]
pub(super) struct Paging {
    language: Language,
    page: String,
    newer: Option<String>,
    older: Option<String>,
    file: String,
}

/// Their templates escape every value, so pages include them unescaped.
impl HtmlSafe for Shown {}
impl HtmlSafe for Paging {}

impl Paging {
    /// The links of the page at `address`; `more` says that another page follows.
    pub(super) fn new(language: Language, asked: &Asked, address: &str, more: bool) -> Self {
        let at = |page: u32| Asked::address(address, page);
        let number = [("page", Arg::from(asked.page().saturating_add(1)))];
        Self {
            language,
            page: say_with(language, T::ListPage, &number),
            newer: asked.page().checked_sub(1).map(at),
            older: more.then(|| at(asked.page().saturating_add(1))),
            file: Asked::with(address, "as", "csv"),
        }
    }

    fn t(&self, text: T) -> String {
        say(self.language, text)
    }
}

impl<R> List<R> {
    /// Draws a page of the list. `address` is the address of the first page, with its filters. `rows` may hold one row
    /// more than a page has; then another page follows.
    pub(super) fn shown(&self, f: &Frame, asked: &Asked, address: &str, filters: Vec<Choice>, rows: &[R]) -> Shown {
        let field = |column: &Column<R>, row: &R| Field { title: f.t(column.title), cell: (column.cell)(row) };
        let fields = |row: &R| self.columns.iter().map(|column| field(column, row)).collect();
        Shown {
            language: f.language,
            none: self.none,
            filters,
            titles: self.columns.iter().map(|column| f.t(column.title)).collect(),
            rows: rows.iter().take(ROWS_MAX).map(fields).collect(),
            paging: Paging::new(f.language, asked, address, rows.len() > ROWS_MAX),
        }
    }

    /// The rows as a file for a spreadsheet.
    pub(super) fn file(&self, language: Language, rows: &[R]) -> Result<Response, Refusal> {
        let titles = self.columns.iter().map(|column| say(language, column.title));
        let cells = |row: &R| self.columns.iter().map(|column| (column.cell)(row).text()).collect();
        file::answer(self.file, titles.collect(), rows.iter().map(cells))
    }
}

impl Cell {
    /// The cell as a spreadsheet holds it. An instant stands in it exactly.
    fn text(self) -> String {
        match self {
            Self::Link { name, .. } => name,
            Self::Data(text) | Self::Words(text) => text,
            Self::State(chip) => chip.word,
            Self::When(when) => when.map(|when| when.exact).unwrap_or_default(),
        }
    }
}

impl Shown {
    fn t(&self, text: T) -> String {
        say(self.language, text)
    }

    fn chip<'a>(&self, chip: &'a Chip) -> ChipMark<'a> {
        ChipMark::from(chip)
    }

    fn when<'a>(&self, when: &'a When) -> WhenMark<'a> {
        WhenMark::from(when)
    }

    fn none(&self) -> String {
        say(self.language, self.none)
    }
}
