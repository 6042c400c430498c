//! The form that makes a plan, and its handler.

use crate::{
    console::{
        frame::Frame,
        page,
        part::{Alert, Choice, Hidden},
        posted::Posted,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::{
        Refused,
        plan::{Create, create as make},
    },
    query::{self, access::to_project, project::ProjectRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
    response::{Html, IntoResponse, Redirect, Response},
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
    alert: Option<Alert>,
    hidden: Hidden,
    natures: Vec<Choice>,
    months: Vec<Choice>,
}

/// What is chosen in the form.
#[derive(Clone, Copy)]
struct Chosen {
    nature: Nature,
    month: Option<Month>,
}

/// The form.
pub(super) async fn new(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let row = project(&app, &visitor, &id).await?;
    let nature = row.project.practice().natures.first().copied().unwrap_or(Nature::Month);
    let chosen = Chosen { nature, month: Month::of(visitor.now.china_day()) };
    page(&form(&app, &visitor, &row, chosen, None)?)
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

fn form(
    app: &App,
    visitor: &Visitor,
    row: &ProjectRow,
    chosen: Chosen,
    alert: Option<Alert>,
) -> Result<NewPage, Refusal> {
    let language = visitor.language;
    let natures = row.project.practice().natures;
    let nature = |nature: &Nature| Choice {
        value: <&str>::from(nature).to_owned(),
        word: word::nature(language, *nature),
        chosen: *nature == chosen.nature,
    };
    let month = |month: Month| Choice {
        value: month.to_string(),
        word: when::month(language, month),
        chosen: Some(month) == chosen.month,
    };
    Ok(NewPage {
        f: Frame::new(app, visitor, say(language, T::PlanNew), &project::PAGE),
        project_id: row.project.id,
        project: row.project.name.clone(),
        alert,
        hidden: visitor.hidden()?,
        natures: natures.iter().map(nature).collect(),
        months: months(&row.project).into_iter().map(month).collect(),
    })
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
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(refused) => {
            let row = project(&app, &visitor, &id).await?;
            let alert = Alert::new(visitor.language, refused.code(), &refused.values());
            let chosen = Chosen { nature: wanted.nature, month: Some(wanted.month) };
            let page = form(&app, &visitor, &row, chosen, Some(alert))?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
