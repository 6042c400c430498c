//! The form that generates the report of a plan, with everything that stands in the way, and its handler.

use crate::{
    console::{
        frame::Frame,
        page,
        part::{Alert, Hidden},
        posted::{Fields, Posted},
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
    id::{PlanId, ReportId, TaskId},
    report::{CODE_LENGTH_MAX, Chosen, Obstacle, proposed},
    task::{Task, TaskState},
};
use firebee_protocol::text::{Chip, problem_text, say, when::date, word};
use std::sync::Arc;

/// A task that can be ticked.
struct Tick {
    id: TaskId,
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
    typed: Typed,
    /// The first and the last day that the report can have.
    days: (NaiveDate, NaiveDate),
    hidden: Hidden,
}

/// What was typed, or is proposed.
struct Typed {
    report_date: String,
    from: String,
    to: String,
    code: String,
    /// `None` before anything was typed: then the tasks of the plan are ticked.
    tasks: Option<Vec<TaskId>>,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self {
            report_date: text("report_date"),
            from: text("from"),
            to: text("to"),
            code: text("code"),
            tasks: Some(fields.all("task").filter_map(|id| id.parse().ok()).collect()),
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
            code: proposed(day, ground.codes_used),
            tasks: None,
        }
    }

    fn chosen(&self, plan: PlanId) -> Option<Chosen> {
        Some(Chosen {
            plan,
            tasks: self.tasks.clone().unwrap_or_default(),
            report_date: self.report_date.parse().ok()?,
            service: (self.from.parse().ok()?, self.to.parse().ok()?),
        })
    }
}

/// The form.
pub(super) async fn new(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (ground, catalogue) = find(&app, &visitor, &id).await?;
    let today = visitor.now.china_day();
    let obstacles = ground.obstacles(None, today);
    page(&form(&app, &visitor, (&ground, &catalogue), Typed::proposed(&ground, today), (None, &obstacles))?)
}

async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<(Ground, Arc<Catalogue>), Refusal> {
    let id: PlanId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let Some(ground) = ground(tx, org, &actor, id).await? else { return Ok(None) };
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
        days: (plan.first_day(), plan.deadline().min(visitor.now.china_day())),
        typed,
        hidden: visitor.hidden()?,
    })
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
        id: task.id,
        name: task.name.clone(),
        kind: if task.kind.is_planned() { String::new() } else { word::task(language, task.kind) },
        submitted: submitted.unwrap_or_default(),
        ticked: held.is_empty() && ticked.map_or_else(|| task.kind.is_planned(), |ticked| ticked.contains(&task.id)),
        held,
    }
}

/// Generates the report.
pub(super) async fn generate(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let plan: PlanId = id.parse().map_err(|_| Refusal::NotFound)?;
    let typed = Typed::of(&fields);
    let Some(chosen) = typed.chosen(plan) else {
        let alert = Alert::new(visitor.language, Code::FieldMalformed, &[]);
        return again(&app, &visitor, &id, typed, Some(alert)).await;
    };
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

/// The page again, with what was typed, and everything that stands in the way of it.
async fn again(
    app: &App,
    visitor: &Visitor,
    id: &str,
    typed: Typed,
    alert: Option<Alert>,
) -> Result<Response, Refusal> {
    let (ground, catalogue) = find(app, visitor, id).await?;
    let chosen = typed.chosen(ground.plan.plan.id);
    let mut obstacles = ground.obstacles(chosen.as_ref(), visitor.now.china_day());
    // The alert says the first of them, with names that the command does not know.
    let said = alert.as_ref().map(|alert| alert.code);
    let first = obstacles.iter().position(|obstacle| Some(obstacle.code()) == said).map(|at| obstacles.remove(at));
    let alert = first.map(|first| told(visitor, &catalogue, &first)).or(alert);
    let page = form(app, visitor, (&ground, &catalogue), typed, (alert, &obstacles))?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}
