//! The contacts, by name.

use crate::{
    console::{
        frame::Frame,
        list::{Asked, Cell, Column, Facet, List, Shown},
        owner::is_for,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::owner::{contacts, owner},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::owner::{ContactLine, contact_line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::id::OwnerId;

static CONTACTS: List<ContactLine> = List {
    href: "/contacts",
    file: "contacts",
    none: T::ContactNone,
    usual: ("name", false),
    filters: &["owner"],
    month: None,
    columns: &[
        Column {
            title: T::ContactName,
            sort: Some("name"),
            cell: |row| Cell::Link { href: format!("/contacts/{}", row.id), name: row.name.clone() },
        },
        Column { title: T::ContactPhone, sort: None, cell: |row| Cell::Data(row.phone.clone()) },
        Column { title: T::PartOwner, sort: Some("owner"), cell: |row| Cell::Data(row.owner.clone()) },
        Column { title: T::ContactLogin, sort: None, cell: |row| Cell::Data(row.login.clone()) },
        Column { title: T::OwnerCreated, sort: Some("created"), cell: |row| Cell::When(Some(row.created.clone())) },
        Column { title: T::OwnerChanged, sort: Some("changed"), cell: |row| Cell::When(Some(row.changed.clone())) },
    ],
};

#[derive(Template)]
#[template(path = "contact/list.html")]
struct ContactsPage {
    f: Frame,
    list: Shown,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let only: Option<OwnerId> = asked.get("owner").parse().ok();
    let wanted = CONTACTS.wanted(&asked);
    let read = async move |tx: &mut Tx| {
        let name = match only {
            Some(id) => owner(tx, org, id).await?.map(|row| row.owner.name),
            None => None,
        };
        Ok((contacts(tx, org, &actor, (only, &wanted)).await?, name))
    };
    let found: Result<_, StoreError> = app.store.read("list_contacts", read).await;
    let (page, name) = found?;
    let page = page.map(|row| contact_line(visitor.reader(), &row));
    let facets = Facet::only("owner", T::PartOwner, &asked, name).into_iter().collect();
    let head = (T::ContactList, &project::PAGE);
    CONTACTS.answer((&app, &visitor, &asked), head, (page, facets), |f, list| ContactsPage { f, list }).await
}
