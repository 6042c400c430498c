//! A list: columns, filters, pages, named views, and files. Each list brings its own query and columns; everything else
//! stands here.

mod asked;
mod cell;
mod facet;
mod file;
mod print;
mod views;

pub(super) use asked::{Asked, Order};
pub(super) use cell::Cell;
pub(super) use facet::{Answer, Facet, Form};
pub(super) use file::answer as files;
pub(super) use views::Views;

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
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use cell::Value;
use facet::{Chips, MONTH, Pick};
use firebee_messages::Message as _;
use firebee_protocol::text::{Chip, Language, When, say};
use std::str::FromStr;

/// One column: its title, and its cell for a row.
pub(super) struct Column<R> {
    pub(super) title: T,
    /// The word of the order by this column, if the list has it.
    pub(super) sort: Option<&'static str>,
    pub(super) cell: fn(&R) -> Cell,
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

/// A row with what stands below it.
struct Line {
    fields: Vec<Field>,
    /// The titles and the lines of what is not empty.
    below: Vec<(String, String)>,
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
    views: Views,
    search: Search,
    narrowed: Narrowed,
    titles: Vec<Title>,
    rows: Vec<Line>,
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
    /// The list as a workbook.
    workbook: String,
    /// The same as CSV and as NDJSON.
    plain: [(&'static str, String); 2],
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

    /// The answer to an address of the list: a part of its file, or the page that `draw` makes around it. `head` is the
    /// page's title and its place in the navigation.
    pub(super) async fn answer<P: Template>(
        &self,
        (app, visitor, asked): (&App, &Visitor, &Asked),
        head: (T, &'static pages::Page),
        (found, facets): (Page<R>, Vec<Facet>),
        draw: impl FnOnce(Frame, Shown) -> P,
    ) -> Result<Response, Refusal> {
        if asked.is_file() {
            return Ok(self.part(visitor.language, found));
        }
        let views = self.views(app, visitor, asked).await?;
        let f = Frame::new(app, visitor, say(visitor.language, head.0), head.1);
        let list = self.shown(&f, asked, (&facets, views), &found);
        page(&draw(f, list))
    }

    /// The views of the list that the visitor has named.
    pub(super) async fn views(&self, app: &App, visitor: &Visitor, asked: &Asked) -> Result<Views, Refusal> {
        let address = Asked::address(self.href, self.kept(asked, &["q", "sort", "dir"]));
        Views::of(app, visitor, self.href, address).await
    }

    /// Draws a page of the list.
    pub(super) fn shown(&self, f: &Frame, asked: &Asked, (facets, views): (&[Facet], Views), found: &Page<R>) -> Shown {
        let line = |row: &R| {
            let mut line = Line { fields: Vec::new(), below: Vec::new() };
            for column in self.columns {
                match (column.cell)(row) {
                    Cell::Below(text) if text.is_empty() => {}
                    Cell::Below(text) => line.below.push((f.t(column.title), text)),
                    cell => line.fields.push(Field { title: f.t(column.title), cell }),
                }
            }
            line
        };
        let (titled, _) = self.parted(found);
        Shown {
            language: f.language,
            none: self.none,
            views,
            search: self.search(f.language, asked, facets),
            narrowed: self.narrowed(f.language, asked, facets),
            titles: titled.into_iter().map(|column| self.title(f, asked, column)).collect(),
            rows: found.rows.iter().map(line).collect(),
            paging: self.paging(f.language, asked, found.next.as_ref()),
        }
    }

    /// The columns that stand side by side, and those whose cells stand below the rows.
    fn parted(&self, found: &Page<R>) -> (Vec<&Column<R>>, Vec<&Column<R>>) {
        let is_below = |row: &R, column: &Column<R>| matches!((column.cell)(row), Cell::Below(_));
        self.columns.iter().partition(|column| !found.rows.first().is_some_and(|row| is_below(row, column)))
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
        let file = |format: &str| Asked::address(self.href, same().into_iter().chain([("as", format.to_owned())]));
        Paging {
            language,
            first: (!asked.get("at").is_empty()).then(|| Asked::address(self.href, same())),
            next: next.map(at),
            workbook: file("xlsx"),
            plain: [("CSV", file("csv")), ("NDJSON", file("ndjson"))],
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

    /// Another address for what this one shows.
    pub(super) fn same(&self, asked: &Asked, href: &str) -> String {
        Asked::address(href, self.kept(asked, &["q", "sort", "dir"]))
    }

    /// What the address says for the filters and for these names.
    fn kept(&self, asked: &Asked, names: &[&'static str]) -> Vec<(&'static str, String)> {
        let month = self.month.map(|_| &MONTH);
        let all = self.filters.iter().chain(month).chain(names);
        all.map(|name| (*name, asked.get(name).to_owned())).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Some rows as a part of the list's file.
    pub(super) fn part(&self, language: Language, found: Page<R>) -> Response {
        // What can be done with a row is of the page alone.
        let is_ways =
            |column: &&Column<R>| found.rows.first().is_some_and(|row| matches!((column.cell)(row), Cell::Ways(_)));
        let columns: Vec<&Column<R>> = self.columns.iter().filter(|column| !is_ways(column)).collect();
        let cells = |row: &R| columns.iter().map(|column| (column.cell)(row)).collect();
        let rows: Vec<Vec<Cell>> = found.rows.iter().map(cells).collect();
        let of_fact = |at: usize| rows.iter().any(|row| matches!(row.get(at), Some(Cell::Fact(_))));
        let facts: Vec<bool> = (0..columns.len()).map(of_fact).collect();
        let titles = columns.iter().zip(&facts).flat_map(|(column, of_fact)| {
            let key = column.title.key();
            let own = file::Title { word: say(language, column.title), key: key.to_owned() };
            let sure = of_fact.then(|| file::Title { word: say(language, T::ListSure), key: format!("{key}-sure") });
            std::iter::once(own).chain(sure)
        });
        let titles = titles.collect();
        let values = |row: Vec<Cell>| {
            let value = |(cell, of_fact): (Cell, &bool)| {
                let sure = of_fact.then(|| cell.sure().map_or(Value::Empty, Value::Text));
                std::iter::once(cell.value()).chain(sure)
            };
            row.into_iter().zip(&facts).flat_map(value).collect()
        };
        let rows = rows.into_iter().map(values).collect();
        let mut response = StatusCode::OK.into_response();
        response.extensions_mut().insert(file::Part { name: self.file, titles, rows, next: found.next });
        response
    }
}

/// Rows that are no list's as a part of a file: the texts of their columns, each with its title and its key.
pub(super) fn part(
    name: &'static str,
    titles: impl IntoIterator<Item = (String, &'static str)>,
    found: Page<Vec<String>>,
) -> Response {
    let titles = titles.into_iter().map(|(word, key)| file::Title { word, key: key.to_owned() }).collect();
    let value = |text: String| if text.is_empty() { Value::Empty } else { Value::Text(text) };
    let rows = found.rows.into_iter().map(|row| row.into_iter().map(value).collect()).collect();
    let mut response = StatusCode::OK.into_response();
    response.extensions_mut().insert(file::Part { name, titles, rows, next: found.next });
    response
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
