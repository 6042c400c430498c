//! Faults by state.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        refused::Refusal,
        tracking,
        visitor::Visitor,
    },
    query::{
        self,
        access::{named, to_report},
        fault::{FaultRow, Filter, Origin},
        page::Page,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        fault::{FaultLine, line},
        tracking::word,
    },
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{
    account::Action,
    dispatch::DispatchState,
    fault::{Counter, FaultState},
};
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
    filters: &["state", "project", "report", "counter", "of"],
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
    /// Whether the reader tracks faults after their report.
    tracks: bool,
    /// Whether the reader handles what waits.
    handles: bool,
    /// How many dispatches wait to be issued, if any does.
    to_issue: Option<String>,
    list: Shown,
}

struct Found {
    project: Option<String>,
    report: Option<String>,
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
        counter: asked.get("counter").parse().ok(),
        origin: asked.get("of").parse().ok(),
        report: asked.get("report").parse().ok(),
        wanted: FAULTS.wanted(&asked),
    };
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, &filter).await;
    let found: Result<Option<Found>, StoreError> = app.store.read("list_faults", read).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    let facets = facets(&visitor, &asked, &found);
    let (tracks, handles) = (tracking::tracks(&visitor), tracking::handles(&visitor));
    let to_issue = usize::try_from(found.to_issue).ok().filter(|count| *count > 0);
    let page = found.page.map(|row| line(visitor.reader(), &row));
    let head = (T::FaultList, &super::PAGE);
    let staff = visitor.member.actor.role.is_staff();
    FAULTS
        .answer((&app, &visitor, &asked), head, (page, facets), |f, list| {
            let to_issue = to_issue.map(|count| f.n(T::FaultToIssue, count));
            FaultsPage { f, staff, tracks, handles, to_issue, list }
        })
        .await
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(project) = named(tx, org, actor, filter.project).await? else { return Ok(None) };
    let report = match filter.report {
        Some(report) if to_report(tx, org, actor, &[Action::ReadReport], report).await?.is_some() => {
            query::report::report(tx, org, report).await?.map(|row| row.report.name)
        }
        Some(_) => return Ok(None),
        None => None,
    };
    let of = query::dispatch::Filter { project: filter.project, ..Default::default() };
    let dispatches = query::dispatch::counts(tx, org, actor, &of).await?;
    Ok(Some(Found {
        project,
        report,
        page: query::fault::faults(tx, org, actor, filter).await?,
        counts: query::fault::counts(tx, org, actor, filter).await?,
        to_issue: dispatches.get(&DispatchState::ToIssue).copied().unwrap_or(0),
    }))
}

/// The states, or where the counters of a report are asked for, these.
fn facets(visitor: &Visitor, asked: &Asked, found: &Found) -> Vec<Facet> {
    let language = visitor.language;
    let by_counter = found.report.is_some() || !asked.get("counter").is_empty();
    let state =
        |state: &FaultState| Answer::counted(state.into(), Chip::fault(language, *state).word, found.counts.get(state));
    let counter = |counter: &Counter| {
        let count: i64 = counter.states().filter_map(|state| found.counts.get(&state)).sum();
        Answer::counted(counter.into(), say(language, word(*counter)), Some(&count))
    };
    let (name, answers) = if by_counter {
        ("counter", Counter::ALL.iter().map(counter).collect())
    } else {
        ("state", STATES.iter().map(state).collect())
    };
    let states = Facet { name, title: T::ListState, every: Some(T::ListEvery), answers, form: Form::Chips };
    let origin = asked.get("of").parse().ok().map(|origin| {
        let text = match origin {
            Origin::Report => T::TrackingOfReports,
            Origin::Request => T::TrackingOfRequests,
        };
        say(language, text)
    });
    let only = [
        Facet::only("of", T::FaultOrigin, asked, origin),
        Facet::only("report", T::ReportName, asked, found.report.clone()),
        Facet::only("project", T::ListProject, asked, found.project.clone()),
    ];
    std::iter::once(states).chain(only.into_iter().flatten()).collect()
}
