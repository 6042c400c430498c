//! What the form does that ends a project.

use super::answer::answer;
use crate::{
    console::{posted::Posted, refused::Refusal},
    office::project::{Terminate, terminate as run},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};

/// Ends the project and leads back to it.
pub(super) async fn terminate(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let reason = fields.text("reason").to_owned();
    let wanted = Terminate { project: id.parse().map_err(|_| Refusal::NotFound)?, reason: reason.clone() };
    let done = run(&app.store, visitor.act(request), wanted).await;
    answer((&app, &visitor), (&id, request), done, reason).await
}
