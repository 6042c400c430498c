//! The owners, by name.

use super::{is_for, may_edit};
use crate::{
    console::{
        frame::Frame,
        list::{Asked, Cell, Column, List, Shown},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::owner::owners,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::owner::{OwnerLine, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};

static OWNERS: List<OwnerLine> = List {
    href: "/owners",
    file: "owners",
    none: T::OwnerNone,
    usual: ("name", false),
    filters: &[],
    month: None,
    columns: &[
        Column {
            title: T::OwnerName,
            sort: Some("name"),
            cell: |row| Cell::Link { href: format!("/owners/{}", row.id), name: row.name.clone() },
        },
        Column { title: T::OwnerAddress, sort: None, cell: |row| Cell::Data(row.address.clone()) },
        Column { title: T::ContractList, sort: None, cell: |row| Cell::Count(row.contracts) },
        Column { title: T::OwnerCreated, sort: Some("created"), cell: |row| Cell::When(Some(row.created.clone())) },
    ],
};

#[derive(Template)]
#[template(path = "owner/list.html")]
struct OwnersPage {
    f: Frame,
    list: Shown,
    may_edit: bool,
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
    let wanted = OWNERS.wanted(&asked);
    let read = async move |tx: &mut Tx| owners(tx, org, &actor, &wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_owners", read).await;
    let page = found?.map(|row| line(visitor.reader(), &row));
    let may_edit = may_edit(&visitor);
    let head = (T::OwnerList, &project::PAGE);
    OWNERS.answer((&app, &visitor, &asked), head, (page, Vec::new()), |f, list| OwnersPage { f, list, may_edit }).await
}
