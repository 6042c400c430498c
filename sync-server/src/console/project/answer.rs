//! What a form of a project's page answers: the page again, with what was done or why it was not.

use super::show::{made, read};
use crate::{
    console::{part::Alert, refused::Refusal, visitor::Visitor},
    office::{Refused, Rule},
    state::App,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use firebee_domain::id::RequestId;

/// The answer to a form of project `id`. `reason` is what was typed.
pub(super) async fn answer<E: Rule>(
    (app, visitor): (&App, &Visitor),
    (id, request): (&str, RequestId),
    done: Result<(), Refused<E>>,
    reason: String,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{id}?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let found = read(app, visitor, id).await?;
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let page = made(app, visitor, &found, reason, Some(alert))?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
