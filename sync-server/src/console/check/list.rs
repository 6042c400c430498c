//! The records that the visitor may read, the latest first.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        oversight, project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        access::named,
        oversight::{CheckRow, Filter, checks, counts},
        page::Page,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::oversight::{CheckLine, check, outcome},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::oversight::CheckOutcome;
use std::collections::HashMap;
use strum::VariantArray as _;

static CHECKS: List<CheckLine> = List {
    href: "/checks",
    file: "checks",
    none: T::CheckNone,
    usual: ("time", true),
    filters: &["outcome", "project"],
    month: None,
    columns: &[
        Column {
            title: T::PartProject,
            sort: Some("project"),
            cell: |row| Cell::Link { href: row.href.clone(), name: row.project_name.clone() },
        },
        Column { title: T::PersonnelFirm, sort: None, cell: |row| Cell::Data(row.firm.clone()) },
        Column { title: T::CheckDay, sort: None, cell: |row| Cell::Words(row.day.clone()) },
        Column { title: T::CheckOutcome, sort: None, cell: |row| Cell::State(row.outcome.clone()) },
        Column { title: T::CheckCompared, sort: None, cell: |row| Cell::Data(row.compared.clone()) },
        Column { title: T::CheckUnit, sort: None, cell: |row| Cell::Data(row.unit.clone()) },
        Column { title: T::CheckAt, sort: Some("time"), cell: |row| Cell::When(Some(row.at.clone())) },
    ],
};

#[derive(Template)]
#[template(path = "check/list.html")]
struct ChecksPage {
    f: Frame,
    list: Shown,
    overseen: bool,
}

struct Found {
    page: Page<CheckRow>,
    counts: HashMap<CheckOutcome, i64>,
    project: Option<String>,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let filter = Filter {
        outcome: asked.get("outcome").parse().ok(),
        project: asked.get("project").parse().ok(),
        wanted: CHECKS.wanted(&asked),
    };
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let Some(project) = named(tx, org, &actor, filter.project).await? else { return Ok(None) };
        let (page, counts) = (checks(tx, org, &actor, &filter).await?, counts(tx, org, &actor, &filter).await?);
        Ok(Some(Found { page, counts, project }))
    };
    let found: Result<Option<Found>, StoreError> = app.store.read("list_checks", read).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    let reader = visitor.reader();
    let of = |each: &CheckOutcome| Answer::counted(each.into(), outcome(reader, *each).word, found.counts.get(each));
    let answers = CheckOutcome::VARIANTS.iter().map(of).collect();
    let state =
        Facet { name: "outcome", title: T::CheckOutcome, every: Some(T::ListEvery), answers, form: Form::Chips };
    let facets = [state].into_iter().chain(Facet::only("project", T::ListProject, &asked, found.project)).collect();
    let overseen = oversight::is_for(&visitor);
    let head = (T::CheckTitle, if overseen { &oversight::PAGE } else { &project::PAGE });
    let page = found.page.map(|row| check(reader, &row));
    CHECKS.answer((&app, &visitor, &asked), head, (page, facets), |f, list| ChecksPage { f, list, overseen })
}
