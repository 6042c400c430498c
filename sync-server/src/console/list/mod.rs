//! A list: columns, filters, pages, and a file for spreadsheets. Each list brings its own query and columns; everything
//! else stands here.

mod asked;
mod facet;
mod file;

pub(super) use asked::{Asked, Order};
pub(super) use facet::{Answer, Facet, Form};

use super::{
    frame::Frame,
    page, pages,
    part::{ChipMark, WhenMark},
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    query::page::{Page, Place, Wanted},
    state::App,
    text::Text as T,
};
use askama::{Template, filters::HtmlSafe};
use axum::response::Response;
use facet::{Chips, MONTH, Pick};
use firebee_protocol::text::{Chip, Language, When, say};
use std::str::FromStr;

/// One column: its title, and its cell for a row.
pub(super) struct Column<R> {
    pub(super) title: T,
    /// The word of the order by this column, if the list has it.
    pub(super) sort: Option<&'static str>,
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
    /// A state that opens what it tells of.
    Step {
        /// Where it leads, if it leads anywhere.
        href: Option<String>,
        /// The state.
        chip: Chip,
    },
    /// What can be done with the row: where, and the words. A file leaves it out.
    Ways(Vec<(String, String)>),
    /// An instant of the server's clock, if there is one.
    When(Option<When>),
    /// When a fact was recorded, if there is one. A file says in a column of its own how sure that is.
    Fact(Option<When>),
}

/// A kind of list.
pub(super) struct List<R: 'static> {
    /// Its address.
    pub(super) href: &'static str,
    /// What its file is called, without the ending.
    pub(super) file: &'static str,
    /// What it says when nothing is in it.
    pub(super) none: T,
    /// Its order where the address names none: that of one of its columns.
    pub(super) usual: Order,
    /// The names of its filters in the address, without the month.
    pub(super) filters: &'static [&'static str],
    /// What its month is that of, where it is narrowed by one.
    pub(super) month: Option<T>,
    /// Its columns; the first one names the row.
    pub(super) columns: &'static [Column<R>],
}

/// A cell with its column's title, which a card shows beside the value.
struct Field {
    title: String,
    cell: Cell,
}

/// The title of a column, and the way to the order by it.
struct Title {
    word: String,
    href: Option<String>,
    /// `ascending` or `descending` when the list has this order now.
    sorted: Option<&'static str>,
}

/// One page of a list, drawn.
#[derive(Template)]
#[template(path = "list/list.html")]
pub(super) struct Shown {
    language: Language,
    none: T,
    search: Search,
    narrowed: Narrowed,
    titles: Vec<Title>,
    rows: Vec<Vec<Field>>,
    paging: Paging,
}

/// The field for words to search for.
#[derive(Template)]
#[template(path = "list/search.html")]
pub(super) struct Search {
    language: Language,
    href: &'static str,
    /// What the address asks for besides.
    keep: Vec<(&'static str, String)>,
    text: String,
    picks: Vec<Pick>,
    /// Fields that are asked for seldom, in a box that opens.
    more: Vec<Pick>,
    /// The orders, for a screen that is too narrow for titles.
    sorts: Pick,
}

/// The links that narrow a list.
#[derive(Template)]
#[template(path = "list/chips.html")]
pub(super) struct Narrowed {
    language: Language,
    facets: Vec<Chips>,
}

/// The way to other pages, and to the file.
#[derive(Template)]
#[template(path = "list/paging.html")]
pub(super) struct Paging {
    language: Language,
    first: Option<String>,
    next: Option<String>,
    file: String,
}

/// Their templates escape every value, so pages include them unescaped.
impl HtmlSafe for Shown {}
impl HtmlSafe for Narrowed {}
impl HtmlSafe for Search {}
impl HtmlSafe for Paging {}

impl Search {
    fn t(&self, text: T) -> String {
        say(self.language, text)
    }

    /// Whether one of the fields that are asked for seldom narrows the list.
    fn is_open(&self) -> bool {
        self.more.iter().any(Pick::is_set)
    }
}

impl Narrowed {
    fn t(&self, text: T) -> String {
        say(self.language, text)
    }
}

impl Paging {
    fn t(&self, text: T) -> String {
        say(self.language, text)
    }
}

impl<R> List<R> {
    /// What an address asks of the list.
    pub(super) fn wanted<S: FromStr + Default>(&self, asked: &Asked) -> Wanted<S> {
        asked.wanted(self.order(asked))
    }

    fn order(&self, asked: &Asked) -> Order {
        asked.order(self.columns.iter().filter_map(|column| column.sort), self.usual)
    }

