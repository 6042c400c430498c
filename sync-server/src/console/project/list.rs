//! The projects, by name.

use crate::{
    console::{frame::Frame, page, refused::Refusal, visitor::Visitor},
    query,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::project::{ProjectLine, line},
};
use askama::Template;
use axum::{extract::State, response::Response};
use firebee_protocol::text::say;

#[derive(Template)]
#[template(path = "project/list.html")]
struct ProjectsPage {
    f: Frame,
    rows: Vec<ProjectLine>,
}

/// The list.
pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let actor = visitor.member.actor.clone();
    let found: Result<_, StoreError> =
        app.store.read("list_projects", async move |tx: &mut Tx| query::project::projects(tx, &actor).await).await;
    let rows = found?.iter().map(|row| line(visitor.reader(), row)).collect();
    page(&ProjectsPage { f: Frame::new(&app, &visitor, say(visitor.language, T::ProjectList), &super::PAGE), rows })
}
