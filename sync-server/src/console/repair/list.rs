//! The requests by where they stand; among them what waits for the firm.

use super::asks;
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
        access::named,
        page::Page,
        repair::{Filter, RepairRow, sees_inside},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::repair::{ListedRepair, listed, word},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::repair::{RepairState, reaches_firm};
use firebee_protocol::{catalogue::Pack, text::say};
use std::collections::HashMap;
use strum::VariantArray as _;

static REPAIRS: List<ListedRepair> = List {
    href: "/repairs",
    file: "repairs",
    none: T::RepairNone,
    usual: ("time", true),
    filters: &["state", "project"],
    month: None,
    columns: &[
        Column {
            title: T::RepairWords,
            sort: None,
            cell: |row| Cell::Link { href: format!("/repairs/{}", row.id), name: row.words.clone() },
        },
        Column { title: T::RepairFacility, sort: None, cell: |row| Cell::Words(row.facility.clone()) },
        Column { title: T::RepairPlace, sort: None, cell: |row| Cell::Data(row.place.clone()) },
        Column { title: T::PartProject, sort: Some("project"), cell: |row| Cell::Data(row.project_name.clone()) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
        Column { title: T::RepairAt, sort: Some("time"), cell: |row| Cell::When(Some(row.at.clone())) },
    ],
};

#[derive(Template)]
#[template(path = "repair/list.html")]
struct RepairsPage {
    f: Frame,
    list: Shown,
    /// Whether the reader asks for repairs.
    asks: bool,
}

struct Found {
    project: Option<String>,
    page: Page<RepairRow>,
    counts: HashMap<RepairState, i64>,
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
        wanted: REPAIRS.wanted(&asked),
    };
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| {
        let (org, actor) = (asking.member.org, &asking.member.actor);
        let Some(project) = named(tx, org, actor, filter.project).await? else { return Ok(None) };
        Ok(Some(Found {
            project,
            page: query::repair::repairs(tx, org, actor, &filter).await?,
            counts: query::repair::counts(tx, org, actor, &filter).await?,
        }))
    };
    let found: Result<Option<Found>, StoreError> = app.store.read("list_repairs", read).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    let (asks, inside) = (asks(&visitor), sees_inside(visitor.member.actor.role));
    let states = RepairState::VARIANTS.iter().filter(|state| inside || reaches_firm(**state));
    let answers = states
        .map(|state| Answer::counted((*state).into(), say(visitor.language, word(*state)), found.counts.get(state)))
        .collect();
    let state = Facet { name: "state", title: T::ListState, every: Some(T::ListEvery), answers, form: Form::Chips };
    let project = Facet::only("project", T::ListProject, &asked, found.project);
    let catalogue = &Pack::embedded().catalogue;
    let page = found.page.map(|row| listed(visitor.reader(), &row, catalogue));
    let head = (T::RepairList, if asks { &super::PAGE } else { &fault::PAGE });
    REPAIRS
        .answer((&app, &visitor, &asked), head, (page, std::iter::once(state).chain(project).collect()), |f, list| {
            RepairsPage { f, list, asks }
        })
        .await
}
