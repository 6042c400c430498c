//! What the forms of a facility do.

use super::{Typed, made};
use crate::{
    console::{part::Alert, posted::Posted, refused::Refusal, visitor::Visitor},
    office::{
        Refused, Rule,
        project::{EnterDesign, KeepPositions, enter_design, keep_positions},
    },
    state::App,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use firebee_domain::{
    history::PositionsError,
    id::{Hash, RequestId},
    project::DesignValue,
};

type Place = Path<(String, String)>;

/// Puts the list in the place of the one before.
pub(super) async fn positions(
    State(app): State<App>,
    Path((project, facility)): Place,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let list = fields.text("list").to_owned();
    let id = project.parse().map_err(|_| Refusal::NotFound)?;
    let made_from: Hash = fields.parsed("made_from")?;
    let wanted = KeepPositions { project: id, facility: facility.clone(), made_from, list: list.clone() };
    let done = keep_positions(&app.store, visitor.act(request), wanted).await;
    // What was typed is shown beside the list as it is now, and the next form is made from that.
    let stale = matches!(done, Err(Refused::Rule(PositionsError::Changed))).then_some(made_from);
    let typed = Typed { list: Some(list), made_from: stale, ..Typed::default() };
    answered(&app, &visitor, (&project, &facility), request, typed, done).await
}

/// Enters a value of the design.
pub(super) async fn design(
    State(app): State<App>,
    Path((project, facility)): Place,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let text = |name: &str| fields.text(name).to_owned();
    let typed = Typed {
        field: text("field"),
        value: text("value"),
        source: text("source"),
        date: text("date"),
        ..Typed::default()
    };
    let (item_id, field) = typed.field.split_once('|').unwrap_or_default();
    let date = match typed.date.as_str() {
        "" => None,
        day => Some(day.parse().map_err(|_| Refusal::FormExpired)?),
    };
    let value = DesignValue {
        item_id: item_id.to_owned(),
        field: field.to_owned(),
        value: typed.value.clone(),
        source: typed.source.clone(),
        date,
    };
    let wanted = EnterDesign { project: project.parse().map_err(|_| Refusal::NotFound)?, value };
    let done = enter_design(&app.store, visitor.act(request), wanted).await;
    answered(&app, &visitor, (&project, &facility), request, typed, done).await
}

async fn answered<R: Rule>(
    app: &App,
    visitor: &Visitor,
    (project, facility): (&str, &str),
    request: RequestId,
    typed: Typed,
    done: Result<(), Refused<R>>,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => {
            Ok(Redirect::to(&format!("/projects/{project}/facilities/{facility}?done={request}")).into_response())
        }
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let page = made(app, visitor, (project, facility), typed, Some(alert)).await?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
