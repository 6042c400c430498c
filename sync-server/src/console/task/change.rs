//! What the forms of a task do: decide the review, handle a fault.

use super::show::{find, made};
use crate::{
    console::{part::Alert, posted::Posted, refused::Refusal, visitor::Visitor},
    office::{
        Refused, Rule,
        fault::{Handle, handle},
        review::{Decide, decide},
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
    fault::Way,
    id::{FaultId, TaskId},
};

/// The typed values, so that a refusal can show them again.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) decision: String,
    pub(super) opinion: String,
    pub(super) fault: Option<TypedFault>,
}

/// What was typed into the form of a fault.
#[derive(Clone, Debug)]
pub(super) struct TypedFault {
    pub(super) fault: FaultId,
    pub(super) way: Way,
    pub(super) explanation: String,
}

async fn refused(
    app: &App,
    visitor: &Visitor,
    id: &str,
    typed: &Typed,
    why: &Refused<impl Rule>,
) -> Result<Response, Refusal> {
    // Loads the task again, because somebody else may have changed it meanwhile.
    let found = find(app, visitor, id).await?;
    let alert = Alert::new(visitor.language, why.code(), &why.values());
    let page = made(app, visitor, &found, typed, Some(alert))?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

/// Approves or rejects.
pub(super) async fn review(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let task: TaskId = id.parse().map_err(|_| Refusal::NotFound)?;
    let typed = Typed { decision: fields.text("decision").into(), opinion: fields.text("opinion").into(), fault: None };
    let wanted = Decide {
        task,
        round: fields.parsed("round")?,
        manifest_hash: fields.parsed("manifest")?,
        decision: fields.parsed("decision")?,
        opinion: typed.opinion.clone(),
    };
    match decide(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/tasks/{id}?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => refused(&app, &visitor, &id, &typed, &error).await,
    }
}

/// Handles a fault.
pub(super) async fn fault(
    State(app): State<App>,
    Path((id, fault)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let task: TaskId = id.parse().map_err(|_| Refusal::NotFound)?;
    let fault: FaultId = fault.parse().map_err(|_| Refusal::NotFound)?;
    let way: Way = fields.parsed("way")?;
    let explanation = fields.text("explanation").to_owned();
    let wanted = Handle { task, fault, round: fields.parsed("round")?, way, explanation: explanation.clone() };
    match handle(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/tasks/{id}?done={request}#faults")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let typed = Typed { fault: Some(TypedFault { fault, way, explanation }), ..Typed::default() };
            refused(&app, &visitor, &id, &typed, &error).await
        }
    }
}
