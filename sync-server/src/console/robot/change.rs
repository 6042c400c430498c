//! What the forms do that switch a robot off or on.

use crate::{
    console::{posted::Posted, refused::Refusal},
    office::{
        Refused,
        robot::{Robots, change as run},
    },
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};

/// Changes it.
pub(super) async fn change(
    State(app): State<App>,
    Path((robot, decision)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let robot = robot.parse().map_err(|_| Refusal::NotFound)?;
    let decision = decision.parse().map_err(|_| Refusal::NotFound)?;
    match run(&app.store, visitor.act(request), Robots { robot, decision }).await {
        Ok(()) => Ok(Redirect::to(&format!("/robots?done={request}")).into_response()),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(_) => Err(Refusal::NotFound),
    }
}
