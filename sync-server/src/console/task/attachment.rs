//! Serves a file of a decision, a handling or a dispatch to people who may read the task.

use crate::{
    blobs::BlobKey,
    console::{bytes::bytes, refused::Refusal, visitor::Visitor},
    query::{self, access::to_task, blob::readable, whole::attached},
    state::App,
    store::{StoreError, Tx},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::Action,
    id::{ContentId, TaskId},
};

/// The bytes. Missing, not verified and forbidden are all 404.
pub(super) async fn attachment(
    State(app): State<App>,
    visitor: Visitor,
    Path((task, file)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let task: TaskId = task.parse().map_err(|_| Refusal::NotFound)?;
    let file: ContentId = file.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, task, file).await;
    let found: Result<_, StoreError> = app.store.read("read_attachment", read).await;
    bytes(&app, found?.ok_or(Refusal::NotFound)?).await
}

async fn find(tx: &mut Tx, visitor: &Visitor, task: TaskId, file: ContentId) -> Result<Option<BlobKey>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    if to_task(tx, org, actor, Action::ReadTask, task).await?.is_none() {
        return Ok(None);
    }
    let Some(document) = query::task::document(tx, org, task).await? else { return Ok(None) };
    let faults = query::fault::of_tasks(tx, org, &[task]).await?.remove(&task).unwrap_or_default();
    let dispatches = query::dispatch::of_task(tx, org, task).await?;
    if !attached(&document, &faults, &dispatches).contains(&file) {
        return Ok(None);
    }
    let key = BlobKey { org, id: file };
    // Who names bytes that another author brought before has no licence to show them by that.
    Ok(readable(tx, actor, key).await?.map(|_| key))
}
