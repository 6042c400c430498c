//! The projects, by name.

use crate::{
    console::{
        frame::Frame,
        list::{Asked, Cell, Column, List, Shown},
        page,
        refused::Refusal,
        visitor::Visitor,
    },
    query::project::projects,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::project::{ProjectLine, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_protocol::text::say;

static PROJECTS: List<ProjectLine> = List {
    href: "/projects",
    file: "projects",
    none: T::ProjectNone,
    usual: ("name", false),
    filters: &[],
    columns: &[
        Column {
            title: T::PartProject,
            sort: Some("name"),
            cell: |project| Cell::Link { href: format!("/projects/{}", project.id), name: project.name.clone() },
        },
        Column { title: T::PartOwner, sort: Some("owner"), cell: |project| Cell::Data(project.owner.clone()) },
        Column { title: T::PartLead, sort: Some("lead"), cell: |project| Cell::Data(project.lead.clone()) },
        Column { title: T::PartState, sort: None, cell: |project| Cell::State(project.state.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "project/list.html")]
struct ProjectsPage {
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
    let wanted = PROJECTS.wanted(&asked);
    let read = async move |tx: &mut Tx| projects(tx, org, &actor, &wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_projects", read).await;
    let found = found?;
    let rows: Vec<ProjectLine> = found.rows.iter().map(|row| line(visitor.reader(), row)).collect();
    if asked.is_file() {
        return PROJECTS.file(visitor.language, &rows);
    }
    let f = Frame::new(&app, &visitor, say(visitor.language, T::ProjectList), &super::PAGE);
    let list = PROJECTS.shown(&f, &asked, Vec::new(), &rows, found.next.as_ref());
    page(&ProjectsPage { f, list })
}
