//! One request with the form by which the fire service decides it.

use super::show::find;
use crate::{
    console::{
        form::{Answer, Field, Form, Wrong, again},
        frame::Frame,
        page,
        part::Alert,
        posted::Posted,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::pause::{Decide, decide as run},
    state::App,
    text::Text as T,
    view::pause::{PauseLine, line, outcome},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{
    account::Action,
    id::{ContentId, RequestId},
    ruling::Outcome,
    suspension::PauseState,
    text::TEXT_MAX,
};
use strum::VariantArray as _;

#[derive(Template)]
#[template(path = "pause/one.html")]
struct OnePage {
    f: Frame,
    v: PauseLine,
    files: Vec<(ContentId, usize)>,
    alerts: Vec<Alert>,
    decide: Option<Form>,
}

/// The page.
pub(super) async fn one(
    State(app): State<App>,
    visitor: Visitor,
    Path((project, pause)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    page(&made(&app, &visitor, (&project, &pause), |form| form).await?)
}

/// Decides and leads back to the request.
pub(super) async fn decide(
    State(app): State<App>,
    Path((project, pause)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let wanted = Decide {
        project: project.parse().map_err(|_| Refusal::NotFound)?,
        pause: pause.parse().map_err(|_| Refusal::NotFound)?,
        decision: fields.parsed("decision")?,
        reason: fields.text("reason").to_owned(),
    };
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{project}/pauses/{pause}?done={request}")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let redo = |form: Form| form.filled(&fields).refused(wrong);
            again(&made(&app, &visitor, (&project, &pause), redo).await?)
        }
    }
}

async fn made(
    app: &App,
    visitor: &Visitor,
    (project, pause): (&str, &str),
    redo: impl FnOnce(Form) -> Form,
) -> Result<OnePage, Refusal> {
    let id: RequestId = pause.parse().map_err(|_| Refusal::NotFound)?;
    let found = find(app, visitor, project).await?;
    let row = found.asked.iter().find(|row| row.id == id).ok_or(Refusal::NotFound)?;
    let may = visitor.may(Action::DecidePause, &found.subject);
    let form = redo(form(visitor, (project, pause))?);
    let waits = row.request.state == PauseState::Pending;
    let (decide, alerts) = if may && waits { (Some(form), Vec::new()) } else { (None, form.into_alerts()) };
    let reader = visitor.reader();
    Ok(OnePage {
        f: Frame::new(app, visitor, reader.t(T::PauseOne), &project::PAGE),
        v: line(reader, row),
        files: row.request.files.iter().copied().zip(1..).collect(),
        alerts,
        decide,
    })
}

fn form(visitor: &Visitor, (project, pause): (&str, &str)) -> Result<Form, Refusal> {
    let reader = visitor.reader();
    let answers = Outcome::VARIANTS.iter().map(|each| Answer::word(<&str>::from(each), outcome(reader, *each).word));
    let reason = Field::area("reason", reader.t(T::PauseOpinion), TEXT_MAX).optional();
    Ok(Form::new(visitor, format!("/projects/{project}/pauses/{pause}"), T::PauseDecide)?
        .with(Field::radio("decision", reader.t(T::PauseDecision), answers))
        .with(reason.hint(reader.t(T::PauseOpinionHint))))
}
