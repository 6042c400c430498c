//! The work log: the acts of the firm, found by person, kind, project and month.

use super::{
    account,
    frame::Frame,
    list::{Asked, Cell, Column, List, Shown},
    page,
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
    time::{Month, Timestamp, china_midnight},
};
use firebee_protocol::text::say;
use std::collections::HashMap;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page { routes: || Router::new().route("/log", get(list)), entry: None, done: &[] };

static ACTS: List<LogLine> = List {
    href: "/log",
    file: "work-log",
    none: T::LogNone,
    usual: ("time", true),
    filters: &["account", "kind", "month", "project"],
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

/// One answer of a field that narrows the list.
struct Answer {
    value: String,
    word: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "log/log.html")]
struct LogPage {
    f: Frame,
    /// The name of the only project whose acts are shown, and what its address says.
    project: Option<(String, String)>,
    people: Vec<Answer>,
    kinds: Vec<Answer>,
    month: String,
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
        between: asked.get("month").parse().ok().map(bounds),
        project: asked.get("project").parse().ok(),
        wanted: ACTS.wanted(&asked),
    };
    let (asking, wanted) = (visitor.clone(), filter.clone());
    let read = async move |tx: &mut Tx| find(tx, &asking, &wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_acts", read).await;
    let found = found?;
    let reader = visitor.reader();
    let rows: Vec<LogLine> = found.rows.rows.iter().map(|row| line(reader, row, &found.names)).collect();
    if asked.is_file() {
        return ACTS.file(visitor.language, &rows);
    }
    let f = Frame::new(&app, &visitor, say(visitor.language, T::LogTitle), &account::PAGE);
    let list = ACTS.shown(&f, &asked, Vec::new(), &rows, found.rows.next.as_ref());
    let kinds = found.kinds.iter().map(|word| (word.clone(), kind(reader, word)));
    let people = found.names.iter().map(|(account, name)| (account.to_string(), name.clone()));
    page(&LogPage {
        f,
        project: found.project.map(|name| (name, asked.get("project").to_owned())),
        people: options(people, asked.get("account")),
        kinds: options(kinds, asked.get("kind")),
        month: asked.get("month").parse::<Month>().map(|month| month.to_string()).unwrap_or_default(),
        list,
    })
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

/// The first instant of a month, and that of the next one.
fn bounds(month: Month) -> (Timestamp, Timestamp) {
    (china_midnight(month.first_day()), china_midnight(month.next().first_day()))
}

/// The answers by their words.
fn options(all: impl Iterator<Item = (String, String)>, chosen: &str) -> Vec<Answer> {
    let mut options: Vec<Answer> = all.map(|(value, word)| Answer { chosen: value == chosen, value, word }).collect();
    options.sort_by(|one, other| (&one.word, &one.value).cmp(&(&other.word, &other.value)));
    options
}
