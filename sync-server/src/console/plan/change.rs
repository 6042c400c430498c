//! What the forms of a plan do: issue items and take them back, date them, leave some out, take them in again.

use super::show::{Found, find, made};
use crate::{
    console::{
        part::Alert,
        posted::{Fields, Posted},
        refused::Refusal,
        visitor::Visitor,
    },
    office::{
        Refused,
        plan::{self, Ignore, IgnoreError, Issue, Recall, Schedule},
    },
    state::App,
    view::project::missing_words,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{AccountId, PlanItemId, RequestId},
};
use firebee_protocol::text::Arg;

/// The chosen and typed values, so that a refusal loses none of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) facilities: Vec<String>,
    pub(super) items: Vec<PlanItemId>,
    pub(super) executor: Option<AccountId>,
    pub(super) reason: String,
    pub(super) day: String,
    pub(super) place: String,
    /// The refused form, whose box stays open.
    pub(super) form: Form,
}

/// The forms of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// Issues items, takes them back, or takes them in again. This form has no box.
    #[default]
    Plain,
    /// Leaves items out.
    Ignore,
    /// Dates items that are not issued.
    Schedule,
    /// Dates items that are issued.
    Reschedule,
}

impl Typed {
    fn read(fields: &Fields, form: Form) -> Result<Self, Refusal> {
        let item = |text: &str| text.parse().map_err(|_| Refusal::FormExpired);
        Ok(Self {
            facilities: fields.all("facility").map(str::to_owned).collect(),
            items: fields.all("item").map(item).collect::<Result<_, _>>()?,
            executor: fields.text("executor").parse().ok(),
            reason: fields.text("reason").to_owned(),
            day: fields.text("day").to_owned(),
            place: fields.text("place").to_owned(),
            form,
        })
    }
}

/// The page again, with what was typed and why it was refused.
pub(super) fn refused(
    app: &App,
    visitor: &Visitor,
    found: &Found,
    typed: &Typed,
    code: Code,
    values: &[(&str, Arg<'_>)],
) -> Result<Response, Refusal> {
    let alert = Alert::new(visitor.language, code, values);
    let page = made(app, visitor, found, typed, Some(alert))?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

/// Issues the chosen items to the chosen executor.
pub(super) async fn issue(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let found = find(&app, &visitor, &id).await?;
    if !visitor.may(Action::IssuePlan, &found.subject) {
        return Err(Refusal::NotFound);
    }
    let typed = Typed::read(&fields, Form::Plain)?;
    let Some(executor) = typed.executor else {
        return refused(&app, &visitor, &found, &typed, Code::ExecutorRequired, &[]);
    };
    let wanted =
        Issue { plan: found.row.plan.id, items: typed.items.clone(), facilities: typed.facilities.clone(), executor };
    match plan::issue(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/plans/{id}?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let missing = match &error {
                Refused::Rule(firebee_domain::plan::IssueError::ProjectIncomplete(lacks)) => {
                    missing_words(visitor.language, &lacks.missing)
                }
                _ => String::new(),
            };
            refused(&app, &visitor, &found, &typed, error.code(), &[("missing", Arg::from(missing))])
        }
    }
}

/// Leaves the chosen items out.
pub(super) async fn ignore(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let found = find(&app, &visitor, &id).await?;
    let typed = Typed::read(&fields, Form::Ignore)?;
    let wanted = Ignore {
        plan: found.row.plan.id,
        items: typed.items.clone(),
        facilities: typed.facilities.clone(),
        reason: typed.reason.clone(),
    };
    let done = plan::ignore(&app.store, visitor.act(request), wanted).await;
    answer(&app, &visitor, &found, &typed, (request, done))
}

/// Takes the chosen items in again.
pub(super) async fn restore(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let found = find(&app, &visitor, &id).await?;
    let typed = Typed::read(&fields, Form::Plain)?;
    let wanted = Ignore {
        plan: found.row.plan.id,
        items: typed.items.clone(),
        facilities: typed.facilities.clone(),
        reason: String::new(),
    };
    let done = plan::restore(&app.store, visitor.act(request), wanted).await;
    answer(&app, &visitor, &found, &typed, (request, done))
}

/// Takes the chosen items back.
pub(super) async fn recall(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let found = find(&app, &visitor, &id).await?;
    let typed = Typed::read(&fields, Form::Plain)?;
    let wanted = Recall { plan: found.row.plan.id, items: typed.items.clone() };
    match plan::recall(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/plans/{id}?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => refused(&app, &visitor, &found, &typed, error.code(), &error.values()),
    }
}

/// Sets the day and the place of the chosen items.
pub(super) async fn schedule(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let found = find(&app, &visitor, &id).await?;
    let form = if fields.text("issued").is_empty() { Form::Schedule } else { Form::Reschedule };
    let typed = Typed::read(&fields, form)?;
    let planned_for = match typed.day.as_str() {
        "" => None,
        day => Some(day.parse().map_err(|_| Refusal::FormExpired)?),
    };
    let wanted = Schedule {
        plan: found.row.plan.id,
        items: typed.items.clone(),
        facilities: typed.facilities.clone(),
        planned_for,
        position: typed.place.clone(),
    };
    match plan::schedule(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/plans/{id}?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => refused(&app, &visitor, &found, &typed, error.code(), &error.values()),
    }
}

fn answer(
    app: &App,
    visitor: &Visitor,
    found: &Found,
    typed: &Typed,
    (request, done): (RequestId, Result<(), Refused<IgnoreError>>),
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/plans/{}?done={request}", found.row.plan.id)).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => refused(app, visitor, found, typed, error.code(), &error.values()),
    }
}
