//! The applications, the latest first.

use super::place;
use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        personnel,
        refused::Refusal,
        visitor::Visitor,
    },
    query::personnel_change::{Filter, changes, counts},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::personnel_change::{ChangeLine, kind, line, state},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject},
    personnel_change::{ChangeKind, ChangeState},
};
use strum::VariantArray as _;

static CHANGES: List<ChangeLine> = List {
    href: "/personnel-changes",
    file: "personnel-changes",
    none: T::PersonnelChangeNone,
    usual: ("time", true),
    filters: &["state", "kind"],
    month: None,
    columns: &[
        Column {
            title: T::PersonnelName,
            sort: Some("name"),
            cell: |row| Cell::Link { href: format!("/personnel-changes/{}", row.id), name: row.name.clone() },
        },
        Column { title: T::PersonnelChangeKind, sort: None, cell: |row| Cell::Words(row.kind.clone()) },
        Column { title: T::PersonnelFirm, sort: None, cell: |row| Cell::Data(row.organisation.clone()) },
        Column { title: T::PersonnelChangeAt, sort: Some("time"), cell: |row| Cell::When(Some(row.at.clone())) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "personnel_change/list.html")]
struct ChangesPage {
    f: Frame,
    list: Shown,
    may_apply: bool,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if !personnel::is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let filter = Filter {
        state: asked.get("state").parse().ok(),
        kind: asked.get("kind").parse().ok(),
        wanted: CHANGES.wanted(&asked),
    };
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let page = changes(tx, org, &actor, &filter).await?;
        Ok((page, counts(tx, org, &actor, &filter).await?))
    };
    let found: Result<_, StoreError> = app.store.read("list_changes", read).await;
    let (page, counts) = found?;
    let language = visitor.language;
    let of_state = |each: &ChangeState| Answer::counted(each.into(), state(language, *each).word, counts.get(each));
    let of_kind = |each: &ChangeKind| Answer {
        value: <&str>::from(each).to_owned(),
        word: kind(language, *each),
        count: None,
        data: false,
    };
    let facets = vec![
        Facet {
            name: "state",
            title: T::ListState,
            every: Some(T::ListEvery),
            answers: ChangeState::VARIANTS.iter().map(of_state).collect(),
            form: Form::Chips,
        },
        Facet {
            name: "kind",
            title: T::PersonnelChangeKind,
            every: Some(T::ListEvery),
            answers: ChangeKind::VARIANTS.iter().map(of_kind).collect(),
            form: Form::Pick,
        },
    ];
    let page = page.map(|row| line(visitor.reader(), &row));
    let may_apply = visitor.may(Action::RequestPersonnelChange, &Subject::of(org.id(), &[]));
    let head = (T::PersonnelChangeTitle, place(&visitor));
    CHANGES.answer((&app, &visitor, &asked), head, (page, facets), |f, list| ChangesPage { f, list, may_apply }).await
}
