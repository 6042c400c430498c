//! Tasks by state.

use crate::{
    console::{
        frame::Frame,
        page,
        part::{Chip, When},
        refused::Refusal,
        visitor::Visitor,
        when::when,
        words,
    },
    query::{
        self,
        access::to_project,
        task::{Filter, PAGE_SIZE, TaskRow},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{
    account::Action,
    id::{ProjectId, TaskId},
    task::TaskState,
};
use firebee_protocol::text::{Arg, say, say_with};
use serde::Deserialize;
use std::collections::HashMap;

/// The states, in the order of the filters: what waits for somebody first.
const STATES: [TaskState; 5] =
    [TaskState::PendingReview, TaskState::Rejected, TaskState::Executing, TaskState::Approved, TaskState::Discarded];

/// What an address asks for; whatever cannot be read is as good as not asked.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    project: String,
    #[serde(default)]
    page: String,
}

struct FilterChip {
    href: String,
    word: String,
    count: i64,
    here: bool,
}

struct Line {
    id: TaskId,
    name: String,
    project: String,
    executor: String,
    state: Chip,
    submitted: Option<When>,
}

#[derive(Template)]
#[template(path = "task/list.html")]
struct TasksPage {
    f: Frame,
    project: Option<String>,
    filters: Vec<FilterChip>,
    rows: Vec<Line>,
    page: String,
    newer: Option<String>,
    older: Option<String>,
}

struct Found {
    project: Option<String>,
    rows: Vec<TaskRow>,
    counts: HashMap<TaskState, i64>,
}

/// The page.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let filter = Filter {
        state: words::task_state(&asked.state),
        project: asked.project.parse().ok(),
        page: asked.page.parse().unwrap_or(0).min(10_000),
    };
    let (asking, wanted) = (visitor.clone(), filter.clone());
    let found: Result<Option<Found>, StoreError> =
        app.store.read("list_tasks", async move |tx: &mut Tx| find(tx, &asking, &wanted).await).await;
    page(&made(&app, &visitor, &filter, found?.ok_or(Refusal::NotFound)?))
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter) -> Result<Option<Found>, StoreError> {
    let actor = &visitor.member.actor;
    let project = match filter.project {
        None => None,
        Some(id) => {
            if to_project(tx, actor, &[Action::ReadProject], id).await?.is_none() {
                return Ok(None);
            }
            query::project::project(tx, id).await?.map(|row| row.project.name)
        }
    };
    Ok(Some(Found {
        project,
        rows: query::task::tasks(tx, actor, filter).await?,
        counts: query::task::counts(tx, actor, filter.project).await?,
    }))
}

fn made(app: &App, visitor: &Visitor, filter: &Filter, found: Found) -> TasksPage {
    let language = visitor.language;
    let size = PAGE_SIZE as usize;
    let more = found.rows.len() > size;
    let line = |row: &TaskRow| Line {
        id: row.id,
        name: row.name.clone(),
        project: row.project_name.clone(),
        executor: row.executor_name.clone(),
        state: words::task(language, row.state),
        submitted: row.submitted.map(|at| when(language, visitor.now, at)),
    };
    let at = |page: u32| href(filter.state, filter.project, page);
    let number = [("page", Arg::from(filter.page.saturating_add(1)))];
    TasksPage {
        f: Frame::new(app, visitor, say(language, T::TaskList), &super::PAGE),
        filters: filters(visitor, filter, &found.counts),
        project: found.project,
        rows: found.rows.iter().take(size).map(line).collect(),
        page: say_with(language, T::ListPage, &number),
        newer: filter.page.checked_sub(1).map(at),
        older: more.then(|| at(filter.page.saturating_add(1))),
    }
}

fn filters(visitor: &Visitor, filter: &Filter, counts: &HashMap<TaskState, i64>) -> Vec<FilterChip> {
    let all = FilterChip {
        href: href(None, filter.project, 0),
        word: say(visitor.language, T::TaskEveryState),
        count: counts.values().sum(),
        here: filter.state.is_none(),
    };
    let chip = |state: TaskState| FilterChip {
        href: href(Some(state), filter.project, 0),
        word: words::task(visitor.language, state).word,
        count: counts.get(&state).copied().unwrap_or(0),
        here: filter.state == Some(state),
    };
    let states = STATES.into_iter().map(chip);
    // Who may not read discarded tasks sees no word of them.
    std::iter::once(all).chain(states.filter(|chip| chip.count > 0 || !chip.href.contains("discarded"))).collect()
}

fn href(state: Option<TaskState>, project: Option<ProjectId>, page: u32) -> String {
    let state = state.map(|state| format!("state={}", state.code()));
    let project = project.map(|project| format!("project={project}"));
    let page = (page > 0).then(|| format!("page={page}"));
    let asked: Vec<String> = [state, project, page].into_iter().flatten().collect();
    if asked.is_empty() { "/tasks".to_owned() } else { format!("/tasks?{}", asked.join("&")) }
}
