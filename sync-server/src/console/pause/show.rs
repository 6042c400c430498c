//! The requests of a project, and the form that asks for a month.

use crate::{
    console::{
        form::{Answer, Field, Form},
        frame::Frame,
        page,
        part::Alert,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        access::to_project,
        pause::{PauseRow, of_project},
        project::ProjectRow,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::pause::{RulingLine, ruling},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject},
    id::{ContentId, ProjectId, RequestId},
    plan::PlanSlot,
    project::may_pause,
    suspension::{PauseRequest, PauseState},
    text::TEXT_MAX,
    time::Month,
};
use firebee_protocol::text::{Chip, When, when::month};

/// The most months that the form offers.
const MONTHS_MAX: usize = 120;

/// A request as the page shows it.
struct Row {
    id: RequestId,
    month: String,
    state: Chip,
    asked: Option<When>,
    reason: String,
    files: Vec<(ContentId, usize)>,
    /// What the fire service decided.
    ruling: Option<RulingLine>,
    /// The form that takes it back.
    withdraw: Option<Form>,
}

#[derive(Template)]
#[template(path = "pause/pause.html")]
pub(super) struct PausePage {
    f: Frame,
    project: ProjectId,
    name: String,
    alerts: Vec<Alert>,
    rows: Vec<Row>,
    /// The form that asks.
    form: Option<Form>,
}

/// The data of the page.
pub(super) struct Found {
    pub(super) subject: Subject,
    row: ProjectRow,
    plans: Vec<PlanSlot>,
    pub(super) asked: Vec<PauseRow>,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    let form = form(&visitor, &found)?;
    page(&made(&app, &visitor, found, (form, None))?)
}

/// The requests of a project; permission is asked here.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Found, Refusal> {
    let id: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let actions = [Action::ReadProject, Action::ReadPlan];
        let Some(subject) = to_project(tx, org, &actor, &actions, id).await? else { return Ok(None) };
        let Some(row) = query::project::project(tx, org, id).await? else { return Ok(None) };
        let (plans, asked) = (query::plan::slots(tx, org, id).await?, of_project(tx, org, id).await?);
        Ok(Some(Found { subject, row, plans, asked }))
    };
    let found: Result<_, StoreError> = app.store.read("read_pauses", read).await;
    found?.ok_or(Refusal::NotFound)
}

/// The form that asks for a month that can be asked for.
pub(super) fn form(visitor: &Visitor, found: &Found) -> Result<Form, Refusal> {
    let (reader, project) = (visitor.reader(), &found.row.project);
    let requests: Vec<PauseRequest> = found.asked.iter().map(|row| row.request.clone()).collect();
    let period = project.first_due_month().zip(project.last_due_month());
    let months = period.into_iter().flat_map(|(first, last)| {
        let all = std::iter::successors(Some(first), |month: &Month| Some(month.next()));
        all.take_while(move |month| *month <= last).take(MONTHS_MAX)
    });
    let free = months.filter(|month| may_pause(project, (&requests, &found.plans), *month).is_ok());
    let answers = free.map(|held| Answer::word(held.to_string(), month(reader.language, held)));
    let now = Month::of(visitor.now.china_day()).map(|month| month.to_string());
    Ok(Form::new(visitor, format!("/projects/{}/pauses", project.id), T::PauseAskButton)?
        .with(Field::select("month", reader.t(T::PauseMonth), answers).hint(reader.t(T::PauseMonthHint)).values(now))
        .with(Field::area("reason", reader.t(T::PauseReason), TEXT_MAX))
        .with(Field::files(reader.t(T::ContractFile), true, "image/*,application/pdf")))
}

/// The page with the form that asks, and why something was refused.
pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    found: Found,
    (form, alert): (Form, Option<Alert>),
) -> Result<PausePage, Refusal> {
    let (reader, project) = (visitor.reader(), &found.row.project);
    let may_ask = visitor.may(Action::RequestPause, &found.subject);
    let line = |row: &PauseRow| {
        let request = &row.request;
        let open = may_ask && request.state == PauseState::Pending;
        Ok::<_, Refusal>(Row {
            id: row.id,
            month: month(reader.language, request.month),
            state: Chip::pause(reader.language, request.state),
            asked: request.asked.map(|(_, at)| reader.when(at)),
            reason: request.reason.clone(),
            files: request.files.iter().copied().zip(1..).collect(),
            ruling: request.ruling.as_ref().map(|held| ruling(reader, held)),
            withdraw: open.then(|| withdrawing(visitor, project.id, row.id)).transpose()?,
        })
    };
    let offered = may_ask && project.termination.is_none() && !project.practice().one_plan_only;
    let (form, alerts) = if offered { (Some(form), Vec::new()) } else { (None, form.into_alerts()) };
    Ok(PausePage {
        f: Frame::new(app, visitor, reader.t(T::PauseTitle), &project::PAGE),
        project: project.id,
        name: project.name.clone(),
        alerts: alert.into_iter().chain(alerts).collect(),
        rows: found.asked.iter().map(line).collect::<Result<_, _>>()?,
        form,
    })
}

/// taking back is confirmed by a tick.
fn withdrawing(visitor: &Visitor, project: ProjectId, pause: RequestId) -> Result<Form, Refusal> {
    let reader = visitor.reader();
    let confirm = Field::tick(format!("sure-{pause}"), reader.t(T::PauseWithdrawSure)).required();
    let action = format!("/projects/{project}/pauses/{pause}/withdraw");
    Ok(Form::new(visitor, action, T::PauseWithdraw)?.with(confirm))
}
