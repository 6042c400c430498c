//! The parked facts: received and not counted, each with its reason in words.

use super::{
    frame::Frame,
    home,
    list::{Asked, Cell, Column, List, PAGES_MAX, Paging, ROWS_MAX},
    page,
    pages::Page,
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    query::parked::parked,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::parked::{ParkedLine, lines},
};
use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::get,
};
use firebee_protocol::text::say;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page { routes: || Router::new().route("/parked", get(list)), entry: None, done: &[] };

/// The page shows each fact as a card, because a reason has a sentence or two.
static PARKED: List<ParkedLine> = List {
    href: "/parked",
    file: "parked",
    none: T::ParkedNone,
    columns: &[
        Column { title: T::ParkedWhat, cell: |row| Cell::Words(row.what.clone()) },
        Column { title: T::ParkedWhy, cell: |row| Cell::Words(row.sentence.clone()) },
        Column { title: T::ParkedCode, cell: |row| Cell::Words(row.code.to_string()) },
        Column { title: T::ParkedAuthor, cell: |row| Cell::Data(row.author.clone()) },
        Column { title: T::PartProject, cell: |row| Cell::Data(row.project.clone()) },
        Column { title: T::ParkedSince, cell: |row| Cell::When(Some(row.since.clone())) },
    ],
};

#[derive(Template)]
#[template(path = "parked/parked.html")]
struct ParkedPage {
    f: Frame,
    parked: Vec<ParkedLine>,
    paging: Paging,
}

/// The page, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let pages = if asked.is_file() { PAGES_MAX } else { asked.page().saturating_add(1) };
    let limit = pages.saturating_mul(ROWS_MAX as u32).saturating_add(1);
    let read = async move |tx: &mut Tx| parked(tx, org, &actor, None, None, limit).await;
    let found: Result<_, StoreError> = app.store.read("list_parked", read).await;
    let found = found?;
    if asked.is_file() {
        return PARKED.file(visitor.language, &lines(visitor.reader(), &found));
    }
    let rows = asked.slice(&found);
    page(&ParkedPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::ParkedTitle), &home::PAGE),
        parked: lines(visitor.reader(), rows.get(..ROWS_MAX).unwrap_or(rows)),
        paging: Paging::new(visitor.language, &asked, PARKED.href, rows.len() > ROWS_MAX),
    })
}
