//! Serves a file of a request to people who may read the project's plans.

use super::show::find;
use crate::{
    blobs::BlobKey,
    console::{bytes::bytes, refused::Refusal, visitor::Visitor},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::id::{ContentId, RequestId};

/// The bytes. Missing and forbidden are both 404.
pub(super) async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((project, pause, file)): Path<(String, String, String)>,
) -> Result<Response, Refusal> {
    let file: ContentId = file.parse().map_err(|_| Refusal::NotFound)?;
    let pause: RequestId = pause.parse().map_err(|_| Refusal::NotFound)?;
    let found = find(&app, &visitor, &project).await?;
    let named = found.asked.iter().any(|row| row.id == pause && row.request.files.contains(&file));
    if !named {
        return Err(Refusal::NotFound);
    }
    bytes(&app, BlobKey { org: visitor.member.org, id: file }).await
}
