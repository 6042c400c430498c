//! What the form does that asks for the owner's witness, or asks no more.

use super::show::{made, read};
use crate::{
    console::{part::Alert, posted::Posted, refused::Refusal},
    office::{
        Refused,
        project::{SetWitness, set_witness as run},
    },
    state::App,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
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
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{id}?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let found = read(&app, &visitor, &id).await?;
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let page = made(&app, &visitor, &found, String::new(), Some(alert))?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
