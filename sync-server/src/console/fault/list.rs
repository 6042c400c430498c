//! Faults by state.

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
        dispatch::Of,
        fault::{FaultRow, Filter},
        page::Page,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::fault::{FaultLine, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{account::Action, dispatch::DispatchState, fault::FaultState};
use firebee_protocol::text::{Chip, say};
use std::collections::HashMap;

/// The states in the order of the filters. States that wait for somebody come first.
const STATES: [FaultState; 7] = [
    FaultState::Unhandled,
    FaultState::Negotiating,
    FaultState::Resolving,
    FaultState::OwnerRefused,
    FaultState::Resolved,
    FaultState::OutOfScope,
    FaultState::Withdrawn,
];

static FAULTS: List<FaultLine> = List {
    href: "/faults",
    file: "faults",
    none: T::FaultNone,
    usual: ("time", true),
    filters: &["state", "project"],
    columns: &[
        Column {
            title: T::FaultItem,
            sort: Some("name"),
            cell: |fault| Cell::Link { href: format!("/faults/{}", fault.id), name: fault.name.clone() },
        },
        Column {
            title: T::PartProject,
            sort: Some("project"),
            cell: |fault| Cell::Link {
                href: format!("/faults?project={}", fault.project),
                name: fault.project_name.clone(),
            },
        },
        Column { title: T::TaskName, sort: None, cell: |fault| Cell::Data(fault.task.clone()) },
        Column { title: T::PartState, sort: Some("state"), cell: |fault| Cell::State(fault.state.clone()) },
        Column { title: T::FaultFound, sort: Some("time"), cell: |fault| Cell::Fact(Some(fault.found.clone())) },
    ],
};

#[derive(Template)]
#[template(path = "fault/list.html")]
struct FaultsPage {
    f: Frame,
    project: Option<String>,
    /// How many dispatches wait to be issued, if any does.
    to_issue: Option<String>,
    list: Shown,
}

struct Found {
    project: Option<String>,
    page: Page<FaultRow>,
    counts: HashMap<FaultState, i64>,
    to_issue: i64,
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
        wanted: FAULTS.wanted(&asked),
    };
    let (asking, wanted) = (visitor.clone(), filter.clone());
    let found: Result<Option<Found>, StoreError> =
        app.store.read("list_faults", async move |tx: &mut Tx| find(tx, &asking, &wanted).await).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    let rows: Vec<FaultLine> = found.page.rows.iter().map(|row| line(visitor.reader(), row)).collect();
    if asked.is_file() {
        return FAULTS.file(visitor.language, &rows);
    }
    let f = Frame::new(&app, &visitor, say(visitor.language, T::FaultList), &super::PAGE);
    let choices = filters(&visitor, &filter, &found.counts);
    let list = FAULTS.shown(&f, &asked, choices, &rows, found.page.next.as_ref());
    let to_issue = usize::try_from(found.to_issue).ok().filter(|count| *count > 0);
    let to_issue = to_issue.map(|count| f.n(T::FaultToIssue, count));
    page(&FaultsPage { f, project: found.project, to_issue, list })
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
    let page = query::fault::faults(tx, org, actor, filter).await?;
    let of = Of { project: filter.project, ..Of::default() };
    let dispatches = query::dispatch::counts(tx, org, actor, &of).await?;
    Ok(Some(Found {
        project,
        page,
        counts: query::fault::counts(tx, org, actor, filter.project).await?,
        to_issue: dispatches.get(&DispatchState::ToIssue).copied().unwrap_or(0),
    }))
}

fn filters(visitor: &Visitor, filter: &Filter, counts: &HashMap<FaultState, i64>) -> Vec<Choice> {
    let all = Choice {
        href: address(None, filter),
        word: say(visitor.language, T::TaskEveryState),
        count: counts.values().sum(),
        here: filter.state.is_none(),
    };
    let chip = |state: FaultState| Choice {
        href: address(Some(state), filter),
        word: Chip::fault(visitor.language, state).word,
        count: counts.get(&state).copied().unwrap_or(0),
        here: filter.state == Some(state),
    };
    std::iter::once(all).chain(STATES.into_iter().map(chip)).collect()
}

/// The address of the first page.
fn address(state: Option<FaultState>, filter: &Filter) -> String {
    let state = state.map(|state| <&str>::from(state).to_owned());
    let project = filter.project.map(|project| project.to_string());
    let search = filter.wanted.search.clone();
    let values = [("state", state), ("project", project), ("q", Some(search))];
    Asked::address(FAULTS.href, values.map(|(name, value)| (name, value.unwrap_or_default())))
}
