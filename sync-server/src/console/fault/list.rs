//! Faults by state.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        access::named,
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
use firebee_domain::{dispatch::DispatchState, fault::FaultState};
use firebee_protocol::text::Chip;
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
    month: Some(T::FaultMonth),
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
    /// Whether the reader is of the firm, whose dispatches these lead to.
    staff: bool,
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

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let filter = Filter {
        state: asked.get("state").parse().ok(),
        project: asked.get("project").parse().ok(),
        month: asked.month(),
        wanted: FAULTS.wanted(&asked),
    };
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, &filter).await;
    let found: Result<Option<Found>, StoreError> = app.store.read("list_faults", read).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    let facets = facets(&visitor, &asked, &found);
    let to_issue = usize::try_from(found.to_issue).ok().filter(|count| *count > 0);
    let page = found.page.map(|row| line(visitor.reader(), &row));
    let head = (T::FaultList, &super::PAGE);
    let staff = visitor.member.actor.role.is_staff();
    FAULTS
        .answer((&app, &visitor, &asked), head, (page, facets), |f, list| {
            let to_issue = to_issue.map(|count| f.n(T::FaultToIssue, count));
            FaultsPage { f, staff, to_issue, list }
        })
        .await
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(project) = named(tx, org, actor, filter.project).await? else { return Ok(None) };
    let of = query::dispatch::Filter { project: filter.project, ..Default::default() };
    let dispatches = query::dispatch::counts(tx, org, actor, &of).await?;
    Ok(Some(Found {
        project,
        page: query::fault::faults(tx, org, actor, filter).await?,
        counts: query::fault::counts(tx, org, actor, filter).await?,
        to_issue: dispatches.get(&DispatchState::ToIssue).copied().unwrap_or(0),
    }))
}

fn facets(visitor: &Visitor, asked: &Asked, found: &Found) -> Vec<Facet> {
    let state = |state: &FaultState| {
        Answer::counted(state.into(), Chip::fault(visitor.language, *state).word, found.counts.get(state))
    };
    let answers = STATES.iter().map(state).collect();
    let state = Facet { name: "state", title: T::ListState, every: Some(T::ListEvery), answers, form: Form::Chips };
    let project = Facet::only("project", T::ListProject, asked, found.project.clone());
    std::iter::once(state).chain(project).collect()
}
