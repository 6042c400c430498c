//! What the forms of a batch do: apply it, take it back, throw it away.

use super::show::{find, made};
use crate::{
    console::{form::again, page, part::Alert, posted::Posted, refused::Refusal, visitor::Visitor},
    office::{
        Refused,
        import::{self, ImportError},
    },
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::id::RequestId;

/// Applies the batch, or its good rows. The page that answers shows the first passwords of new accounts, once.
pub(super) async fn apply(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let batch = batch(&id)?;
    let good_only = fields.text("good_only") == "yes";
    match import::apply(&app.office, visitor.act(request), batch, good_only).await {
        Ok(applied) if applied.made.is_empty() => Ok(back(&id)),
        Ok(applied) => {
            let found = find(&app, &visitor, &id).await?;
            page(&made(&app, &visitor, found, (applied.made, None)).await?)
        }
        Err(error) => told(&app, &visitor, &id, error).await,
    }
}

/// Takes the batch back.
pub(super) async fn undo(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    match import::undo(&app.office, visitor.act(request), batch(&id)?).await {
        Ok(()) => Ok(back(&id)),
        Err(error) => told(&app, &visitor, &id, error).await,
    }
}

/// Throws the batch away.
pub(super) async fn discard(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    match import::discard(&app.store, visitor.act(request), batch(&id)?).await {
        Ok(()) => Ok(back(&id)),
        Err(error) => told(&app, &visitor, &id, error).await,
    }
}

fn batch(id: &str) -> Result<RequestId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

fn back(id: &str) -> Response {
    Redirect::to(&format!("/imports/{id}")).into_response()
}

async fn told(app: &App, visitor: &Visitor, id: &str, error: Refused<ImportError>) -> Result<Response, Refusal> {
    match error {
        Refused::NotFound => Err(Refusal::NotFound),
        Refused::Store(error) => Err(error.into()),
        error => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let found = find(app, visitor, id).await?;
            again(&made(app, visitor, found, (Vec::new(), Some(alert))).await?)
        }
    }
}
