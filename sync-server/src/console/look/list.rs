//! The first looks of the owners' contacts, the latest first.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        look::{Filter, LookKind, LookRow, looks},
        owner::owner,
        page::Page,
        visible,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::look::{LookedLine, kind, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::account::{Action, Relation, Subject};
use firebee_protocol::text::say;
use strum::VariantArray as _;

static LOOKS: List<LookedLine> = List {
    href: "/looks",
    file: "looks",
    none: T::LookNone,
    usual: ("time", true),
    filters: &["kind", "owner"],
    month: None,
    columns: &[
        Column {
            title: T::LookWhat,
            sort: None,
            cell: |row| Cell::Link { href: row.href.clone(), name: row.name.clone() },
        },
        Column { title: T::LookKind, sort: None, cell: |row| Cell::Words(row.kind.clone()) },
        Column { title: T::PartProject, sort: Some("project"), cell: |row| Cell::Data(row.project_name.clone()) },
        Column { title: T::ContactName, sort: Some("contact"), cell: |row| Cell::Data(row.look.contact.clone()) },
        Column { title: T::PartOwner, sort: None, cell: |row| Cell::Data(row.look.owner.clone()) },
        Column { title: T::LookAt, sort: Some("time"), cell: |row| Cell::When(Some(row.look.at.clone())) },
    ],
};

#[derive(Template)]
#[template(path = "look/list.html")]
struct LooksPage {
    f: Frame,
    list: Shown,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    // Whoever may know of no row finds no such page.
    if !visitor.may(Action::ReadLooks, &Subject::of(org.id(), &[Relation::Lead])) {
        return Err(Refusal::NotFound);
    }
    let all = visible(&actor, Action::ReadOwner, org).is_everything();
    let filter = Filter {
        kind: asked.get("kind").parse().ok(),
        owner: asked.get("owner").parse().ok(),
        wanted: LOOKS.wanted(&asked),
    };
    let read = async move |tx: &mut Tx| {
        let name = match filter.owner {
            Some(id) if all => owner(tx, org, id).await?.map(|row| row.owner.name),
            _ => None,
        };
        Ok((looks(tx, org, &actor, &filter).await?, name))
    };
    let found: Result<(Page<LookRow>, Option<String>), StoreError> = app.store.read("list_looks", read).await;
    let (page, owner) = found?;
    let page = page.map(|row| line(visitor.reader(), &row));
    let answers = LookKind::VARIANTS.iter().map(|held| Answer {
        value: <&str>::from(*held).to_owned(),
        word: say(visitor.language, kind(*held)),
        count: None,
        data: false,
    });
    let kinds = Facet {
        name: "kind",
        title: T::LookKind,
        every: Some(T::ListEvery),
        answers: answers.collect(),
        form: Form::Chips,
    };
    let facets = [kinds].into_iter().chain(Facet::only("owner", T::PartOwner, &asked, owner)).collect();
    let head = (T::LookList, &project::PAGE);
    LOOKS.answer((&app, &visitor, &asked), head, (page, facets), |f, list| LooksPage { f, list }).await
}
