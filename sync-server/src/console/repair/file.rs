//! A picture of a request, for whoever may read the request.

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

/// The picture of this number, from 1.
pub(super) async fn photo(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    let number: usize = number.parse().map_err(|_| Refusal::NotFound)?;
    let photo = number.checked_sub(1).and_then(|at| found.row.repair.photos.get(at));
    let id = *photo.ok_or(Refusal::NotFound)?;
    bytes(&app, BlobKey { org: visitor.member.org, id }).await
}
