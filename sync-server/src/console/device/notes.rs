//! What phones noted about themselves; of one phone with what else is known of it.

use crate::{
    console::{
        account,
        frame::Frame,
        list::{Asked, Cell, Column, List, Shown},
        part::Hidden,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        device::{Of, Phone, phones},
        member::names,
        note::{NoteRow, NoteSort, notes},
        page::{self as rows, Wanted},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::device::{DeviceLine, NoteLine, device, note},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::id::AccountId;
use std::collections::HashMap;

static NOTES: List<NoteLine> = List {
    href: "/devices/notes",
    file: "device-notes",
    none: T::DeviceNotesNone,
    usual: ("time", true),
    filters: &["store", "account"],
    month: None,
    columns: &[
        Column { title: T::DeviceNote, sort: None, cell: |row| Cell::Words(row.what.clone()) },
        Column { title: T::DeviceTime, sort: Some("time"), cell: |row| Cell::Fact(Some(row.at.clone())) },
        Column { title: T::DeviceHolder, sort: None, cell: |row| Cell::Data(row.holder.clone()) },
        Column { title: T::DeviceName, sort: None, cell: |row| Cell::Data(row.device.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "device/notes.html")]
struct NotesPage {
    f: Frame,
    /// The phone, if the notes of one are shown.
    phone: Option<DeviceLine>,
    list: Shown,
    hidden: Hidden,
}

/// The page, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let of = Of { store: asked.get("store").parse().ok(), account: asked.get("account").parse().ok(), owing: false };
    let (asking, wanted) = (visitor.clone(), NOTES.wanted(&asked));
    let read = async move |tx: &mut Tx| find(tx, &asking, of, &wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_notes", read).await;
    let (phone, found) = found?.ok_or(Refusal::NotFound)?;
    let phone = phone.map(|(phone, names)| device(visitor.reader(), &phone, &names));
    let (found, hidden) = (found.map(|row| note(visitor.reader(), &row)), visitor.hidden()?);
    let head = (T::DeviceNotes, &account::PAGE);
    NOTES
        .answer((&app, &visitor, &asked), head, (found, Vec::new()), |f, list| NotesPage { f, phone, list, hidden })
        .await
}

type Known = (Phone, HashMap<AccountId, String>);

/// The phone that the list is about, and the notes; nothing for a phone that is not the visitor's to read.
async fn find(
    tx: &mut Tx,
    visitor: &Visitor,
    of: Of,
    wanted: &Wanted<NoteSort>,
) -> Result<Option<(Option<Known>, rows::Page<NoteRow>)>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let mut phone = None;
    if of.store.is_some() {
        let one = Of { account: None, ..of };
        let Some(found) = phones(tx, org, actor, one, &Wanted::first(1)).await?.rows.pop() else { return Ok(None) };
        phone = Some((found, names(tx, org).await?));
    }
    Ok(Some((phone, notes(tx, org, actor, of, wanted).await?)))
}
