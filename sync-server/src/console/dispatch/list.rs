//! Dispatches by state, kind, project and team lead.

use crate::{
    console::{
        fault,
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        dispatch::{DispatchRow, Filter},
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
use firebee_protocol::text::{Chip, word};
use std::collections::HashMap;
use strum::VariantArray;

static DISPATCHES: List<DispatchLine> = List {
    href: "/dispatches",
    file: "dispatches",
    none: T::DispatchNone,
    usual: ("time", true),
    filters: &["state", "kind", "project", "team_lead"],
    month: Some(T::DispatchMonth),
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

#[derive(Template)]
#[template(path = "dispatch/list.html")]
struct DispatchesPage {
    f: Frame,
    list: Shown,
}

struct Found {
    page: Page<DispatchRow>,
    counts: HashMap<DispatchState, i64>,
    kinds: HashMap<DispatchKind, i64>,
    project: Option<String>,
    team_lead: Option<String>,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let filter = Filter {
        state: asked.get("state").parse().ok(),
        kind: asked.get("kind").parse().ok(),
        project: asked.get("project").parse().ok(),
        team_lead: asked.get("team_lead").parse().ok(),
        month: asked.month(),
        wanted: DISPATCHES.wanted(&asked),
    };
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, &filter).await;
    let found: Result<Found, StoreError> = app.store.read("list_dispatches", read).await;
    let found = found?;
    let facets = facets(&visitor, &asked, &found);
    let page = found.page.map(|row| line(visitor.reader(), &row));
    let head = (T::DispatchList, &fault::PAGE);
    DISPATCHES.answer((&app, &visitor, &asked), head, (page, facets), |f, list| DispatchesPage { f, list }).await
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter) -> Result<Found, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let page = query::dispatch::dispatches(tx, org, actor, filter).await?;
    // A name is told only of what the list shows.
    let first = page.rows.first();
    let project = first.filter(|_| filter.project.is_some()).map(|row| row.project_name.clone());
    let team_lead = first.filter(|_| filter.team_lead.is_some()).map(|row| row.team_lead_name.clone());
    let counts = query::dispatch::counts(tx, org, actor, filter).await?;
    Ok(Found { counts, kinds: query::dispatch::kinds(tx, org, actor, filter).await?, page, project, team_lead })
}

fn facets(visitor: &Visitor, asked: &Asked, found: &Found) -> Vec<Facet> {
    let language = visitor.language;
    let state = |state: &DispatchState| {
        Answer::counted(state.into(), Chip::dispatch(language, *state).word, found.counts.get(state))
    };
    let kind =
        |kind: &DispatchKind| Answer::counted(kind.into(), word::dispatch(language, *kind), found.kinds.get(kind));
    let (states, kinds) = (DispatchState::VARIANTS.iter().map(state), DispatchKind::VARIANTS.iter().map(kind));
    let (every, form) = (Some(T::ListEvery), Form::Chips);
    let facets = [
        Facet { name: "state", title: T::ListState, every, answers: states.collect(), form },
        Facet { name: "kind", title: T::DispatchKind, every: None, answers: kinds.collect(), form },
    ];
    let only = [
        Facet::only("project", T::ListProject, asked, found.project.clone()),
        Facet::only("team_lead", T::TaskFaultTeamLead, asked, found.team_lead.clone()),
    ];
    facets.into_iter().chain(only.into_iter().flatten()).collect()
}
