//! The pictures and the files of a fault, for whoever may read the fault.

use crate::{
    blobs::BlobKey,
    console::{
        bytes::bytes,
        refused::Refusal,
        task::{Size, picture},
        visitor::Visitor,
    },
    query::{self, access::to_fault, blob::readable_of_fault},
    state::App,
    store::{StoreError, Tx},
    view::task::pictures::action,
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject},
    fault::Fault,
    id::{ContentId, FactId, FaultId},
    task::Task,
};
use std::collections::HashSet;

/// A picture of the fault, small or as a preview. The originals are the firm's evidence.
pub(super) async fn photo(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((fault, photo, size)): Path<(String, String, String)>,
) -> Result<Response, Refusal> {
    let fault: FaultId = fault.parse().map_err(|_| Refusal::NotFound)?;
    let photo: FactId = photo.parse().map_err(|_| Refusal::NotFound)?;
    let size: Size = size.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| shown(tx, &asking, (fault, photo), size).await;
    let found: Result<_, StoreError> = app.store.read("read_fault_photo", read).await;
    picture(&app, &headers, found?.ok_or(Refusal::NotFound)?).await
}

async fn shown(
    tx: &mut Tx,
    visitor: &Visitor,
    (fault, photo): (FaultId, FactId),
    size: Size,
) -> Result<Option<BlobKey>, StoreError> {
    let org = visitor.member.org;
    let Some((subject, fault, task)) = of_fault(tx, visitor, fault).await? else { return Ok(None) };
    let Some(held) = task.photos_of(fault.key).find(|held| held.fact == photo) else { return Ok(None) };
    if size.is_original() || !visitor.may(action(held.taken.role, task.state, false), &subject) {
        return Ok(None);
    }
    let id = size.blob(&held.taken);
    let verified = query::evidence::verified(tx, org, &HashSet::from([id])).await?;
    Ok(verified.contains(&id).then_some(BlobKey { org, id }))
}

/// A fault that the visitor may read, with the task that found it.
async fn of_fault(tx: &mut Tx, visitor: &Visitor, id: FaultId) -> Result<Option<(Subject, Fault, Task)>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(subject) = to_fault(tx, org, actor, &[Action::ReadFault], id).await? else { return Ok(None) };
    let Some(task) = query::fault::task(tx, org, id).await? else { return Ok(None) };
    let faults = query::fault::of_tasks(tx, org, &[task]).await?.remove(&task).unwrap_or_default();
    let Some(fault) = faults.into_iter().find(|fault| fault.id == id) else { return Ok(None) };
    Ok(query::task::document(tx, org, task).await?.map(|document| (subject, fault, document.task)))
}

/// A file of its handling.
pub(super) async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((fault, file)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let fault: FaultId = fault.parse().map_err(|_| Refusal::NotFound)?;
    let file: ContentId = file.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| {
        let Some((_, fault, _)) = of_fault(tx, &asking, fault).await? else { return Ok(None) };
        if !fault.handlings.iter().any(|handling| handling.attachments.contains(&file)) {
            return Ok(None);
        }
        let key = BlobKey { org: asking.member.org, id: file };
        Ok(readable_of_fault(tx, &asking.member.actor, key).await?.map(|_| key))
    };
    let found: Result<_, StoreError> = app.store.read("read_fault_file", read).await;
    bytes(&app, found?.ok_or(Refusal::NotFound)?).await
}
