//! What a plan tests, and how far it is, as its owner sees it.

use crate::{
    console::{frame::Frame, home, page, refused::Refusal, visitor::Visitor},
    query::{self, access::to_plan, plan::PlanRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::plan::{Content, content},
};
use askama::Template;
use axum::response::Response;
use firebee_domain::{
    account::Action,
    catalogue::Catalogue,
    id::{PlanId, ProjectId},
};
use firebee_protocol::text::Chip;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "portal/plan.html")]
struct OwnPlanPage {
    f: Frame,
    project: (ProjectId, String),
    state: Chip,
    /// How many items are done, and how many are not.
    counts: (u32, u32),
    content: Vec<Content>,
}

/// The page.
pub(in crate::console) async fn plan(app: &App, visitor: &Visitor, id: &str) -> Result<Response, Refusal> {
    let id: PlanId = id.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| {
        let (org, actor) = (asking.member.org, &asking.member.actor);
        if to_plan(tx, org, actor, &[Action::ReadPlan], id).await?.is_none() {
            return Ok(None);
        }
        let Some(row) = query::plan::plan(tx, org, id).await? else { return Ok(None) };
        let Some(site) = query::project::project(tx, org, row.plan.project).await? else { return Ok(None) };
        Ok(Some((query::catalogue::pack(tx, row.plan.catalogue).await?, row, site.project.name)))
    };
    let found: Result<Option<(Arc<Catalogue>, PlanRow, String)>, StoreError> =
        app.store.read("read_own_plan", read).await;
    let (catalogue, row, project) = found?.ok_or(Refusal::NotFound)?;
    let progress = row.progress();
    page(&OwnPlanPage {
        f: Frame::new(app, visitor, row.name.clone(), &home::PAGE),
        project: (row.plan.project, project),
        state: Chip::plan(visitor.language, progress.status),
        counts: (progress.completed, progress.not_completed),
        content: content(visitor.reader(), &row.plan, &catalogue),
    })
}
