//! What the form does that deletes a plan.

use super::{
    change::{Typed, refused},
    show::find,
};
use crate::{
    console::{posted::Posted, refused::Refusal},
    office::{
        Refused,
        plan::{Delete, delete as run},
    },
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

/// Deletes the plan and leads to its project.
pub(super) async fn delete(
    State(app): State<App>,
    Path((project, plan)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let wanted = Delete {
        project: project.parse().map_err(|_| Refusal::NotFound)?,
        plan: plan.parse().map_err(|_| Refusal::NotFound)?,
    };
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{project}?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let found = find(&app, &visitor, &plan).await?;
            refused(&app, &visitor, &found, &Typed::default(), error.code(), &error.values())
        }
    }
}
