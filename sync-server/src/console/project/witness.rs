//! What the form does that asks for the owner's witness, or asks no more.

use super::answer::answer;
use crate::{
    console::{posted::Posted, refused::Refusal},
    office::project::{SetWitness, set_witness as run},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};

/// Sets it and leads back to the project.
pub(super) async fn witness(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let project = id.parse().map_err(|_| Refusal::NotFound)?;
    let wanted = SetWitness { project, asked: fields.parsed("asked")? };
    let done = run(&app.store, visitor.act(request), wanted).await;
    answer((&app, &visitor), (&id, request), done, String::new()).await
}
