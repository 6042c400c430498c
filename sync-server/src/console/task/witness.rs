//! Serves the signature of the owner's witness to people who may see selfies.

use super::photo::picture;
use crate::{
    blobs::BlobKey,
    console::{refused::Refusal, visitor::Visitor},
    query::{self, access::to_task},
    state::App,
    store::{StoreError, Tx},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use firebee_domain::{
    account::Action,
    id::{FactId, TaskId},
};
use std::collections::HashSet;

/// The bytes. Missing, not verified and forbidden are all 404.
pub(super) async fn witness(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((task, fact)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let task: TaskId = task.parse().map_err(|_| Refusal::NotFound)?;
    let fact: FactId = fact.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, task, fact).await;
    let found: Result<_, StoreError> = app.store.read("read_signature", read).await;
    picture(&app, &headers, found?.ok_or(Refusal::NotFound)?).await
}

async fn find(tx: &mut Tx, visitor: &Visitor, task: TaskId, fact: FactId) -> Result<Option<BlobKey>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(subject) = to_task(tx, org, actor, Action::ReadTask, task).await? else { return Ok(None) };
    let Some(document) = query::task::document(tx, org, task).await? else { return Ok(None) };
    let Some(witness) = document.task.witness.filter(|held| held.fact == fact) else { return Ok(None) };
    if !visitor.may(Action::ReadSelfie, &subject) {
        return Ok(None);
    }
    let id = witness.signed.signature;
    let verified = query::evidence::verified(tx, org, &HashSet::from([id])).await?;
    Ok(verified.contains(&id).then_some(BlobKey { org, id }))
}
