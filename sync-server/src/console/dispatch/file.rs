//! Serves a file of a dispatch to people who may read the dispatch: its team lead need not know the task.

use crate::{
    blobs::BlobKey,
    console::{bytes::bytes, refused::Refusal, visitor::Visitor},
    query::{self, access::to_dispatch, blob::readable},
    state::App,
    store::{StoreError, Tx},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::id::{ContentId, DispatchId};

/// The bytes. Missing, not verified and forbidden are all 404.
pub(super) async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((dispatch, file)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let dispatch: DispatchId = dispatch.parse().map_err(|_| Refusal::NotFound)?;
    let file: ContentId = file.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, dispatch, file).await;
    let found: Result<_, StoreError> = app.store.read("read_dispatch_file", read).await;
    bytes(&app, found?.ok_or(Refusal::NotFound)?).await
}

async fn find(tx: &mut Tx, visitor: &Visitor, id: DispatchId, file: ContentId) -> Result<Option<BlobKey>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    if to_dispatch(tx, org, actor, id).await?.is_none() {
        return Ok(None);
    }
    let Some(document) = query::dispatch::document(tx, org, id).await? else { return Ok(None) };
    if !document.dispatch.files().any(|named| named == file) {
        return Ok(None);
    }
    let key = BlobKey { org, id: file };
    // Who names bytes that another author brought before has no licence to show them by that.
    Ok(readable(tx, actor, key).await?.map(|_| key))
}
