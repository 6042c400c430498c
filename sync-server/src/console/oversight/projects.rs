//! The projects in the jurisdiction, with their firms and units.

use super::is_for;
use crate::{
    console::{frame::Frame, page, refused::Refusal, visitor::Visitor},
    query::oversight::{Site, sites},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{extract::State, response::Response};
use firebee_domain::id::ProjectId;
use firebee_protocol::text::Chip;

/// The most projects of the page; it says how many there are.
const ROWS_MAX: usize = 1_000;

struct Line {
    id: ProjectId,
    name: String,
    firm: String,
    unit: String,
    address: String,
    state: Chip,
}

#[derive(Template)]
#[template(path = "oversight/projects.html")]
struct ProjectsPage {
    f: Frame,
    count: usize,
    rows: Vec<Line>,
}

/// The page.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let actor = visitor.member.actor.clone();
    let found: Result<_, StoreError> =
        app.store.read("read_overseen", async move |tx: &mut Tx| sites(tx, &actor).await).await;
    let (sites, reader) = (found?, visitor.reader());
    let line = |site: &Site| Line {
        id: site.project.id,
        name: site.project.name.clone(),
        firm: site.firm.1.clone(),
        unit: site.unit.1.clone(),
        address: site.project.address.clone(),
        state: Chip::project(reader.language, site.project.status(visitor.now.china_day())),
    };
    page(&ProjectsPage {
        f: Frame::new(&app, &visitor, reader.t(T::OversightProjects), &super::PAGE),
        count: sites.len(),
        rows: sites.iter().take(ROWS_MAX).map(line).collect(),
    })
}
