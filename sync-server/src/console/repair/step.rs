//! What the forms of a request do: the unit closes it or passes it on, the firm takes it up.

use super::show::{Step, find, made};
use crate::{
    console::{
        form::{Form, Wrong, again},
        posted::{Fields, Posted},
        refused::Refusal,
        visitor::Visitor,
    },
    office::{
        Refused,
        repair::{Close, PassOn, TakeUp, close as run_close, pass_on as run_pass_on, take_up as run_take_up},
    },
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{
    id::{RepairId, RequestId},
    repair::RepairError,
};
use firebee_protocol::catalogue::Pack;

/// Closes it.
pub(super) async fn close(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let repair: RepairId = id.parse().map_err(|_| Refusal::NotFound)?;
    let wanted = Close { repair, words: fields.text("words").to_owned() };
    match run_close(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(done(repair, request)),
        Err(error) => refused(&app, &visitor, (&id, fields), error, Step::Close).await,
    }
}

/// Passes it on.
pub(super) async fn pass_on(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let repair: RepairId = id.parse().map_err(|_| Refusal::NotFound)?;
    match run_pass_on(&app.store, visitor.act(request), PassOn { repair }).await {
        Ok(()) => Ok(done(repair, request)),
        Err(error) => refused(&app, &visitor, (&id, fields), error, Step::PassOn).await,
    }
}

/// Takes it up, and leads to the fault that it becomes.
pub(super) async fn take_up(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let repair: RepairId = id.parse().map_err(|_| Refusal::NotFound)?;
    let wanted = TakeUp { repair, item: fields.text("item").to_owned(), pack: Pack::embedded().id };
    match run_take_up(&app.store, visitor.act(request), wanted).await {
        Ok(fault) => Ok(Redirect::to(&format!("/faults/{fault}?done={request}")).into_response()),
        Err(error) => refused(&app, &visitor, (&id, fields), error, Step::TakeUp).await,
    }
}

fn done(repair: RepairId, request: RequestId) -> Response {
    Redirect::to(&format!("/repairs/{repair}?done={request}")).into_response()
}

/// The page again, with what was typed. Where the form is open no more, the page says how the request stands.
async fn refused(
    app: &App,
    visitor: &Visitor,
    (id, fields): (&str, Fields),
    error: Refused<RepairError>,
    step: Step,
) -> Result<Response, Refusal> {
    let wrong = Wrong::of(visitor.language, error)?;
    let found = find(app, visitor, id).await?;
    let refused = |form: Form| form.filled(&fields).refused(wrong.clone());
    again(&made(app, visitor, &found, Some((step, &refused)))?)
}
