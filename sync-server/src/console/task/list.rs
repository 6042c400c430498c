//! Tasks by state.

use crate::{
    console::{
        frame::Frame,
        list::{Asked, Cell, Choice, Column, List, PAGES_MAX, ROWS_MAX, Shown},
        page,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        access::to_project,
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
use firebee_domain::{account::Action, id::ProjectId, task::TaskState};
use firebee_protocol::text::{Chip, say};
use std::collections::HashMap;

/// The states in the order of the filters. States that wait for somebody come first.
const STATES: [TaskState; 5] =
    [TaskState::PendingReview, TaskState::Rejected, TaskState::Executing, TaskState::Approved, TaskState::Discarded];

static TASKS: List<TaskLine> = List {
    href: "/tasks",
    file: "tasks",
    none: T::TaskNone,
    columns: &[
        Column {
            title: T::TaskName,
            cell: |task| Cell::Link { href: format!("/tasks/{}", task.id), name: task.name.clone() },
        },
        Column { title: T::PartProject, cell: |task| Cell::Data(task.project.clone()) },
        Column { title: T::PartExecutor, cell: |task| Cell::Data(task.executor.clone()) },
        Column { title: T::PartState, cell: |task| Cell::State(task.state.clone()) },
        Column { title: T::TaskSubmitted, cell: |task| Cell::When(task.submitted.clone()) },
        Column { title: T::TaskInTime, cell: |task| task.in_time.clone().map_or(Cell::When(None), Cell::State) },
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
    rows: Vec<TaskRow>,
    counts: HashMap<TaskState, i64>,
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
        page: asked.page(),
    };
    let (asking, wanted, whole) = (visitor.clone(), filter.clone(), asked.is_file());
    let found: Result<Option<Found>, StoreError> =
        app.store.read("list_tasks", async move |tx: &mut Tx| find(tx, &asking, &wanted, whole).await).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    let rows: Vec<TaskLine> = found.rows.iter().map(|row| line(visitor.reader(), row)).collect();
    if whole {
        return TASKS.file(visitor.language, &rows);
    }
    let f = Frame::new(&app, &visitor, say(visitor.language, T::TaskList), &super::PAGE);
    let address = address(filter.state, filter.project);
    let list = TASKS.shown(&f, &asked, &address, filters(&visitor, &filter, &found.counts), &rows);
    page(&TasksPage { f, project: found.project, list })
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter, whole: bool) -> Result<Option<Found>, StoreError> {
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
    let mut rows = Vec::new();
    for page in if whole { 0..PAGES_MAX } else { filter.page..filter.page.saturating_add(1) } {
        let mut some = query::task::tasks(tx, org, actor, &Filter { page, ..filter.clone() }).await?;
        let last = some.len() <= ROWS_MAX;
        if whole {
            // The first row of the next page is read with that page.
            some.truncate(ROWS_MAX);
        }
        rows.append(&mut some);
        if last {
            break;
        }
    }
    Ok(Some(Found { project, rows, counts: query::task::counts(tx, org, actor, filter.project).await? }))
}

fn filters(visitor: &Visitor, filter: &Filter, counts: &HashMap<TaskState, i64>) -> Vec<Choice> {
    let all = Choice {
        href: address(None, filter.project),
        word: say(visitor.language, T::TaskEveryState),
        count: counts.values().sum(),
        here: filter.state.is_none(),
    };
    let chip = |state: TaskState| Choice {
        href: address(Some(state), filter.project),
        word: Chip::task(visitor.language, state).word,
        count: counts.get(&state).copied().unwrap_or(0),
        here: filter.state == Some(state),
    };
    let states = STATES.into_iter().map(chip);
    // The filter of discarded tasks is hidden from people who may not read them.
    std::iter::once(all).chain(states.filter(|chip| chip.count > 0 || !chip.href.contains("discarded"))).collect()
}

/// The address of the first page.
fn address(state: Option<TaskState>, project: Option<ProjectId>) -> String {
    let mut address = TASKS.href.to_owned();
    if let Some(state) = state {
        address = Asked::with(&address, "state", <&str>::from(state));
    }
    if let Some(project) = project {
        address = Asked::with(&address, "project", project);
    }
    address
}
