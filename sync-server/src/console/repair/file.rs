//! A picture of a request, for whoever may read the request.

use super::show::find;
use crate::{
    blobs::BlobKey,
    console::{
        bytes::{bytes, shown},
        refused::Refusal,
        visitor::Visitor,
    },
    state::App,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};

/// The browser keeps the bytes, which never change, and asks each time whether it may show them.
const KEPT: &str = "private, no-cache";

/// The picture of this number, from 1.
pub(super) async fn photo(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    bytes(&app, key(&app, &visitor, (&id, &number)).await?).await
}

/// The same, small: what a page shows. One that cannot be made smaller is shown as it is.
pub(super) async fn small(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let key = key(&app, &visitor, (&id, &number)).await?;
    let tag = format!("\"{}-small\"", key.id);
    let kept = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, KEPT.to_owned())];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|held| held.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    match app.printer.small(key).await {
        Some(small) => Ok((kept, shown(small)?).into_response()),
        None => bytes(&app, key).await,
    }
}

/// A picture of a request that the visitor may read.
async fn key(app: &App, visitor: &Visitor, (id, number): (&str, &str)) -> Result<BlobKey, Refusal> {
    let found = find(app, visitor, id).await?;
    let number: usize = number.parse().map_err(|_| Refusal::NotFound)?;
    let photo = number.checked_sub(1).and_then(|at| found.row.repair.photos.get(at));
    let id = *photo.ok_or(Refusal::NotFound)?;
    Ok(BlobKey { org: visitor.member.org, id })
}
