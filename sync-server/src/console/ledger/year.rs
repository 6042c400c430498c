//! The year's plan of a project: months, quarters and the year in one table, and the form that makes what is missing.

use super::show::href;
use crate::{
    console::{
        form::{Answer, Branch, Field, Form, Wrong, again},
        frame::Frame,
        page,
        posted::Posted,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::plan::{PlanYear, plan_year},
    query::{self, access::to_project, ledger::Worked, project::ProjectRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::ledger::{LedgerSources, Step, line, period},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use firebee_domain::{account::Action, catalogue::Nature, id::ProjectId, suspension::PauseRequest, time::Month};
use firebee_protocol::text::{Arg, say, say_with, word};

/// A month of the year with the steps that begin with it.
struct MonthRow {
    month: String,
    /// What the month, the quarter and the year stand at; a quarter stands in its first month, a year in the first of all.
    steps: Vec<Cell>,
}

/// A step over the months of its period.
struct Cell {
    /// How many rows it covers.
    months: usize,
    href: Option<String>,
    step: Step,
}

#[derive(Template)]
#[template(path = "ledger/year.html")]
struct YearPage {
    f: Frame,
    project: ProjectId,
    name: String,
    before: i32,
    after: i32,
    /// What the columns are called.
    natures: Vec<String>,
    rows: Vec<MonthRow>,
    /// The form that makes what is missing, for those who may.
    form: Option<Form>,
}

struct Found {
    row: ProjectRow,
    plans: Vec<Worked>,
    pauses: Vec<PauseRequest>,
    may_make: bool,
}

async fn find(app: &App, visitor: &Visitor, (id, year): (&str, i32)) -> Result<Found, Refusal> {
    let id: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    if !visitor.member.actor.role.is_staff() {
        return Err(Refusal::NotFound);
    }
    Month::new(year, 1).map_err(|_| Refusal::NotFound)?;
    // Of every year: an inspection has its only plan in any of them.
    let (first, last) = (Month { year: 2000, month: 1 }, Month { year: 2199, month: 12 });
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        if to_project(tx, org, &actor, &[Action::ReadProject, Action::ReadPlan], id).await?.is_none() {
            return Ok(None);
        }
        let Some(row) = query::project::project(tx, org, id).await? else { return Ok(None) };
        let plans = query::ledger::of_projects(tx, org, &[id], (first, last)).await?.remove(&id).unwrap_or_default();
        let pauses = query::plan::pauses(tx, org, id).await?;
        let may_make = to_project(tx, org, &actor, &[Action::CreatePlan], id).await?.is_some();
        Ok(Some(Found { row, plans, pauses, may_make }))
    };
    let found: Result<_, StoreError> = app.store.read("read_year", read).await;
    found?.ok_or(Refusal::NotFound)
}

fn form(visitor: &Visitor, found: &Found, year: i32) -> Result<Form, Refusal> {
    let natures = found.row.project.practice().natures;
    let answers =
        natures.iter().map(|nature| Answer::word(<&str>::from(nature), word::nature(visitor.language, *nature)));
    let branch = Branch { title: String::new(), twigs: vec![(String::new(), answers.collect())] };
    let chosen = natures.first().map(|nature| <&str>::from(nature).to_owned());
    Ok(Form::new(visitor, format!("/projects/{}/years/{year}", found.row.project.id), T::LedgerYearMake)?
        .with(Field::many("nature", say(visitor.language, T::LedgerYearWhich), [branch]).values(chosen)))
}

fn made(app: &App, visitor: &Visitor, found: &Found, (year, form): (i32, Form)) -> YearPage {
    let (language, reader) = (visitor.language, visitor.reader());
    let natures = found.row.project.practice().natures;
    let sources =
        LedgerSources { row: &found.row, plans: &found.plans, pauses: &found.pauses, may_make: found.may_make };
    let mut columns: Vec<_> = natures
        .iter()
        .map(|nature| {
            let steps = line(reader, sources, (*nature, year)).steps;
            (12_usize.checked_div(steps.len()).unwrap_or(12), steps.into_iter())
        })
        .collect();
    let rows = (0..12_usize).filter_map(|at| {
        let month = Month::new(year, u32::try_from(at).ok()? + 1).ok()?;
        let begins = columns.iter_mut().filter(|(months, _)| at.is_multiple_of(*months));
        let steps = begins.filter_map(|(months, steps)| {
            let step = steps.next()?;
            Some(Cell { months: *months, href: step.to.map(href), step })
        });
        Some(MonthRow { month: period(reader, Nature::Month, month), steps: steps.collect() })
    });
    let title = say_with(language, T::LedgerYearTitle, &[("year", Arg::from(year))]);
    YearPage {
        project: found.row.project.id,
        name: found.row.project.name.clone(),
        before: year - 1,
        after: year + 1,
        natures: natures.iter().map(|nature| word::nature(language, *nature)).collect(),
        rows: rows.collect(),
        form: found.may_make.then_some(form),
        f: Frame::new(app, visitor, title, &project::PAGE),
    }
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, year)): Path<(String, i32)>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, (&id, year)).await?;
    let form = form(&visitor, &found, year)?;
    page(&made(&app, &visitor, &found, (year, form)))
}

/// Makes the plans of the year that are missing.
pub(super) async fn make(
    State(app): State<App>,
    Path((id, year)): Path<(String, i32)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let found = find(&app, &visitor, (&id, year)).await?;
    let natures: Vec<Nature> = fields.all("nature").filter_map(|nature| nature.parse().ok()).collect();
    let wanted = PlanYear { project: found.row.project.id, year, natures };
    match plan_year(&app.store, &app.clock, visitor.act(request), wanted).await {
        Ok(_) => Ok(Redirect::to(&format!("/projects/{id}/years/{year}?done={request}")).into_response()),
        Err(refused) => {
            let wrong = Wrong::of(visitor.language, refused)?;
            let form = form(&visitor, &found, year)?.filled(&fields).refused(wrong);
            again(&made(&app, &visitor, &found, (year, form)))
        }
    }
}
