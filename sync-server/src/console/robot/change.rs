//! What the forms do that switch a robot off or on.

use super::list::{form, made};
use crate::{
    console::{form::again, list::Asked, part::Alert, posted::Posted, refused::Refusal},
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
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(error) => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            again(&made(&app, &visitor, &Asked::default(), (form(&visitor)?, Some(alert))).await?)
        }
    }
}
