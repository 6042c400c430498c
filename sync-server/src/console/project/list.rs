//! The projects, by name.

use crate::{
    console::{frame::Frame, page, part::Chip, refused::Refusal, visitor::Visitor, words},
    query::{self, project::ProjectRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{extract::State, response::Response};
use firebee_domain::id::ProjectId;
use firebee_protocol::text::say;

struct Line {
    id: ProjectId,
    name: String,
    owner: String,
    lead: String,
    state: Chip,
}

#[derive(Template)]
#[template(path = "project/list.html")]
struct ProjectsPage {
    f: Frame,
    rows: Vec<Line>,
}

/// The list.
pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let actor = visitor.member.actor.clone();
    let found: Result<_, StoreError> =
        app.store.read("list_projects", async move |tx: &mut Tx| query::project::projects(tx, &actor).await).await;
    let line = |row: ProjectRow| Line {
        id: row.project.id,
        state: words::project(visitor.language, row.project.status(visitor.now.china_day())),
        name: row.project.name,
        owner: row.owner_name,
        lead: row.lead_name,
    };
    let rows = found?.into_iter().map(line).collect();
    page(&ProjectsPage { f: Frame::new(&app, &visitor, say(visitor.language, T::ProjectList), &super::PAGE), rows })
}
