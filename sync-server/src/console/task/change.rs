//! What the forms of a task do: decide the review, handle a fault.

use super::{
    record,
    show::{find, made},
};
use crate::{
    console::{
        part::Alert,
        posted::{Fields, Posted, PostedFiles},
        refused::Refusal,
        visitor::Visitor,
    },
    office::{
        Refused,
        fault::{self, Handle, Record, handle},
        review::{Decide, decide},
        task::{self, Delete, HandOverTask, hand_over as run_hand_over},
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
    code::Code,
    dispatch::Order,
    fault::{Particulars, Way},
    id::{AccountId, ContentId, FaultId, RequestId, TaskId},
};
use firebee_protocol::text::named::Values;

/// The typed values, so that a refusal can show them again.
#[derive(Clone, Debug, Default)]
pub(in crate::console) struct Typed {
    pub(super) decision: String,
    pub(super) opinion: String,
    pub(super) fault: Option<TypedFault>,
    /// The fault whose record was completed, and with what.
    pub(super) record: Option<(FaultId, Particulars)>,
    /// To whom it was handed, and why.
    pub(super) hand_over: Option<(AccountId, String)>,
    /// Why the task was to be deleted.
    pub(super) deletion: String,
    /// The files that came with it and are stored; a form that is sent again names them.
    pub(super) files: Vec<ContentId>,
}

/// What was typed into the form of a fault.
#[derive(Clone, Debug)]
pub(super) struct TypedFault {
    pub(super) fault: FaultId,
    pub(super) way: Way,
    pub(super) explanation: String,
    pub(super) order: Option<Order>,
    pub(super) particulars: Particulars,
}

async fn refused(
    app: &App,
    visitor: &Visitor,
    id: &str,
    typed: &Typed,
    (code, values): (Code, Values),
) -> Result<Response, Refusal> {
    // Loads the task again, because somebody else may have changed it meanwhile.
    let found = find(app, visitor, id).await?;
    let alert = Alert::new(visitor.language, code, &values);
    let page = made(app, visitor, &found, typed, Some(alert))?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

/// Leads back to the task. A track that waits for its verdict is judged meanwhile.
fn done(app: &App, visitor: &Visitor, track: Option<TaskId>, page: &str) -> Response {
    app.tracks.judge(visitor.member.org, track.into_iter().collect());
    Redirect::to(page).into_response()
}

/// Deletes the task.
pub(super) async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let reason = fields.text("reason").to_owned();
    let wanted = Delete { task: id.parse().map_err(|_| Refusal::NotFound)?, reason: reason.clone() };
    match task::delete(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(done(&app, &visitor, None, &format!("/tasks/{id}?done={request}"))),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let typed = Typed { deletion: reason, ..Typed::default() };
            refused(&app, &visitor, &id, &typed, (error.code(), error.values())).await
        }
    }
}

/// Approves or rejects.
pub(super) async fn review(
    State(app): State<App>,
    Path(id): Path<String>,
    PostedFiles { posted, files }: PostedFiles,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let task: TaskId = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut typed =
        Typed { decision: fields.text("decision").into(), opinion: fields.text("opinion").into(), ..Typed::default() };
    typed.files = fields.brought()?;
    typed.files = match files {
        Ok(files) => files,
        Err(error) => return refused(&app, &visitor, &id, &typed, (error.code(), error.values())).await,
    };
    let wanted = Decide {
        task,
        round: fields.parsed("round")?,
        manifest_hash: fields.parsed("manifest")?,
        decision: fields.parsed("decision")?,
        opinion: typed.opinion.clone(),
        attachments: typed.files.clone(),
    };
    match decide(&app.store, visitor.act(request), wanted).await {
        Ok(track) => Ok(done(&app, &visitor, track, &format!("/tasks/{id}?done={request}"))),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => refused(&app, &visitor, &id, &typed, (error.code(), error.values())).await,
    }
}

/// Handles a fault.
pub(super) async fn fault(
    State(app): State<App>,
    Path((id, fault)): Path<(String, String)>,
    PostedFiles { posted, files }: PostedFiles,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let task: TaskId = id.parse().map_err(|_| Refusal::NotFound)?;
    let fault: FaultId = fault.parse().map_err(|_| Refusal::NotFound)?;
    let (way, explanation) = (fields.parsed("way")?, fields.text("explanation").to_owned());
    let (particulars, confirmed_now) = record::read(&fields)?;
    // Nobody chosen is a rule of the way, which says so; the plan that was typed is shown again with whoever is chosen.
    let order = fields.text("team_lead").parse().ok();
    let order = order.map(|team_lead| Order { team_lead, plan: fields.text("plan").to_owned() });
    let typed_fault = TypedFault {
        fault,
        way,
        explanation: explanation.clone(),
        order: order.clone(),
        particulars: particulars.clone(),
    };
    let mut typed = Typed { fault: Some(typed_fault), ..Typed::default() };
    typed.files = fields.brought()?;
    typed.files = match files {
        Ok(files) => files,
        Err(error) => return refused(&app, &visitor, &id, &typed, (error.code(), error.values())).await,
    };
    let wanted = Handle {
        task,
        fault,
        round: fields.parsed("round")?,
        way,
        explanation,
        order,
        attachments: typed.files.clone(),
        particulars,
        confirmed_now,
    };
    match handle(&app.store, visitor.act(request), wanted).await {
        Ok(track) => Ok(done(&app, &visitor, track, &back(&id, fault, &fields, request))),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => refused(&app, &visitor, &id, &typed, (error.code(), error.values())).await,
    }
}

/// The page that the form of a fault stands on: the fault's own or its task's.
fn back(task: &str, fault: FaultId, fields: &Fields, request: RequestId) -> String {
    if fields.text("page") == "fault" {
        format!("/faults/{fault}?done={request}")
    } else {
        format!("/tasks/{task}?done={request}#faults")
    }
}

/// Hands the task to somebody else.
pub(super) async fn hand_over(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let task: TaskId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (from, to, reason) = (fields.parsed("from")?, fields.parsed("to")?, fields.text("reason").to_owned());
    let typed = Typed { hand_over: Some((to, reason.clone())), ..Typed::default() };
    match run_hand_over(&app.store, visitor.act(request), HandOverTask { task, from, to, reason }).await {
        Ok(()) => Ok(done(&app, &visitor, None, &format!("/tasks/{id}?done={request}"))),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => refused(&app, &visitor, &id, &typed, (error.code(), error.values())).await,
    }
}

/// Completes the record of a fault.
pub(super) async fn record(
    State(app): State<App>,
    Path((id, fault)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let task: TaskId = id.parse().map_err(|_| Refusal::NotFound)?;
    let fault: FaultId = fault.parse().map_err(|_| Refusal::NotFound)?;
    let (particulars, confirmed_now) = record::read(&fields)?;
    let typed = Typed { record: Some((fault, particulars.clone())), ..Typed::default() };
    let wanted = Record { task, fault, particulars, confirmed_now };
    match fault::record(&app.store, visitor.act(request), wanted).await {
        Ok(track) => Ok(done(&app, &visitor, track, &back(&id, fault, &fields, request))),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => refused(&app, &visitor, &id, &typed, (error.code(), error.values())).await,
    }
}
