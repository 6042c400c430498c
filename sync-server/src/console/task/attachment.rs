//! Serves a file of a decision, a handling or a dispatch to people who may read the task.

use super::show::attached;
use crate::{
    blobs::{BlobKey, served},
    console::{refused::Refusal, visitor::Visitor},
    query::{self, access::to_task, blob::readable},
    state::App,
    store::{StoreError, Tx},
};
use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use firebee_domain::{
    account::Action,
    id::{ContentId, TaskId},
};

/// The bytes. Missing, not verified and forbidden are all 404. No browser keeps them.
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
    let bytes = app.blobs.read(found?.ok_or(Refusal::NotFound)?).await.ok_or(Refusal::NotFound)?;
    let found = served(&bytes);
    let disposition = if found.inline { "inline" } else { "attachment" };
    let disposition = format!("{disposition}; filename=\"{}\"", found.file_name);
    let headers = [
        (header::CONTENT_TYPE, found.media_type),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let mut response = bytes.into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let disposition = HeaderValue::try_from(disposition).map_err(|_| Refusal::Page)?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
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