    /// The answer to an address of the list: its file, or the page that `draw` makes around it. `head` is the page's title
    /// and its place in the navigation.
    pub(super) fn answer<P: Template>(
        &self,
        (app, visitor, asked): (&App, &Visitor, &Asked),
        head: (T, &'static pages::Page),
        (found, facets): (Page<R>, Vec<Facet>),
        draw: impl FnOnce(Frame, Shown) -> P,
    ) -> Result<Response, Refusal> {
        if asked.is_file() {
            return self.file(visitor.language, &found.rows);
        }
        let f = Frame::new(app, visitor, say(visitor.language, head.0), head.1);
        let list = self.shown(&f, asked, &facets, &found);
        page(&draw(f, list))
    }

    /// Draws a page of the list.
    pub(super) fn shown(&self, f: &Frame, asked: &Asked, facets: &[Facet], found: &Page<R>) -> Shown {
        let field = |column: &Column<R>, row: &R| Field { title: f.t(column.title), cell: (column.cell)(row) };
        let fields = |row: &R| self.columns.iter().map(|column| field(column, row)).collect();
        Shown {
            language: f.language,
            none: self.none,
            search: self.search(f.language, asked, facets),
            narrowed: self.narrowed(f.language, asked, facets),
            titles: self.columns.iter().map(|column| self.title(f, asked, column)).collect(),
            rows: found.rows.iter().map(fields).collect(),
            paging: self.paging(f.language, asked, found.next.as_ref()),
        }
    }

    /// The links that narrow the list.
    pub(super) fn narrowed(&self, language: Language, asked: &Asked, facets: &[Facet]) -> Narrowed {
        let shown = facets.iter().filter(|facet| facet.form == Form::Chips && !facet.answers.is_empty());
        let chips = |facet: &Facet| {
            let others = || self.kept(asked, &["q", "sort", "dir"]).into_iter().filter(|(name, _)| *name != facet.name);
            let address = |value: &str| {
                Asked::address(self.href, std::iter::once((facet.name, value.to_owned())).chain(others()))
            };
            facet.chips(language, asked, address)
        };
        Narrowed { language, facets: shown.map(chips).collect() }
    }

    /// The form: words, what is narrowed by a field, and on narrow screens the order.
    pub(super) fn search(&self, language: Language, asked: &Asked, facets: &[Facet]) -> Search {
        let fields = |form: Form| facets.iter().filter(move |facet| facet.form == form);
        let picked = fields(Form::Pick);
        let month = self.month.map(|title| Pick::month(language, asked, title));
        let picks: Vec<Pick> = picked.map(|facet| facet.pick(language, asked)).chain(month).collect();
        let days = fields(Form::Day).map(|facet| Pick::day(language, asked, facet));
        let more: Vec<Pick> = fields(Form::More).map(|facet| facet.pick(language, asked)).chain(days).collect();
        let mut keep = self.kept(asked, &["dir"]);
        keep.retain(|(name, _)| !picks.iter().chain(&more).any(|pick| pick.name == *name));
        let sorts = self.columns.iter().filter_map(|column| Some((column.sort?, column.title)));
        let sorts = Pick::sorts(language, sorts, self.order(asked).0);
        Search { language, href: self.href, keep, text: asked.search(), picks, more, sorts }
    }

    /// The links to other pages.
    pub(super) fn paging(&self, language: Language, asked: &Asked, next: Option<&Place>) -> Paging {
        let same = || self.kept(asked, &["q", "sort", "dir"]);
        let at = |place: &Place| {
            let place = [("after", place.key.clone()), ("at", place.id.clone())];
            Asked::address(self.href, same().into_iter().chain(place))
        };
        Paging {
            language,
            first: (!asked.get("at").is_empty()).then(|| Asked::address(self.href, same())),
            next: next.map(at),
            file: Asked::address(self.href, same().into_iter().chain([("as", "csv".to_owned())])),
        }
    }

    fn title(&self, f: &Frame, asked: &Asked, column: &Column<R>) -> Title {
        let word = f.t(column.title);
        let Some(sort) = column.sort else { return Title { word, href: None, sorted: None } };
        let (now, down) = self.order(asked);
        let here = now == sort;
        let dir = if here && !down { "down" } else { "up" };
        let order = [("sort", sort.to_owned()), ("dir", dir.to_owned())];
        let href = Asked::address(self.href, self.kept(asked, &["q"]).into_iter().chain(order));
        let sorted = here.then_some(if down { "descending" } else { "ascending" });
        Title { word, href: Some(href), sorted }
    }

    /// What the address says for the filters and for these names.
    fn kept(&self, asked: &Asked, names: &[&'static str]) -> Vec<(&'static str, String)> {
        let month = self.month.map(|_| &MONTH);
        let all = self.filters.iter().chain(month).chain(names);
        all.map(|name| (*name, asked.get(name).to_owned())).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The rows as a file for a spreadsheet.
    pub(super) fn file(&self, language: Language, rows: &[R]) -> Result<Response, Refusal> {
        let rows: Vec<Vec<Cell>> =
            rows.iter().map(|row| self.columns.iter().map(|column| (column.cell)(row)).collect()).collect();
        let of_fact = |at: usize| rows.iter().any(|row| matches!(row.get(at), Some(Cell::Fact(_))));
        let facts: Vec<bool> = (0..self.columns.len()).map(of_fact).collect();
        let titles = self.columns.iter().zip(&facts).flat_map(|(column, of_fact)| {
            let sure = of_fact.then(|| say(language, T::ListSure));
            [Some(say(language, column.title)), sure].into_iter().flatten()
        });
        let fields = |row: Vec<Cell>| {
            let field = |(cell, of_fact): (Cell, &bool)| {
                let sure = of_fact.then(|| cell.sure().unwrap_or_default());
                [Some(cell.text()), sure].into_iter().flatten()
            };
            row.into_iter().zip(&facts).flat_map(field).collect()
        };
        file::answer(self.file, titles.collect(), rows.into_iter().map(fields))
    }
}

impl Cell {
    /// The cell as a spreadsheet holds it. An instant stands in it exactly.
    fn text(self) -> String {
        match self {
            Self::Link { name, .. } => name,
            Self::Data(text) | Self::Words(text) => text,
            Self::State(chip) | Self::Step { chip, .. } => chip.word,
            Self::Ways(_) => String::new(),
            Self::When(when) | Self::Fact(when) => when.map(|when| when.exact).unwrap_or_default(),
        }
    }

    /// How sure its instant is.
    fn sure(&self) -> Option<String> {
        match self {
            Self::Fact(when) => when.as_ref()?.sure.clone(),
            _ => None,
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
