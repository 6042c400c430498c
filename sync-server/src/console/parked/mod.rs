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
    query::{
        self,
        access::to_project,
        parked::{ParkedRow, parked},
    },
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
use firebee_domain::{account::Action, id::ProjectId};
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
        Column {
            title: T::PartProject,
            cell: |row| Cell::Data(row.project.clone().map(|(_, name)| name).unwrap_or_default()),
        },
        Column { title: T::ParkedSince, cell: |row| Cell::When(Some(row.since.clone())) },
    ],
};

#[derive(Template)]
#[template(path = "parked/parked.html")]
struct ParkedPage {
    f: Frame,
    /// The name of the only project whose facts are shown.
    project: Option<String>,
    parked: Vec<ParkedLine>,
    paging: Paging,
}

/// The page, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let project: Option<ProjectId> = asked.get("project").parse().ok();
    let rows_max = ROWS_MAX as u32;
    let wanted = match asked.is_file() {
        true => (0, PAGES_MAX.saturating_mul(rows_max)),
        // One more than a page holds tells whether another page follows.
        false => (asked.page().saturating_mul(rows_max), rows_max + 1),
    };
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, project, wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_parked", read).await;
    let (name, found) = found?.ok_or(Refusal::NotFound)?;
    if asked.is_file() {
        return PARKED.file(visitor.language, &lines(visitor.reader(), &found));
    }
    let address = project.map_or_else(|| PARKED.href.to_owned(), |id| Asked::with(PARKED.href, "project", id));
    page(&ParkedPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::ParkedTitle), &home::PAGE),
        project: name,
        parked: lines(visitor.reader(), found.get(..ROWS_MAX).unwrap_or(&found)),
        paging: Paging::new(visitor.language, &asked, &address, found.len() > ROWS_MAX),
    })
}

/// The name of the project that the list is about, and its rows; nothing for a project that is not the visitor's to read.
async fn find(
    tx: &mut Tx,
    visitor: &Visitor,
    project: Option<ProjectId>,
    wanted: (u32, u32),
) -> Result<Option<(Option<String>, Vec<ParkedRow>)>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let mut name = None;
    if let Some(id) = project {
        if to_project(tx, org, actor, &[Action::ReadProject], id).await?.is_none() {
            return Ok(None);
        }
        name = query::project::project(tx, org, id).await?.map(|row| row.project.name);
    }
    Ok(Some((name, parked(tx, org, actor, project, None, wanted).await?)))
}
