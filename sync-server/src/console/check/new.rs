//! The form that records what was found.

use crate::{
    console::{
        form::{Answer, Field, Form, FormPage, Wrong, again},
        frame::Frame,
        list::Asked,
        page,
        posted::{Posted, PostedFiles},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::oversight::{Record, record as run},
    query::{self, access::to_project, petition::filed},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::oversight::outcome,
};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{ProjectId, ReportId, TaskId},
    oversight::{CheckOutcome, FoundOnSite},
    text::TEXT_MAX,
};
use strum::VariantArray as _;

/// What the form is made of.
struct Found {
    id: ProjectId,
    name: String,
    reports: Vec<(ReportId, String)>,
    /// The task that is looked at, with its name.
    task: Option<(TaskId, String)>,
}

/// The page.
pub(super) async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path(project): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &project, asked.get("task")).await?;
    let form = form(&visitor, &found)?;
    page(&made(&app, &visitor, &found, form))
}

async fn find(app: &App, visitor: &Visitor, id: &str, task: &str) -> Result<Found, Refusal> {
    let id: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    let task: Option<TaskId> = task.parse().ok();
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        if to_project(tx, org, &actor, &[Action::RecordCheck], id).await?.is_none() {
            return Ok(None);
        }
        let Some(site) = query::project::project(tx, org, id).await? else { return Ok(None) };
        let task = match task {
            Some(task) => query::task::documents(tx, org, &[task]).await?.pop(),
            None => None,
        };
        let task = task.map(|held| held.task).filter(|task| task.project == id).map(|task| (task.id, task.name));
        Ok(Some(Found { id, name: site.project.name, reports: filed(tx, org, id).await?, task }))
    };
    let found: Result<_, StoreError> = app.store.read("read_new_check", read).await;
    found?.ok_or(Refusal::NotFound)
}

fn form(visitor: &Visitor, found: &Found) -> Result<Form, Refusal> {
    let reader = visitor.reader();
    let t = |text| reader.t(text);
    let form = Form::new(visitor, format!("/projects/{}/checks/new", found.id), T::CheckSave)?;
    let form = match &found.task {
        Some((task, _)) => form.carrying("task", task.to_string()),
        None => {
            let none = Answer::word("", t(T::CheckSiteAlone));
            let reports = found.reports.iter().map(|(id, name)| Answer::data(id.to_string(), name.clone()));
            form.with(Field::select("report", t(T::CheckReport), std::iter::once(none).chain(reports)).optional())
        }
    };
    let outcomes = CheckOutcome::VARIANTS.iter();
    let outcomes = outcomes.map(|each| Answer::word(<&str>::from(each), outcome(reader, *each).word));
    Ok(form
        .with(Field::date("day", t(T::CheckDay)).value(visitor.now.china_day().to_string()))
        .with(Field::radio("outcome", t(T::CheckOutcome), outcomes))
        .with(Field::area("findings", t(T::CheckFindings), TEXT_MAX).optional().hint(t(T::CheckFindingsHint)))
        .with(Field::files(t(T::CheckFiles), true, "image/*,application/pdf")))
}

fn made(app: &App, visitor: &Visitor, found: &Found, form: Form) -> FormPage {
    let reader = visitor.reader();
    FormPage {
        f: Frame::new(app, visitor, reader.t(T::CheckNew), &project::PAGE),
        back: (format!("/projects/{}", found.id), found.name.clone()),
        data: true,
        lead: match &found.task {
            Some((_, name)) => format!("{} {name}", reader.t(T::CheckOfTask)),
            None => reader.t(T::CheckNewLead),
        },
        form,
    }
}

/// Records it and leads to the record.
pub(super) async fn record(
    State(app): State<App>,
    Path(project): Path<String>,
    posted: PostedFiles,
) -> Result<Response, Refusal> {
    let PostedFiles { posted: Posted { visitor, request, fields }, files } = posted;
    let found = find(&app, &visitor, &project, fields.text("task")).await?;
    let refused = |wrong: Wrong| {
        let form = form(&visitor, &found)?.filled(&fields).refused(wrong);
        again(&made(&app, &visitor, &found, form))
    };
    let files = match files {
        Ok(files) => files,
        Err(error) => return refused(Wrong::at("file", visitor.language, error.code(), &error.values())),
    };
    let Ok(day) = fields.text("day").parse() else {
        return refused(Wrong::at("day", visitor.language, Code::FieldMalformed, &[]));
    };
    let wanted = FoundOnSite {
        report: fields.text("report").parse().ok(),
        task: found.task.as_ref().map(|(task, _)| *task),
        day,
        outcome: fields.parsed("outcome")?,
        findings: fields.text("findings").to_owned(),
        files,
    };
    match run(&app.store, visitor.act(request), Record { project: found.id, found: wanted }).await {
        Ok(id) => Ok(Redirect::to(&format!("/projects/{project}/checks/{id}?done={request}")).into_response()),
        Err(error) => refused(Wrong::of(visitor.language, error)?),
    }
}
