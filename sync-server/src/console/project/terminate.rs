//! What the form does that ends a project.

use super::show::{made, read};
use crate::{
    console::{part::Alert, posted::Posted, refused::Refusal},
    office::{
        Refused,
        project::{Terminate, terminate as run},
    },
    state::App,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
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
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{id}?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let found = read(&app, &visitor, &id).await?;
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let page = made(&app, &visitor, &found, reason, Some(alert))?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
