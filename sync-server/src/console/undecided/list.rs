//! The groups that wait for a decision.

use crate::{
    console::{
        frame::Frame,
        home,
        list::{Asked, Cell, Column, Facet, List, Shown},
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        access::named,
        member::names,
        undecided::{Filter, groups},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::undecided::{UndecidedLine, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};

static UNDECIDED: List<UndecidedLine> = List {
    href: "/undecided",
    file: "undecided",
    none: T::UndecidedNone,
    usual: ("received", true),
    filters: &["project"],
    month: None,
    columns: &[
        Column {
            title: T::TaskName,
            sort: None,
            cell: |row| Cell::Link {
                href: format!("/undecided/{}/{}", row.store, row.task),
                name: row.task_name.clone(),
            },
        },
        Column { title: T::UndecidedWaits, sort: None, cell: |row| Cell::Words(row.facts.clone()) },
        Column { title: T::UndecidedBecause, sort: None, cell: |row| Cell::Words(row.why.clone()) },
        Column { title: T::UndecidedArrived, sort: None, cell: |row| Cell::Words(row.files.clone()) },
        Column { title: T::PartExecutor, sort: Some("author"), cell: |row| Cell::Data(row.author.clone()) },
        Column { title: T::DeviceName, sort: None, cell: |row| Cell::Data(row.device.clone()) },
        Column { title: T::PartProject, sort: Some("project"), cell: |row| Cell::Data(row.project_name.clone()) },
        Column {
            title: T::UndecidedReceived,
            sort: Some("received"),
            cell: |row| Cell::When(Some(row.received.clone())),
        },
        Column { title: T::DeviceFreed, sort: None, cell: |row| Cell::Words(row.freed.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "undecided/list.html")]
struct UndecidedPage {
    f: Frame,
    list: Shown,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let project = asked.get("project").parse().ok();
    let filter = Filter { project, of: None, wanted: UNDECIDED.wanted(&asked) };
    let read = async move |tx: &mut Tx| {
        let Some(project) = named(tx, org, &actor, project).await? else { return Ok(None) };
        Ok(Some((groups(tx, org, &actor, &filter).await?, names(tx, org).await?, project)))
    };
    let found: Result<_, StoreError> = app.store.read("list_undecided", read).await;
    let (page, names, project) = found?.ok_or(Refusal::NotFound)?;
    let facets = Facet::only("project", T::ListProject, &asked, project).into_iter().collect();
    let page = page.map(|row| line(visitor.reader(), &row, &names));
    let head = (T::UndecidedTitle, &home::PAGE);
    UNDECIDED.answer((&app, &visitor, &asked), head, (page, facets), |f, list| UndecidedPage { f, list }).await
}
