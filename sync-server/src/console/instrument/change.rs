//! What the forms of the instruments do: keep one, take one off the list.

use super::{edits, made};
use crate::{
    console::{
        list::Asked,
        part::Alert,
        posted::{Fields, Posted},
        refused::Refusal,
        visitor::Visitor,
    },
    office::{
        Refused, Rule,
        instrument::{Keep, Retire, keep as run_keep, retire as run_retire},
    },
    state::App,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use firebee_domain::{code::Code, id::RequestId, instrument::Instrument};

/// What was typed into a form that was refused.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) number: String,
    pub(super) kind: String,
    pub(super) calibrated: String,
    pub(super) valid_to: String,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self { number: text("number"), kind: text("kind"), calibrated: text("calibrated"), valid_to: text("valid_to") }
    }

    /// The instrument, where both days are days.
    fn instrument(&self) -> Option<Instrument> {
        let (calibrated, valid_to) = (self.calibrated.parse().ok()?, self.valid_to.parse().ok()?);
        Some(Instrument { number: self.number.clone(), kind: self.kind.clone(), calibrated, valid_to })
    }
}

/// Keeps an instrument.
pub(super) async fn keep(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    if !edits(&visitor) {
        return Err(Refusal::NotFound);
    }
    let typed = Typed::of(&fields);
    let Some(instrument) = typed.instrument() else {
        let alert = Alert::new(visitor.language, Code::FieldMalformed, &[]);
        return again(&app, &visitor, typed, alert).await;
    };
    let done = run_keep(&app.store, visitor.act(request), Keep { instrument }).await;
    answer(&app, &visitor, request, typed, done).await
}

/// Takes an instrument off the list.
pub(super) async fn retire(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let wanted = Retire { number: fields.text("number").to_owned() };
    let done = run_retire(&app.store, visitor.act(request), wanted).await;
    answer(&app, &visitor, request, Typed::default(), done).await
}

async fn answer<R: Rule>(
    app: &App,
    visitor: &Visitor,
    request: RequestId,
    typed: Typed,
    done: Result<(), Refused<R>>,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/instruments?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            again(app, visitor, typed, alert).await
        }
    }
}

/// The page again, with what was typed.
async fn again(app: &App, visitor: &Visitor, typed: Typed, alert: Alert) -> Result<Response, Refusal> {
    let page = made(app, visitor, &Asked::default(), typed, Some(alert)).await?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}
