//! One record, and its files.

use crate::{
    blobs::BlobKey,
    console::{bytes::bytes, frame::Frame, page, project, refused::Refusal, visitor::Visitor},
    query::{self, access::to_project, oversight::CheckRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::oversight::{CheckLine, check},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::Action,
    id::{ContentId, ProjectId, RequestId},
};

#[derive(Template)]
#[template(path = "check/show.html")]
struct CheckPage {
    f: Frame,
    v: CheckLine,
    /// The addresses of its files, numbered.
    files: Vec<(String, usize)>,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((project, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let row = find(&app, &visitor, (&project, &id)).await?;
    let files = row.check.found.files.iter().map(|file| format!("/projects/{project}/checks/{id}/files/{file}"));
    page(&CheckPage {
        f: Frame::new(&app, &visitor, visitor.reader().t(T::CheckTitle), &project::PAGE),
        files: files.zip(1..).collect(),
        v: check(visitor.reader(), &row),
    })
}

/// The bytes of a file. Missing and forbidden are both 404.
pub(super) async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((project, id, file)): Path<(String, String, String)>,
) -> Result<Response, Refusal> {
    let file: ContentId = file.parse().map_err(|_| Refusal::NotFound)?;
    let row = find(&app, &visitor, (&project, &id)).await?;
    if !row.check.found.files.contains(&file) {
        return Err(Refusal::NotFound);
    }
    bytes(&app, BlobKey { org: visitor.member.org, id: file }).await
}

/// The record, if the visitor may read its project's plans.
async fn find(app: &App, visitor: &Visitor, (project, id): (&str, &str)) -> Result<CheckRow, Refusal> {
    let project: ProjectId = project.parse().map_err(|_| Refusal::NotFound)?;
    let id: RequestId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let actions = [Action::ReadProject, Action::ReadPlan];
        if to_project(tx, org, &actor, &actions, project).await?.is_none() {
            return Ok(None);
        }
        Ok(query::oversight::check(tx, org, id).await?.filter(|row| row.check.project == project))
    };
    let found: Result<_, StoreError> = app.store.read("read_check", read).await;
    found?.ok_or(Refusal::NotFound)
}
