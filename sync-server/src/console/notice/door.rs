//! What the forms do: the address is opened, renewed or closed.

use crate::{
    console::{posted::Posted, refused::Refusal},
    office::{
        Refused,
        repair_door::{Close, DoorError, Open, close as run_close, open as run_open},
    },
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::id::{ProjectId, RequestId};

/// Opens it, or draws another one.
pub(super) async fn open(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let project: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    answer(project, request, run_open(&app.store, visitor.act(request), Open { project }).await)
}

/// Closes it.
pub(super) async fn close(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let project: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    answer(project, request, run_close(&app.store, visitor.act(request), Close { project }).await)
}

fn answer(project: ProjectId, request: RequestId, done: Result<(), Refused<DoorError>>) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{project}/notice?done={request}")).into_response()),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(Refused::Rule(never)) => match never {},
        Err(_) => Err(Refusal::NotFound),
    }
}
