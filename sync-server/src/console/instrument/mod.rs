//! The firm's instruments: the list, and the forms that keep it.

mod change;

use super::{
    account,
    frame::Frame,
    list::{Asked, Cell, Column, List, Shown},
    page,
    pages::Page,
    part::{Alert, Hidden},
    posted::up,
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    query::{instrument::instruments, page::Page as Rows},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::instrument::{InstrumentLine, line},
};
use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::get,
};
use change::Typed;
use firebee_domain::{
    account::{Action, Subject},
    text::NAME_MAX,
};
use firebee_protocol::text::say;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/instruments", get(show))
            .route("/instruments/keep", get(up::<1>).post(change::keep))
            .route("/instruments/retire", get(up::<1>).post(change::retire))
    },
    entry: None,
    done: &[("keep_instrument", T::InstrumentDoneKept), ("retire_instrument", T::InstrumentDoneRetired)],
};

#[derive(Template)]
#[template(path = "instrument/instrument.html")]
struct InstrumentPage {
    f: Frame,
    list: Shown,
    /// The numbers that can be taken off.
    numbers: Vec<String>,
    may_edit: bool,
    alert: Option<Alert>,
    typed: Typed,
    hidden: Hidden,
    hidden_retire: Hidden,
}

/// Whether this visitor reads the list.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    visitor.may(Action::ReadCrew, &Subject::of(visitor.member.org.id(), &[]))
}

/// Whether somebody changes the list.
fn edits(visitor: &Visitor) -> bool {
    visitor.may(Action::EditInstruments, &Subject::of(visitor.member.org.id(), &[]))
}

static INSTRUMENTS: List<InstrumentLine> = List {
    href: "/instruments",
    file: "instruments",
    none: T::InstrumentNone,
    usual: ("valid_to", false),
    filters: &[],
    month: None,
    columns: &[
        Column { title: T::InstrumentNumber, sort: Some("number"), cell: |row| Cell::Data(row.number.clone()) },
        Column { title: T::InstrumentKind, sort: None, cell: |row| Cell::Data(row.kind.clone()) },
        Column { title: T::InstrumentCalibrated, sort: None, cell: |row| Cell::Words(row.calibrated.clone()) },
        Column { title: T::InstrumentValidTo, sort: Some("valid_to"), cell: |row| Cell::Words(row.valid_to.clone()) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
    ],
};

/// The list, or its file.
async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let found = find(&app, &visitor, &asked).await?;
    if asked.is_file() {
        return INSTRUMENTS.file(visitor.language, &found.rows);
    }
    page(&drawn(&app, &visitor, (&asked, found), Typed::default(), None)?)
}

async fn find(app: &App, visitor: &Visitor, asked: &Asked) -> Result<Rows<InstrumentLine>, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let wanted = INSTRUMENTS.wanted(asked);
    let read = async move |tx: &mut Tx| instruments(tx, org, &actor, &wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_instruments", read).await;
    Ok(found?.map(|held| line(visitor.reader(), &held)))
}

async fn made(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    typed: Typed,
    alert: Option<Alert>,
) -> Result<InstrumentPage, Refusal> {
    let found = find(app, visitor, asked).await?;
    drawn(app, visitor, (asked, found), typed, alert)
}

fn drawn(
    app: &App,
    visitor: &Visitor,
    (asked, found): (&Asked, Rows<InstrumentLine>),
    typed: Typed,
    alert: Option<Alert>,
) -> Result<InstrumentPage, Refusal> {
    let f = Frame::new(app, visitor, say(visitor.language, T::InstrumentTitle), &account::PAGE);
    let list = INSTRUMENTS.shown(&f, asked, &[], &found);
    Ok(InstrumentPage {
        f,
        list,
        numbers: found.rows.into_iter().map(|row| row.number).collect(),
        may_edit: edits(visitor),
        alert,
        typed,
        hidden: visitor.hidden()?,
        hidden_retire: visitor.hidden()?,
    })
}
