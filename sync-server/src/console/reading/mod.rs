//! Who of the fire service has read what: a firm sees it of its own pages, the fire service of its own people.

use super::{
    account,
    frame::Frame,
    list::{Asked, Cell, Column, List, Shown},
    oversight,
    pages::Page,
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    query::reading::{Filter, readings},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::oversight::{ReadingLine, reading},
};
use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::get,
};
use firebee_domain::account::{Action, Relation, Subject};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page { routes: || Router::new().route("/readings", get(list)), entry: None, done: &[] };

static READINGS: List<ReadingLine> = List {
    href: "/readings",
    file: "readings",
    none: T::ReadingNone,
    usual: ("time", true),
    filters: &[],
    month: Some(T::ReadingMonth),
    columns: &[
        Column {
            title: T::ReadingWhat,
            sort: None,
            cell: |row| Cell::Link { href: row.path.clone(), name: row.what.clone() },
        },
        Column { title: T::ReadingWhen, sort: Some("time"), cell: |row| Cell::When(Some(row.at.clone())) },
        Column { title: T::ReadingWho, sort: None, cell: |row| Cell::Data(row.who.clone()) },
        Column { title: T::PersonnelFirm, sort: None, cell: |row| Cell::Data(row.firm.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "reading/list.html")]
struct ReadingsPage {
    f: Frame,
    list: Shown,
}

/// Whether this visitor may read it.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    let own = Subject::of(visitor.member.org.id(), &[Relation::Jurisdiction]);
    visitor.may(Action::ReadReadings, &own)
}

/// The list, or its file.
async fn list(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let filter = Filter { month: asked.month(), wanted: READINGS.wanted(&asked) };
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| readings(tx, org, &actor, &filter).await;
    let found: Result<_, StoreError> = app.store.read("list_readings", read).await;
    let place = if oversight::is_for(&visitor) { &oversight::PAGE } else { &account::PAGE };
    let page = found?.map(|row| reading(visitor.reader(), &row));
    READINGS
        .answer((&app, &visitor, &asked), (T::ReadingTitle, place), (page, Vec::new()), |f, list| ReadingsPage {
            f,
            list,
        })
        .await
}
