//! The form that generates the report of a plan, with everything that stands in the way, and its handler.

use crate::{
    blobs::BlobKey,
    console::{
        frame::Frame,
        page,
        part::{Alert, Choice, Hidden},
        posted::{Fields, Posted, PostedFiles},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::{
        Refused, Rule as _,
        report::{Generate, Ground, generate as run, ground},
    },
    query,
    report::Composer,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    upload::AttachError,
    view::report::conclusion,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use firebee_domain::{
    catalogue::Catalogue,
    code::Code,
    id::{ContentId, DispatchId, PlanId, ReportId, TaskId},
    report::{self, CODE_LENGTH_MAX, Chosen, Conclusion, Obstacle, upload::UPLOAD_PAGES_MAX},
    task::{Task, TaskState},
};
use firebee_protocol::document::DispatchDocument;
use firebee_protocol::text::{Arg, Chip, problem_text, say, say_with, when::date, word};
use std::sync::Arc;
use strum::VariantArray as _;

/// A task or a dispatch that can be ticked.
struct Tick {
    id: String,
    name: String,
    /// What it is for, where it lies outside the plan.
    kind: String,
    /// When it was handed in.
    submitted: String,
    ticked: bool,
    /// Why it cannot be ticked; empty when it can.
    held: String,
}

#[derive(Template)]
#[template(path = "report/new.html")]
struct NewPage {
    f: Frame,
    plan: PlanId,
    plan_name: String,
    alert: Option<Alert>,
    /// What stands in the way, each with its code.
    obstacles: Vec<Alert>,
    /// The report that the plan has.
    report: Option<ReportId>,
    tasks: Vec<Tick>,
    /// The dispatches; they stand in the report only when ticked.
    dispatches: Vec<Tick>,
    typed: Typed,
    /// The conclusions that can be chosen; none where the kind has none.
    conclusions: Vec<Choice>,
    /// The code that a revision will have.
    revision: Option<String>,
    /// Whether a file is asked for.
    is_uploaded: bool,
    /// The first and the last day that the report can have.
    days: (NaiveDate, NaiveDate),
    hidden: Hidden,
}

impl NewPage {
    /// What is said of a revision instead of asking for its code.
    fn revises(&self, code: &str) -> String {
        say_with(self.f.language, T::ReportRevision, &[("code", Arg::from(code.to_owned()))])
    }
}

/// What was typed, or is proposed.
struct Typed {
    report_date: String,
    from: String,
    to: String,
    code: String,
    /// `None` before anything was typed: then the tasks of the plan are ticked.
    tasks: Option<Vec<TaskId>>,
    dispatches: Vec<DispatchId>,
    /// The file that the form has brought; the last one, where several came.
    upload: Option<ContentId>,
    conclusion: Option<Conclusion>,
}

impl Typed {
    fn of(fields: &Fields, upload: Option<ContentId>) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self {
            upload,
            conclusion: fields.text("conclusion").parse().ok(),
            report_date: text("report_date"),
            from: text("from"),
            to: text("to"),
            code: text("code"),
            tasks: Some(fields.all("task").filter_map(|id| id.parse().ok()).collect()),
            dispatches: fields.all("dispatch").filter_map(|id| id.parse().ok()).collect(),
        }
    }

    /// What the form proposes: today, the days on which the tasks were handed in, the next code.
    fn proposed(ground: &Ground, today: NaiveDate) -> Self {
        let plan = &ground.plan.plan;
        let day = today.min(plan.deadline());
        let handed = ground.tasks.iter().filter(|task| task.kind.is_planned());
        let days = handed.filter_map(|task| Some(task.last_submission()?.at.latest().china_day()));
        let days: Vec<NaiveDate> = days.filter(|held| *held <= day).collect();
        let from = days.iter().min().copied().unwrap_or(day);
        let to = days.iter().max().copied().unwrap_or(day);
        Self {
            report_date: day.to_string(),
            from: from.to_string(),
            to: to.to_string(),
            code: ground.proposed_code(day),
            tasks: None,
            dispatches: Vec::new(),
            upload: None,
            conclusion: None,
        }
    }

    fn chosen(&self, plan: PlanId) -> Option<Chosen> {
        Some(Chosen {
            plan,
            tasks: self.tasks.clone().unwrap_or_default(),
            dispatches: self.dispatches.clone(),
            report_date: self.report_date.parse().ok()?,
            service: (self.from.parse().ok()?, self.to.parse().ok()?),
            upload: self.upload,
            conclusion: self.conclusion,
        })
    }
}

/// The form.
pub(super) async fn new(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (ground, catalogue) = find(&app, &visitor, &id, None).await?;
    let today = visitor.now.china_day();
    let obstacles = ground.obstacles(None, today);
    page(&form(&app, &visitor, (&ground, &catalogue), Typed::proposed(&ground, today), (None, &obstacles))?)
}

async fn find(
    app: &App,
    visitor: &Visitor,
    id: &str,
    upload: Option<ContentId>,
) -> Result<(Ground, Arc<Catalogue>), Refusal> {
    let id: PlanId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let Some(ground) = ground(tx, org, &actor, (id, upload)).await? else { return Ok(None) };
        let catalogue = query::catalogue::pack(tx, ground.plan.plan.catalogue).await?;
        Ok(Some((ground, catalogue)))
    };
    let found: Result<_, StoreError> = app.store.read("read_report_form", read).await;
    found?.ok_or(Refusal::NotFound)
}

