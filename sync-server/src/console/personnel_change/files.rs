//! Serves the scan and the archive of an application to those who may read it. Nobody unpacks the archive here.

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
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    let file: ContentId = file.parse().map_err(|_| Refusal::NotFound)?;
    if !found.row.change.files().any(|named| named == file) {
        return Err(Refusal::NotFound);
    }
    bytes(&app, BlobKey { org: found.org, id: file }).await
}
