//! Dispatches by state, kind, project and team lead.

use crate::{
    console::{
        fault,
        frame::Frame,
        list::{Asked, Cell, Choice, Column, List, Shown},
        page,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        dispatch::{DispatchRow, Filter, Of},
        page::Page,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::dispatch::{DispatchLine, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::dispatch::{DispatchKind, DispatchState};
use firebee_protocol::text::{Chip, say, word};
use std::collections::HashMap;
use strum::VariantArray;

static DISPATCHES: List<DispatchLine> = List {
    href: "/dispatches",
    file: "dispatches",
    none: T::DispatchNone,
    usual: ("time", true),
    filters: &["state", "kind", "project", "team_lead"],
    columns: &[
        Column {
            title: T::FaultItem,
            sort: Some("name"),
            cell: |row| Cell::Link { href: format!("/dispatches/{}", row.id), name: row.name.clone() },
        },
        Column { title: T::DispatchKind, sort: Some("kind"), cell: |row| Cell::Words(row.kind.clone()) },
        Column {
            title: T::PartProject,
            sort: Some("project"),
            cell: |row| Cell::Link {
                href: format!("/dispatches?project={}", row.project),
                name: row.project_name.clone(),
            },
        },
        Column {
            title: T::TaskFaultTeamLead,
            sort: Some("team_lead"),
            cell: |row| Cell::Link {
                href: format!("/dispatches?team_lead={}", row.team_lead),
                name: row.team_lead_name.clone(),
            },
        },
        Column { title: T::PartState, sort: Some("state"), cell: |row| Cell::State(row.state.clone()) },
        Column { title: T::DispatchMade, sort: Some("time"), cell: |row| Cell::Fact(Some(row.made.clone())) },
    ],
};

/// What the list is narrowed to, and the way to the whole.
struct Narrowed {
    word: String,
    href: String,
}

#[derive(Template)]
#[template(path = "dispatch/list.html")]
struct DispatchesPage {
    f: Frame,
    narrowed: Vec<Narrowed>,
    kinds: Vec<Choice>,
    list: Shown,
}

struct Found {
    page: Page<DispatchRow>,
    counts: HashMap<DispatchState, i64>,
    project: Option<String>,
    team_lead: Option<String>,
}

/// The page, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let of = Of {
        kind: asked.get("kind").parse().ok(),
        project: asked.get("project").parse().ok(),
        team_lead: asked.get("team_lead").parse().ok(),
    };
    let filter = Filter { state: asked.get("state").parse().ok(), of, wanted: DISPATCHES.wanted(&asked) };
    let (asking, wanted) = (visitor.clone(), filter.clone());
    let read = async move |tx: &mut Tx| find(tx, &asking, &wanted).await;
    let found: Result<Found, StoreError> = app.store.read("list_dispatches", read).await;
    let found = found?;
    let rows: Vec<DispatchLine> = found.page.rows.iter().map(|row| line(visitor.reader(), row)).collect();
    if asked.is_file() {
        return DISPATCHES.file(visitor.language, &rows);
    }
    let f = Frame::new(&app, &visitor, say(visitor.language, T::DispatchList), &fault::PAGE);
    let choices = states(&visitor, &filter, &found.counts);
    let list = DISPATCHES.shown(&f, &asked, choices, &rows, found.page.next.as_ref());
    page(&DispatchesPage { f, narrowed: narrowed(&filter, &found), kinds: kinds(&visitor, &filter), list })
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter) -> Result<Found, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let page = query::dispatch::dispatches(tx, org, actor, filter).await?;
    // A name is told only of what the list shows.
    let first = page.rows.first();
    let project = first.filter(|_| filter.of.project.is_some()).map(|row| row.project_name.clone());
    let team_lead = first.filter(|_| filter.of.team_lead.is_some()).map(|row| row.team_lead_name.clone());
    Ok(Found { counts: query::dispatch::counts(tx, org, actor, &filter.of).await?, page, project, team_lead })
}

fn states(visitor: &Visitor, filter: &Filter, counts: &HashMap<DispatchState, i64>) -> Vec<Choice> {
    let all = Choice {
        href: address(&Filter { state: None, ..filter.clone() }),
        word: say(visitor.language, T::TaskEveryState),
        count: counts.values().sum(),
        here: filter.state.is_none(),
    };
    let chip = |state: &DispatchState| Choice {
        href: address(&Filter { state: Some(*state), ..filter.clone() }),
        word: Chip::dispatch(visitor.language, *state).word,
        count: counts.get(state).copied().unwrap_or(0),
        here: filter.state == Some(*state),
    };
    std::iter::once(all).chain(DispatchState::VARIANTS.iter().map(chip)).collect()
}

/// The kinds to narrow to; the one in force leads back to both.
fn kinds(visitor: &Visitor, filter: &Filter) -> Vec<Choice> {
    let choice = |kind: &DispatchKind| {
        let here = filter.of.kind == Some(*kind);
        let of = Of { kind: Some(*kind).filter(|_| !here), ..filter.of };
        Choice {
            href: address(&Filter { of, ..filter.clone() }),
            word: word::dispatch(visitor.language, *kind),
            count: 0,
            here,
        }
    };
    DispatchKind::VARIANTS.iter().map(choice).collect()
}

fn narrowed(filter: &Filter, found: &Found) -> Vec<Narrowed> {
    let without = |of: Of| address(&Filter { of, ..filter.clone() });
    let project = found.project.clone().map(|word| (word, without(Of { project: None, ..filter.of })));
    let team_lead = found.team_lead.clone().map(|word| (word, without(Of { team_lead: None, ..filter.of })));
    project.into_iter().chain(team_lead).map(|(word, href)| Narrowed { word, href }).collect()
}

/// The address of the first page.
fn address(filter: &Filter) -> String {
    let state = filter.state.map(|state| <&str>::from(state).to_owned());
    let kind = filter.of.kind.map(|kind| <&str>::from(kind).to_owned());
    let project = filter.of.project.map(|project| project.to_string());
    let team_lead = filter.of.team_lead.map(|account| account.to_string());
    let search = Some(filter.wanted.search.clone());
    let values = [("state", state), ("kind", kind), ("project", project), ("team_lead", team_lead), ("q", search)];
    Asked::address(DISPATCHES.href, values.map(|(name, value)| (name, value.unwrap_or_default())))
}
