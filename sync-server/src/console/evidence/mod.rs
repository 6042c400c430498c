//! The evidence of a task or of a report as one archive, for the fire service in charge, the firm's manager and the lead. What the
//! fire service takes is written down as every page that it reads.

use super::{pages::Page, refused::Refusal, visitor::Visitor};
use crate::{
    export::bundle::{Bundle, of_report, of_task, stream},
    state::App,
    store::StoreError,
};
use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::Response,
    routing::get,
};
use firebee_domain::account::{Action, Subject};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new().route("/tasks/{task}/evidence", get(task)).route("/reports/{report}/evidence", get(report))
    },
    entry: None,
    done: &[],
};

/// Whether the visitor takes the evidence of something along.
pub(super) fn takes(visitor: &Visitor, subject: &Subject) -> bool {
    visitor.may(Action::TakeEvidence, subject)
}

async fn task(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let reader = (visitor.member.org, visitor.member.actor.clone());
    answer(&app, &visitor, of_task(&app.store, reader, id).await)
}

async fn report(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let reader = (visitor.member.org, visitor.member.actor.clone());
    answer(&app, &visitor, of_report(&app.store, reader, id).await)
}

fn answer(app: &App, visitor: &Visitor, found: Result<Option<Bundle>, StoreError>) -> Result<Response, Refusal> {
    let bundle = found?.ok_or(Refusal::NotFound)?;
    let disposition = format!("attachment; filename=\"{}.zip\"", bundle.name);
    let body = Body::from_stream(stream((app.store.clone(), app.blobs.clone()), bundle, visitor.now));
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = HeaderValue::try_from(disposition).map_err(|_| Refusal::Page)?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}
