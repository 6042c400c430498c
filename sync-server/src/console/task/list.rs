//! Tasks by state.

use crate::{
    console::{
        frame::Frame,
        list::{Asked, Cell, Choice, Column, List, Shown},
        page,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        access::to_project,
        page::Page,
        task::{Filter, TaskRow},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::task::{TaskLine, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{account::Action, task::TaskState, time::Punctuality};
use firebee_protocol::text::{Chip, say};
use std::collections::HashMap;
use strum::VariantArray as _;

/// The states in the order of the filters. States that wait for somebody come first.
const STATES: [TaskState; 5] =
    [TaskState::PendingReview, TaskState::Rejected, TaskState::Executing, TaskState::Approved, TaskState::Discarded];

static TASKS: List<TaskLine> = List {
    href: "/tasks",
    file: "tasks",
    none: T::TaskNone,
    usual: ("time", true),
    filters: &["state", "project", "time"],
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
    ],
};

#[derive(Template)]
#[template(path = "task/list.html")]
struct TasksPage {
    f: Frame,
    project: Option<String>,
    list: Shown,
}

struct Found {
    project: Option<String>,
    page: Page<TaskRow>,
    counts: HashMap<TaskState, i64>,
    in_time: HashMap<Punctuality, i64>,
}

/// The page, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let filter = Filter {
        state: asked.get("state").parse().ok(),
        project: asked.get("project").parse().ok(),
        in_time: asked.get("time").parse().ok(),
        wanted: TASKS.wanted(&asked),
    };
    let (asking, wanted) = (visitor.clone(), filter.clone());
    let found: Result<Option<Found>, StoreError> =
        app.store.read("list_tasks", async move |tx: &mut Tx| find(tx, &asking, &wanted).await).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    let rows: Vec<TaskLine> = found.page.rows.iter().map(|row| line(visitor.reader(), row)).collect();
    if asked.is_file() {
        return TASKS.file(visitor.language, &rows);
    }
    let f = Frame::new(&app, &visitor, say(visitor.language, T::TaskList), &super::PAGE);
    let choices = filters(&visitor, &filter, &found);
    let list = TASKS.shown(&f, &asked, choices, &rows, found.page.next.as_ref());
    page(&TasksPage { f, project: found.project, list })
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let project = match filter.project {
        None => None,
        Some(id) => {
            if to_project(tx, org, actor, &[Action::ReadProject], id).await?.is_none() {
                return Ok(None);
            }
            query::project::project(tx, org, id).await?.map(|row| row.project.name)
        }
    };
    let page = query::task::tasks(tx, org, actor, filter).await?;
    let counts = query::task::counts(tx, org, actor, filter.project).await?;
    let in_time = query::task::punctuality(tx, org, actor, (filter.project, None)).await?;
    Ok(Some(Found { project, page, counts, in_time }))
}

fn filters(visitor: &Visitor, filter: &Filter, found: &Found) -> Vec<Choice> {
    let counts = &found.counts;
    let all = Choice {
        href: address(None, None, filter),
        word: say(visitor.language, T::TaskEveryState),
        count: counts.values().sum(),
        here: filter.state.is_none() && filter.in_time.is_none(),
    };
    let chip = |state: TaskState| Choice {
        href: address(Some(state), None, filter),
        word: Chip::task(visitor.language, state).word,
        count: counts.get(&state).copied().unwrap_or(0),
        here: filter.state == Some(state),
    };
    let states = STATES.into_iter().map(chip);
    let judged = |verdict: &Punctuality| Choice {
        href: address(None, Some(*verdict), filter),
        word: Chip::in_time(visitor.language, *verdict).word,
        count: found.in_time.get(verdict).copied().unwrap_or(0),
        here: filter.in_time == Some(*verdict),
    };
    // what is not in time cannot stand in a report, so whoever plans looks for it.
    let judged = Punctuality::VARIANTS.iter().map(judged).filter(|chip| chip.count > 0 || chip.here);
    // The filter of discarded tasks is hidden from people who may not read them.
    let states = states.filter(|chip| chip.count > 0 || !chip.href.contains("discarded"));
    std::iter::once(all).chain(states).chain(judged).collect()
}

/// The address of the first page.
fn address(state: Option<TaskState>, in_time: Option<Punctuality>, filter: &Filter) -> String {
    let state = state.map(|state| <&str>::from(state).to_owned());
    let in_time = in_time.map(|verdict| <&str>::from(verdict).to_owned());
    let project = filter.project.map(|project| project.to_string());
    let search = filter.wanted.search.clone();
    let values = [("state", state), ("time", in_time), ("project", project), ("q", Some(search))];
    Asked::address(TASKS.href, values.map(|(name, value)| (name, value.unwrap_or_default())))
}
