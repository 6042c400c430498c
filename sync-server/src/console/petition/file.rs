//! Serves a paper of a petition to people who may read it.

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
use firebee_domain::id::ContentId;

/// The bytes. Missing and forbidden are both 404.
pub(super) async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((project, petition, file)): Path<(String, String, String)>,
) -> Result<Response, Refusal> {
    let file: ContentId = file.parse().map_err(|_| Refusal::NotFound)?;
    let found = find(&app, &visitor, (&project, &petition)).await?;
    if !found.row.petition.files.contains(&file) {
        return Err(Refusal::NotFound);
    }
    bytes(&app, BlobKey { org: visitor.member.org, id: file }).await
}