fn form(
    app: &App,
    visitor: &Visitor,
    (ground, catalogue): (&Ground, &Catalogue),
    typed: Typed,
    (alert, obstacles): (Option<Alert>, &[Obstacle]),
) -> Result<NewPage, Refusal> {
    let plan = &ground.plan.plan;
    Ok(NewPage {
        f: Frame::new(app, visitor, say(visitor.language, T::ReportNew), &project::PAGE),
        plan: plan.id,
        plan_name: ground.plan.name.clone(),
        alert,
        obstacles: obstacles.iter().map(|obstacle| told(visitor, catalogue, obstacle)).collect(),
        report: ground.report,
        tasks: ground.tasks.iter().map(|task| tick(visitor, ground, task, typed.tasks.as_deref())).collect(),
        dispatches: sent(visitor, ground, &typed.dispatches),
        conclusions: if ground.kind().has_conclusion() { conclusions(visitor, typed.conclusion) } else { Vec::new() },
        revision: ground.voided.first().map(|first| report::revised(first, ground.voided.len())),
        is_uploaded: ground.form() == report::Form::Uploaded,
        days: (plan.first_day(), plan.deadline().min(visitor.now.china_day())),
        typed,
        hidden: visitor.hidden()?,
    })
}

fn conclusions(visitor: &Visitor, chosen: Option<Conclusion>) -> Vec<Choice> {
    let choice = |held: &Conclusion| Choice {
        value: <&str>::from(*held).to_owned(),
        word: say(visitor.language, conclusion(*held)),
        chosen: chosen == Some(*held),
    };
    Conclusion::VARIANTS.iter().map(choice).collect()
}

/// An obstacle in words; a facility by its name.
fn told(visitor: &Visitor, catalogue: &Catalogue, obstacle: &Obstacle) -> Alert {
    let named = match obstacle {
        Obstacle::FacilityNotCovered { facility } => {
            let known = catalogue.facility(facility).map(|held| held.facility.name.clone());
            Obstacle::FacilityNotCovered { facility: known.unwrap_or_else(|| facility.clone()) }
        }
        other => other.clone(),
    };
    Alert { sentence: problem_text(named.code(), &named.values(), visitor.language), code: named.code() }
}

fn tick(visitor: &Visitor, ground: &Ground, task: &Task, ticked: Option<&[TaskId]>) -> Tick {
    let language = visitor.language;
    let held = if ground.reported.contains(&task.id) {
        say(language, T::ReportTaskReported)
    } else if task.state == TaskState::Approved {
        String::new()
    } else {
        Chip::task(language, task.state).word
    };
    let submitted = task.last_submission().map(|held| date(language, held.at.latest().china_day()));
    Tick {
        id: task.id.to_string(),
        name: task.name.clone(),
        kind: if task.kind.is_planned() { String::new() } else { word::task(language, task.kind) },
        submitted: submitted.unwrap_or_default(),
        ticked: held.is_empty() && ticked.map_or_else(|| task.kind.is_planned(), |ticked| ticked.contains(&task.id)),
        held,
    }
}

