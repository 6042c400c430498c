//! The requests of every project that the visitor oversees, the latest first.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        oversight,
        refused::Refusal,
        visitor::Visitor,
    },
    query::pause::{Filter, counts, requests},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::pause::{PauseLine, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::suspension::PauseState;
use firebee_protocol::text::Chip;
use strum::VariantArray as _;

static PAUSES: List<PauseLine> = List {
    href: "/pauses",
    file: "pauses",
    none: T::PauseNone,
    usual: ("time", true),
    filters: &["state"],
    month: None,
    columns: &[
        Column {
            title: T::PartProject,
            sort: None,
            cell: |row| Cell::Link {
                href: format!("/projects/{}/pauses/{}", row.project, row.id),
                name: row.project_name.clone(),
            },
        },
        Column { title: T::PersonnelFirm, sort: None, cell: |row| Cell::Data(row.firm.clone()) },
        Column { title: T::PauseMonth, sort: Some("month"), cell: |row| Cell::Words(row.month.clone()) },
        Column { title: T::PauseReason, sort: None, cell: |row| Cell::Data(row.reason.clone()) },
        Column { title: T::PauseAsked, sort: Some("time"), cell: |row| Cell::When(row.asked.clone()) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
        Column {
            title: T::PauseUnit,
            sort: None,
            cell: |row| Cell::Data(row.ruling.as_ref().map(|held| held.unit.clone()).unwrap_or_default()),
        },
    ],
};

#[derive(Template)]
#[template(path = "pause/list.html")]
struct PausesPage {
    f: Frame,
    list: Shown,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if !oversight::is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let filter = Filter { state: asked.get("state").parse().ok(), wanted: PAUSES.wanted(&asked) };
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        Ok((requests(tx, org, &actor, &filter).await?, counts(tx, org, &actor, &filter).await?))
    };
    let found: Result<_, StoreError> = app.store.read("list_pauses", read).await;
    let (page, counts) = found?;
    let language = visitor.language;
    let of = |each: &PauseState| Answer::counted(each.into(), Chip::pause(language, *each).word, counts.get(each));
    let answers = PauseState::VARIANTS.iter().map(of).collect();
    let state = Facet { name: "state", title: T::ListState, every: Some(T::ListEvery), answers, form: Form::Chips };
    let page = page.map(|row| line(visitor.reader(), &row));
    let head = (T::PauseTitle, &oversight::PAGE);
    PAUSES.answer((&app, &visitor, &asked), head, (page, vec![state]), |f, list| PausesPage { f, list }).await
}
