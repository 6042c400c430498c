//! The phones: who has each, when it was heard, what has arrived. One that lost its account is among those to watch
//! until everything that it recorded is here.

use crate::{
    console::{
        account,
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        refused::Refusal,
        salvage,
        visitor::Visitor,
    },
    query::{
        device::{Of, count, phones},
        member::names,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::device::{DeviceLine, device},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_protocol::text::say;

static PHONES: List<DeviceLine> = List {
    href: "/devices",
    file: "devices",
    none: T::DeviceNone,
    usual: ("seen", true),
    filters: &["account", "owing"],
    month: None,
    columns: &[
        Column {
            title: T::DeviceName,
            sort: Some("name"),
            cell: |row| Cell::Link { href: format!("/devices/notes?store={}", row.store), name: row.device.clone() },
        },
        Column { title: T::DeviceHolder, sort: Some("holder"), cell: |row| Cell::Data(row.holder.clone()) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
        Column { title: T::DeviceSeen, sort: Some("seen"), cell: |row| Cell::When(Some(row.last_seen.clone())) },
        Column { title: T::DeviceArrivedTitle, sort: None, cell: |row| Cell::Words(row.arrived.clone()) },
        Column { title: T::DeviceUnsentFacts, sort: Some("unsent"), cell: |row| Cell::Count(row.unsent_facts) },
        Column { title: T::DeviceUnsentFiles, sort: None, cell: |row| Cell::Count(row.unsent_files) },
        Column { title: T::DeviceStorage, sort: Some("free"), cell: |row| Cell::Words(row.storage.clone()) },
        Column {
            title: T::DeviceClock,
            sort: Some("skew"),
            cell: |row| row.clock.clone().map_or(Cell::When(None), Cell::State),
        },
        Column { title: T::DeviceLate, sort: None, cell: |row| Cell::Words(row.late.clone()) },
        Column { title: T::DeviceVersion, sort: None, cell: |row| Cell::Words(row.version.clone()) },
        Column { title: T::DeviceNotes, sort: None, cell: |row| Cell::Words(row.notes.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "device/phones.html")]
struct PhonesPage {
    f: Frame,
    /// Whether the visitor may take in what a phone exported.
    salvage: bool,
    list: Shown,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let of = Of { store: None, account: asked.get("account").parse().ok(), owing: !asked.get("owing").is_empty() };
    let wanted = PHONES.wanted(&asked);
    let read = async move |tx: &mut Tx| {
        let (all, owing) = count(tx, org, &actor, of.account).await?;
        Ok((phones(tx, org, &actor, of, &wanted).await?, names(tx, org).await?, all, owing))
    };
    let found: Result<_, StoreError> = app.store.read("list_phones", read).await;
    let (page, names, all, owing) = found?;
    let holder = of.account.and_then(|account| names.get(&account).cloned());
    let answer = |value: &str, text: T, count: i64| Answer {
        value: value.to_owned(),
        word: say(visitor.language, text),
        count: Some(count),
        data: false,
    };
    let answers = vec![answer("", T::DeviceEvery, all), answer("yes", T::DeviceOwing, owing)];
    let state = Facet { name: "owing", title: T::ListState, every: None, answers, form: Form::Chips };
    let facets = std::iter::once(state).chain(Facet::only("account", T::DeviceHolder, &asked, holder)).collect();
    let page = page.map(|row| device(visitor.reader(), &row, &names));
    let (head, salvage) = ((T::DeviceTitle, &account::PAGE), salvage::is_for(&visitor));
    PHONES.answer((&app, &visitor, &asked), head, (page, facets), |f, list| PhonesPage { f, salvage, list }).await
}
