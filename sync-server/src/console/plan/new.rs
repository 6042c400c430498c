//! The form that makes a plan, and its handler.

use crate::{
    console::{
        form::{Answer, Field, Form, Wrong, again},
        frame::Frame,
        page,
        posted::Posted,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::plan::{Create, create as make},
    query::{self, access::to_project, project::ProjectRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use firebee_domain::{account::Action, catalogue::Nature, id::ProjectId, project::Project, time::Month};
use firebee_protocol::text::{say, when, word};

/// The most months that the form offers.
const MONTHS_MAX: usize = 120;

#[derive(Template)]
#[template(path = "plan/new.html")]
struct NewPage {
    f: Frame,
    project_id: ProjectId,
    project: String,
    form: Form,
}

/// The page with its form.
pub(super) async fn new(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let row = project(&app, &visitor, &id).await?;
    let form = form(&visitor, &row)?;
    page(&made(&app, &visitor, &row, form))
}

async fn project(app: &App, visitor: &Visitor, id: &str) -> Result<ProjectRow, Refusal> {
    let id: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let actions = [Action::ReadProject, Action::CreatePlan];
        if to_project(tx, org, &actor, &actions, id).await?.is_none() {
            return Ok(None);
        }
        query::project::project(tx, org, id).await
    };
    let found: Result<_, StoreError> = app.store.read("read_plan_form", read).await;
    found?.ok_or(Refusal::NotFound)
}

fn made(app: &App, visitor: &Visitor, row: &ProjectRow, form: Form) -> NewPage {
    NewPage {
        f: Frame::new(app, visitor, say(visitor.language, T::PlanNew), &project::PAGE),
        project_id: row.project.id,
        project: row.project.name.clone(),
        form,
    }
}

fn form(visitor: &Visitor, row: &ProjectRow) -> Result<Form, Refusal> {
    let language = visitor.language;
    let natures = row.project.practice().natures;
    let usual = natures.first().copied().unwrap_or(Nature::Month);
    let nature = |nature: &Nature| Answer::word(<&str>::from(nature), word::nature(language, *nature));
    let month = |month: Month| Answer::word(month.to_string(), when::month(language, month));
    let now = Month::of(visitor.now.china_day()).map(|month| month.to_string());
    let form = Form::new(visitor, format!("/projects/{}/plans", row.project.id), T::PlanCreate)?;
    Ok(form
        .with(
            Field::radio("nature", say(language, T::PlanNature), natures.iter().map(nature)).value(<&str>::from(usual)),
        )
        .with(
            Field::select("month", say(language, T::PlanMonth), months(&row.project).into_iter().map(month))
                .values(now),
        ))
}

/// the months of the project.
fn months(project: &Project) -> Vec<Month> {
    let Some((first, last)) = project.first_due_month().zip(project.last_due_month()) else { return Vec::new() };
    let all = std::iter::successors(Some(first), |month| Some(month.next()));
    all.take_while(|month| *month <= last).take(MONTHS_MAX).collect()
}

/// Leads to the form.
pub(super) async fn to_form(uri: Uri) -> Redirect {
    Redirect::to(&format!("{}/new", uri.path()))
}

/// Makes the plan.
pub(super) async fn create(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let wanted = Create {
        project: id.parse().map_err(|_| Refusal::NotFound)?,
        nature: fields.parsed("nature")?,
        month: fields.parsed("month")?,
    };
    match make(&app.store, &app.clock, visitor.act(request), wanted).await {
        Ok(plan) => Ok(Redirect::to(&format!("/plans/{plan}?done={request}")).into_response()),
        Err(refused) => {
            let wrong = Wrong::of(visitor.language, refused)?;
            let row = project(&app, &visitor, &id).await?;
            let form = form(&visitor, &row)?.filled(&fields).refused(wrong);
            again(&made(&app, &visitor, &row, form))
        }
    }
}
