//! Reports by where they stand.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        project,
        refused::Refusal,
        tracking,
        visitor::Visitor,
    },
    query::{
        self,
        access::named,
        page::Page,
        report::{FilingState, Filter, ReportRow},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::report::{ReportLine, form, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::report::Form as ReportForm;
use firebee_protocol::text::say;
use std::collections::HashMap;
use strum::VariantArray as _;

static REPORTS: List<ReportLine> = List {
    href: "/reports",
    file: "reports",
    none: T::ReportNone,
    usual: ("deadline", true),
    filters: &["state", "form", "project"],
    month: None,
    columns: &[
        Column {
            title: T::ReportName,
            sort: Some("name"),
            cell: |row| Cell::Link { href: format!("/reports/{}", row.id), name: row.name.clone() },
        },
        Column { title: T::ReportCode, sort: None, cell: |row| Cell::Data(row.code.clone()) },
        Column { title: T::ReportKind, sort: None, cell: |row| Cell::Words(row.kind.clone()) },
        Column { title: T::ReportForm, sort: None, cell: |row| Cell::Words(row.form.clone()) },
        Column {
            title: T::PartProject,
            sort: Some("project"),
            cell: |row| Cell::Link {
                href: format!("/reports?project={}", row.project),
                name: row.project_name.clone(),
            },
        },
        Column { title: T::ReportOwner, sort: None, cell: |row| Cell::Data(row.owner.clone()) },
        Column { title: T::ReportDate, sort: Some("date"), cell: |row| Cell::Day(row.date.clone()) },
        Column { title: T::ReportDeadline, sort: Some("deadline"), cell: |row| Cell::Words(row.deadline.clone()) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
        Column { title: T::ReportFiledAt, sort: None, cell: |row| Cell::When(row.filed.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "report/list.html")]
struct ReportsPage {
    f: Frame,
    list: Shown,
    /// Whether the visitor files reports.
    files: bool,
    /// Whether the visitor tracks their faults.
    tracks: bool,
}

struct Found {
    project: Option<String>,
    page: Page<ReportRow>,
    counts: HashMap<FilingState, i64>,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let filter = Filter {
        state: asked.get("state").parse().ok(),
        form: asked.get("form").parse().ok(),
        project: asked.get("project").parse().ok(),
        today: visitor.now.china_day(),
        wanted: REPORTS.wanted(&asked),
    };
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, &filter).await;
    let found: Result<Option<Found>, StoreError> = app.store.read("list_reports", read).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    let facets = facets(&asked, &found, |text| say(visitor.language, text));
    let page = found.page.map(|row| line(visitor.reader(), &row));
    let head = (T::ReportList, &project::PAGE);
    REPORTS
        .answer((&app, &visitor, &asked), head, (page, facets), |f, list| ReportsPage {
            f,
            list,
            files: visitor.files_reports(),
            tracks: tracking::tracks(&visitor),
        })
        .await
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(project) = named(tx, org, actor, filter.project).await? else { return Ok(None) };
    Ok(Some(Found {
        project,
        page: query::report::reports(tx, org, actor, filter).await?,
        counts: query::report::counts(tx, org, actor, filter).await?,
    }))
}

fn facets(asked: &Asked, found: &Found, say: impl Fn(T) -> String) -> Vec<Facet> {
    let states = [
        (FilingState::Late, T::ReportFilingLate),
        (FilingState::Waiting, T::ReportStateWaiting),
        (FilingState::Filed, T::ReportFiled),
        (FilingState::Void, T::ReportVoid),
    ];
    let answers = states
        .into_iter()
        .map(|(state, text)| Answer::counted(state.into(), say(text), found.counts.get(&state)))
        .collect();
    let state = Facet { name: "state", title: T::ListState, every: Some(T::ListEvery), answers, form: Form::Chips };
    let answers = ReportForm::VARIANTS.iter().map(|held| {
        let value = <&str>::from(*held).to_owned();
        Answer { value, word: say(form(*held)), count: None, data: false }
    });
    let forms =
        Facet { name: "form", title: T::ReportForm, every: None, answers: answers.collect(), form: Form::Chips };
    let project = Facet::only("project", T::ListProject, asked, found.project.clone());
    [state, forms].into_iter().chain(project).collect()
}