/// The dispatches that can be ticked.
fn sent(visitor: &Visitor, ground: &Ground, ticked: &[DispatchId]) -> Vec<Tick> {
    let language = visitor.language;
    let tick = |held: &DispatchDocument| {
        let dispatch = &held.dispatch;
        let made = dispatch.log.first().map(|line| date(language, line.at.latest().china_day()));
        Tick {
            id: dispatch.id.to_string(),
            name: dispatch.item_name.clone(),
            kind: word::dispatch(language, dispatch.kind),
            submitted: format!("{} · {}", Chip::dispatch(language, dispatch.state).word, made.unwrap_or_default()),
            ticked: ticked.contains(&dispatch.id),
            held: String::new(),
        }
    };
    ground.dispatches(visitor.now.china_day()).into_iter().map(tick).collect()
}

/// Generates the report.
pub(super) async fn generate(
    State(app): State<App>,
    Path(id): Path<String>,
    PostedFiles { posted, files }: PostedFiles,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let plan: PlanId = id.parse().map_err(|_| Refusal::NotFound)?;
    let typed = Typed::of(&fields, fields.brought()?.last().copied());
    if let Err(error) = files {
        let alert = Alert::new(visitor.language, of_file(&error), &error.values());
        return again(&app, &visitor, &id, typed, Some(alert)).await;
    }
    let Some(chosen) = typed.chosen(plan) else {
        let alert = Alert::new(visitor.language, Code::FieldMalformed, &[]);
        return again(&app, &visitor, &id, typed, Some(alert)).await;
    };
    if let Some(file) = chosen.upload
        && !can_be_bound(&app, &visitor, file).await?
    {
        let most = [("pages", Arg::from(UPLOAD_PAGES_MAX))];
        let alert = Alert::new(visitor.language, Code::PdfUnreadable, &most);
        return again(&app, &visitor, &id, Typed { upload: None, ..typed }, Some(alert)).await;
    }
    let (parts, by) = ((&app.store, &app.blobs), (visitor.member.org, &visitor.member.actor));
    let composer = Composer::of(parts, by, &chosen.tasks, app.config.public_address("/v/")).await?;
    let wanted = Generate { chosen, code: typed.code.clone() };
    match run(&app.store, &app.clock, visitor.act(request), wanted, composer).await {
        Ok(report) => {
            app.printer.print(visitor.member.org, report);
            Ok(Redirect::to(&format!("/reports/{report}?done={request}")).into_response())
        }
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(refused) => {
            let alert = Alert::new(visitor.language, refused.code(), &refused.values());
            again(&app, &visitor, &id, typed, Some(alert)).await
        }
    }
}

/// A file that is neither a picture nor a PDF is no PDF.
fn of_file(error: &AttachError) -> Code {
    match error {
        AttachError::FormatUnsupported => Code::PdfRequired,
        error => error.code(),
    }
}

/// Whether a PDF that this visitor brought can be read by the program that prints reports. Without the program every file
/// is taken: a printing that fails is tried again.
async fn can_be_bound(app: &App, visitor: &Visitor, file: ContentId) -> Result<bool, Refusal> {
    let (org, account) = (visitor.member.org, visitor.member.actor.account);
    let read = async move |tx: &mut Tx| query::report::brought(tx, org, (account, file)).await;
    let found: Result<_, StoreError> = app.store.read("read_upload", read).await;
    let is_pdf = found?.is_some_and(|found| found.is_pdf);
    Ok(!is_pdf || app.printer.reads(BlobKey { org, id: file }, UPLOAD_PAGES_MAX).await)
}

/// The page again, with what was typed, and everything that stands in the way of it.
async fn again(
    app: &App,
    visitor: &Visitor,
    id: &str,
    typed: Typed,
    alert: Option<Alert>,
) -> Result<Response, Refusal> {
    let (ground, catalogue) = find(app, visitor, id, typed.upload).await?;
    let chosen = typed.chosen(ground.plan.plan.id);
    let mut obstacles = ground.obstacles(chosen.as_ref(), visitor.now.china_day());
    // The alert says the first of them, with names that the command does not know.
    let said = alert.as_ref().map(|alert| alert.code);
    let first = obstacles.iter().position(|obstacle| Some(obstacle.code()) == said).map(|at| obstacles.remove(at));
    let alert = first.map(|first| told(visitor, &catalogue, &first)).or(alert);
    let page = form(app, visitor, (&ground, &catalogue), typed, (alert, &obstacles))?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}
