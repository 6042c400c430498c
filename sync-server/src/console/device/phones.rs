//! The phones: who has each, when it was heard, what it has not sent.

use crate::{
    console::{
        account,
        frame::Frame,
        list::{Asked, Cell, Column, List, Shown},
        page,
        refused::Refusal,
        visitor::Visitor,
    },
    query::device::{Of, phones},
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
    filters: &["account"],
    columns: &[
        Column {
            title: T::DeviceName,
            sort: None,
            cell: |row| Cell::Link { href: format!("/devices/notes?store={}", row.store), name: row.device.clone() },
        },
        Column { title: T::DeviceHolder, sort: Some("holder"), cell: |row| Cell::Data(row.holder.clone()) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
        Column { title: T::DeviceSeen, sort: Some("seen"), cell: |row| Cell::When(Some(row.last_seen.clone())) },
        Column { title: T::DeviceUnsent, sort: None, cell: |row| Cell::Words(row.unsent.clone()) },
        Column { title: T::DeviceVersion, sort: None, cell: |row| Cell::Words(row.version.clone()) },
        Column { title: T::DeviceNotes, sort: None, cell: |row| Cell::Words(row.notes.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "device/phones.html")]
struct PhonesPage {
    f: Frame,
    /// Whether the phones of one account are shown.
    some: bool,
    list: Shown,
}

/// The page, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let of = Of { store: None, account: asked.get("account").parse().ok() };
    let wanted = PHONES.wanted(&asked);
    let read = async move |tx: &mut Tx| phones(tx, org, &actor, of, &wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_phones", read).await;
    let found = found?;
    let rows: Vec<DeviceLine> = found.rows.iter().map(|row| device(visitor.reader(), row)).collect();
    if asked.is_file() {
        return PHONES.file(visitor.language, &rows);
    }
    let f = Frame::new(&app, &visitor, say(visitor.language, T::DeviceTitle), &account::PAGE);
    let list = PHONES.shown(&f, &asked, Vec::new(), &rows, found.next.as_ref());
    page(&PhonesPage { f, some: of.account.is_some(), list })
}
