//! What the forms of a report do: file it, delete it.

use super::show::{Typed, find, made};
use crate::{
    console::{part::Alert, posted::Posted, refused::Refusal, visitor::Visitor},
    office::{
        Refused, Rule,
        report::{Delete, File, delete as run_delete, file as run_file},
    },
    state::App,
};
use askama::Template as _;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use firebee_domain::id::ReportId;

/// Files the report.
pub(super) async fn file(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let report: ReportId = id.parse().map_err(|_| Refusal::NotFound)?;
    let opinion = fields.text("opinion").to_owned();
    let wanted = File { report, opinion: opinion.clone() };
    match run_file(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/reports/{report}?done={request}")).into_response()),
        Err(refused) => again(&app, &visitor, &id, Typed { opinion, ..Typed::default() }, refused).await,
    }
}

/// Deletes the report.
pub(super) async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let report: ReportId = id.parse().map_err(|_| Refusal::NotFound)?;
    match run_delete(&app.store, visitor.act(request), Delete { report }).await {
        Ok(()) => Ok(Redirect::to(&format!("/reports?done={request}")).into_response()),
        Err(refused) => again(&app, &visitor, &id, Typed::default(), refused).await,
    }
}

/// The page again, with what was typed.
pub(super) async fn again<R: Rule>(
    app: &App,
    visitor: &Visitor,
    id: &str,
    typed: Typed,
    refused: Refused<R>,
) -> Result<Response, Refusal> {
    match refused {
        Refused::NotFound => Err(Refusal::NotFound),
        Refused::Store(error) => Err(error.into()),
        refused => {
            let alert = Alert::new(visitor.language, refused.code(), &refused.values());
            let found = find(app, visitor, id).await?;
            let page = made(app, visitor, found, typed, Some(alert))?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
