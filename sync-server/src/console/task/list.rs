//! Tasks by state.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        access::{named, to_plan},
        page::Page,
        task::{Counts, Filter, TaskRow},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::task::{TaskLine, TaskWay, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{
    account::Action,
    id::AccountId,
    task::{TaskKind, TaskState},
    time::Punctuality,
};
use firebee_protocol::text::{Chip, word};
use strum::VariantArray as _;

/// The states in the order of the filters. States that wait for somebody come first.
const STATES: [TaskState; 5] =
    [TaskState::PendingReview, TaskState::Rejected, TaskState::Executing, TaskState::Approved, TaskState::Discarded];

static TASKS: List<TaskLine> = List {
    href: "/tasks",
    file: "tasks",
    none: T::TaskNone,
    usual: ("time", true),
    filters: &["state", "project", "plan", "time", "kind", "executor", "lead", "submitted_from", "submitted_to"],
    month: Some(T::TaskMonth),
    columns: &[
        Column {
            title: T::TaskName,
            sort: Some("name"),
            cell: |task| Cell::Link { href: format!("/tasks/{}", task.id), name: task.name.clone() },
        },
        Column { title: T::TaskKind, sort: None, cell: |task| Cell::State(task.kind.clone()) },
        Column { title: T::PartProject, sort: Some("project"), cell: |task| Cell::Data(task.project.clone()) },
        Column { title: T::PartExecutor, sort: Some("executor"), cell: |task| Cell::Data(task.executor.clone()) },
        Column { title: T::PartLead, sort: None, cell: |task| Cell::Data(task.lead.clone()) },
        Column { title: T::PartState, sort: Some("state"), cell: |task| Cell::State(task.state.clone()) },
        Column { title: T::TaskSubmitted, sort: Some("time"), cell: |task| Cell::Fact(task.submitted.clone()) },
        Column {
            title: T::TaskInTime,
            sort: Some("in_time"),
            cell: |task| task.in_time.clone().map_or(Cell::When(None), Cell::State),
        },
        Column { title: T::TaskReviewer, sort: None, cell: |task| Cell::Data(task.reviewer.clone()) },
        Column { title: T::TaskWays, sort: None, cell: |task| Cell::Ways(ways(task)) },
    ],
};

/// Where what a row offers is done.
fn ways(task: &TaskLine) -> Vec<(String, String)> {
    let at = |way: TaskWay| match way {
        TaskWay::Look => format!("/tasks/{}", task.id),
        TaskWay::Log => format!("/tasks/{}#times", task.id),
        TaskWay::Delete => format!("/tasks/{}#delete-title", task.id),
    };
    task.ways.iter().map(|(way, word)| (at(*way), word.clone())).collect()
}

#[derive(Template)]
#[template(path = "task/list.html")]
struct TasksPage {
    f: Frame,
    list: Shown,
}

struct Found {
    project: Option<String>,
    plan: Option<String>,
    executors: Vec<(AccountId, String)>,
    leads: Vec<(AccountId, String)>,
    page: Page<TaskRow>,
    counts: Counts,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let filter = Filter {
        state: asked.get("state").parse().ok(),
        project: asked.get("project").parse().ok(),
        plan: asked.get("plan").parse().ok(),
        in_time: asked.get("time").parse().ok(),
        month: asked.month(),
        kind: asked.get("kind").parse().ok(),
        executor: asked.get("executor").parse().ok(),
        lead: asked.get("lead").parse().ok(),
        submitted: (asked.day("submitted_from"), asked.day("submitted_to")),
        wanted: TASKS.wanted(&asked),
    };
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, &filter).await;
    let found: Result<Option<Found>, StoreError> = app.store.read("list_tasks", read).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    let facets = facets(&visitor, &asked, &found);
    let page = found.page.map(|row| line(visitor.reader(), &row));
    let head = (T::TaskList, &super::PAGE);
    TASKS.answer((&app, &visitor, &asked), head, (page, facets), |f, list| TasksPage { f, list }).await
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(project) = named(tx, org, actor, filter.project).await? else { return Ok(None) };
    let plan = match filter.plan {
        Some(plan) if to_plan(tx, org, actor, &[Action::ReadPlan], plan).await?.is_some() => {
            query::plan::plan(tx, org, plan).await?.map(|row| row.name)
        }
        Some(_) => return Ok(None),
        None => None,
    };
    let (executors, leads) = query::task::people(tx, org, actor).await?;
    let counts = query::task::counts(tx, org, actor, filter).await?;
    // What nothing is found by is not looked for a second time.
    let page = match counts.all {
        0 => Page { rows: Vec::new(), next: None },
        _ => query::task::tasks(tx, org, actor, filter).await?,
    };
    Ok(Some(Found { project, plan, executors, leads, page, counts }))
}

fn facets(visitor: &Visitor, asked: &Asked, found: &Found) -> Vec<Facet> {
    let language = visitor.language;
    let state = |state: &TaskState| {
        Answer::counted(state.into(), Chip::task(language, *state).word, found.counts.states.get(state))
    };
    // The filter of discarded tasks is hidden from people who may not read them.
    let shown = |state: &&TaskState| **state != TaskState::Discarded || found.counts.states.contains_key(*state);
    let judged = |verdict: &Punctuality| {
        Answer::counted(verdict.into(), Chip::in_time(language, *verdict).word, found.counts.in_time.get(verdict))
    };
    // what is not in time cannot stand in a report, so whoever plans looks for it.
    let there = |answer: &Answer| answer.count != Some(0) || answer.value == asked.get("time");
    let states = STATES.iter().filter(shown).map(state).collect();
    let verdicts = Punctuality::VARIANTS.iter().map(judged).filter(there).collect();
    let (every, form) = (Some(T::ListEvery), Form::Chips);
    let kind = |kind: &TaskKind| Answer {
        value: <&str>::from(kind).to_owned(),
        word: word::task(language, *kind),
        count: None,
        data: false,
    };
    let who = |(id, name): &(AccountId, String)| Answer {
        value: id.to_string(),
        word: name.clone(),
        count: None,
        data: true,
    };
    let field = |name, title, answers, form| Facet { name, title, every, answers, form };
    let facets = [
        field("state", T::ListState, states, form),
        Facet { name: "time", title: T::TaskInTime, every: None, answers: verdicts, form },
        field("kind", T::TaskKind, TaskKind::VARIANTS.iter().map(kind).collect(), Form::More),
        field("executor", T::PartExecutor, found.executors.iter().map(who).collect(), Form::More),
        field("lead", T::PartLead, found.leads.iter().map(who).collect(), Form::More),
        Facet::day("submitted_from", T::TaskSubmittedFrom),
        Facet::day("submitted_to", T::TaskSubmittedTo),
    ];
    let only = [
        Facet::only("project", T::ListProject, asked, found.project.clone()),
        Facet::only("plan", T::PlanTitle, asked, found.plan.clone()),
    ];
    facets.into_iter().chain(only.into_iter().flatten()).collect()
}
