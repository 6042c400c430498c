//! The work log: the acts of the firm, found by person, kind, project and month.

use super::{
    account,
    frame::Frame,
    list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
    pages::Page,
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    query::{
        self,
        log::{Filter, LogRow, acts},
        member,
        page::Page as Rows,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::log::{LogLine, kind, line},
};
use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::get,
};
use firebee_domain::{
    account::{Action, Subject},
    id::AccountId,
    spelling::Spelled,
};
use std::collections::HashMap;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page { routes: || Router::new().route("/log", get(list)), entry: None, done: &[] };

static ACTS: List<LogLine> = List {
    href: "/log",
    file: "work-log",
    none: T::LogNone,
    usual: ("time", true),
    filters: &["account", "kind", "project"],
    month: Some(T::LogMonth),
    columns: &[
        Column { title: T::LogWhat, sort: None, cell: |row| Cell::Words(row.what.clone()) },
        Column { title: T::LogWhen, sort: Some("time"), cell: |row| Cell::When(Some(row.at.clone())) },
        Column { title: T::LogWho, sort: None, cell: |row| Cell::Data(row.who.clone()) },
        Column {
            title: T::LogAbout,
            sort: None,
            cell: |row| match row.about.href.clone() {
                Some(href) => Cell::Link { href, name: row.about.name.clone() },
                None => Cell::Words(row.about.name.clone()),
            },
        },
        Column { title: T::LogWhy, sort: None, cell: |row| Cell::Data(row.why.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "log/log.html")]
struct LogPage {
    f: Frame,
    list: Shown,
}

/// Whether this visitor reads the work log.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    visitor.may(Action::ReadWorkLog, &Subject::of(visitor.member.org.id(), &[]))
}

struct Found {
    rows: Rows<LogRow>,
    names: HashMap<AccountId, String>,
    kinds: Vec<String>,
    project: Option<String>,
}

/// The page, or its file.
async fn list(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let filter = Filter {
        account: asked.get("account").parse().ok(),
        kind: Some(asked.get("kind").to_owned()).filter(|kind| !kind.is_empty()),
        month: asked.month(),
        project: asked.get("project").parse().ok(),
        wanted: ACTS.wanted(&asked),
    };
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, &filter).await;
    let found: Result<_, StoreError> = app.store.read("list_acts", read).await;
    let Found { rows, names, kinds, project } = found?;
    let reader = visitor.reader();
    let kinds = kinds.into_iter().map(|word| (kind(reader, &word), word));
    let people = names.iter().map(|(account, name)| (name.clone(), account.to_string()));
    let pick = |name, title, every, answers| Facet { name, title, every: Some(every), answers, form: Form::Pick };
    let facets = [
        pick("account", T::LogWho, T::LogEverybody, answers(people, true)),
        pick("kind", T::LogWhat, T::LogEverything, answers(kinds, false)),
    ];
    let facets = facets.into_iter().chain(Facet::only("project", T::ListProject, &asked, project)).collect();
    let page = rows.map(|row| line(reader, &row, &names));
    let head = (T::LogTitle, &account::PAGE);
    ACTS.answer((&app, &visitor, &asked), head, (page, facets), |f, list| LogPage { f, list }).await
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter) -> Result<Found, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let project = match filter.project {
        Some(id) => query::project::project(tx, org, id).await?.map(|row| row.project.name),
        None => None,
    };
    Ok(Found {
        rows: acts(tx, org, actor, filter).await?,
        names: member::names(tx, org).await?,
        kinds: query::log::kinds(tx, org).await?,
        project,
    })
}

/// The answers by their words, names by pinyin.
fn answers(all: impl Iterator<Item = (String, String)>, data: bool) -> Vec<Answer> {
    let mut answers: Vec<Answer> = all.map(|(word, value)| Answer { value, word, count: None, data }).collect();
    answers.sort_by_cached_key(|answer| (Spelled::of(&answer.word).sort, answer.value.clone()));
    answers
}
