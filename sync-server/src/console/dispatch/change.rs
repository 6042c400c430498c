//! What the forms of a dispatch do: issue it, name another team lead.

use super::show::{find, made};
use crate::{
    console::{part::Alert, posted::Posted, refused::Refusal, visitor::Visitor},
    office::{
        Refused,
        dispatch::{self, Issue, Reassign},
    },
    state::App,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use firebee_domain::{id::RequestId, task::TaskError};

/// Issues the dispatch and leads back to it.
pub(super) async fn issue(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let of = find(&app, &visitor, &id).await?.document.dispatch;
    let wanted = Issue { task: of.task, dispatch: of.id };
    let done = dispatch::issue(&app.store, visitor.act(request), wanted).await;
    answer(&app, &visitor, &id, request, done).await
}

/// Names another team lead and leads back.
pub(super) async fn reassign(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let of = find(&app, &visitor, &id).await?.document.dispatch;
    let wanted = Reassign { task: of.task, dispatch: of.id, team_lead: fields.parsed("team_lead")? };
    let done = dispatch::reassign(&app.store, visitor.act(request), wanted).await;
    answer(&app, &visitor, &id, request, done).await
}

async fn answer(
    app: &App,
    visitor: &Visitor,
    id: &str,
    request: RequestId,
    done: Result<(), Refused<TaskError>>,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/dispatches/{id}?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let found = find(app, visitor, id).await?;
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let page = made(app, visitor, &found, Some(alert))?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
