//! The parked facts: received and not counted, each with its reason in words.

use super::{
    frame::Frame,
    home,
    list::{Asked, Cell, Column, Facet, List, Narrowed, Paging, Search, Views},
    page,
    pages::Page,
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    query::{
        access::named,
        page::{self as rows, Wanted},
        parked::{Of, ParkedRow, ParkedSort, parked},
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
use firebee_domain::id::ProjectId;
use firebee_protocol::text::say;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page { routes: || Router::new().route("/parked", get(list)), entry: None, done: &[] };

/// The page shows each fact as a card, because a reason has a sentence or two.
static PARKED: List<ParkedLine> = List {
    href: "/parked",
    file: "parked",
    none: T::ParkedNone,
    usual: ("since", true),
    filters: &["project"],
    month: None,
    columns: &[
        Column { title: T::ParkedWhat, sort: None, cell: |row| Cell::Words(row.what.clone()) },
        Column { title: T::ParkedWhy, sort: None, cell: |row| Cell::Words(row.sentence.clone()) },
        Column { title: T::ParkedCode, sort: None, cell: |row| Cell::Words(row.code.to_string()) },
        Column { title: T::ParkedAuthor, sort: Some("author"), cell: |row| Cell::Data(row.author.clone()) },
        Column {
            title: T::PartProject,
            sort: None,
            cell: |row| Cell::Data(row.project.clone().map(|(_, name)| name).unwrap_or_default()),
        },
        Column { title: T::ParkedSince, sort: Some("since"), cell: |row| Cell::When(Some(row.since.clone())) },
    ],
};

#[derive(Template)]
#[template(path = "parked/parked.html")]
struct ParkedPage {
    f: Frame,
    parked: Vec<ParkedLine>,
    views: Views,
    search: Search,
    narrowed: Narrowed,
    paging: Paging,
}

/// The page, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let project: Option<ProjectId> = asked.get("project").parse().ok();
    let (asking, wanted) = (visitor.clone(), PARKED.wanted(&asked));
    let read = async move |tx: &mut Tx| find(tx, &asking, project, &wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_parked", read).await;
    let (name, found) = found?.ok_or(Refusal::NotFound)?;
    let rows = lines(visitor.reader(), &found.rows);
    if asked.is_file() {
        return Ok(PARKED.part(visitor.language, rows::Page { rows, next: found.next }));
    }
    let project: Vec<Facet> = Facet::only("project", T::ListProject, &asked, name).into_iter().collect();
    page(&ParkedPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::ParkedTitle), &home::PAGE),
        views: PARKED.views(&app, &visitor, &asked).await?,
        search: PARKED.search(visitor.language, &asked, &project),
        narrowed: PARKED.narrowed(visitor.language, &asked, &project),
        paging: PARKED.paging(visitor.language, &asked, found.next.as_ref()),
        parked: rows,
    })
}

async fn find(
    tx: &mut Tx,
    visitor: &Visitor,
    project: Option<ProjectId>,
    wanted: &Wanted<ParkedSort>,
) -> Result<Option<(Option<String>, rows::Page<ParkedRow>)>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(name) = named(tx, org, actor, project).await? else { return Ok(None) };
    Ok(Some((name, parked(tx, org, actor, Of { project, task: None }, wanted).await?)))
}
