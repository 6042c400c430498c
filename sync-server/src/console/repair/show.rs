//! One request: what is wrong and where, what happened to it, and the steps that are open to the visitor.

use super::asks;
use crate::{
    console::{
        fault,
        form::{Answer, Field, Form},
        frame::Frame,
        page,
        part::Alert,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        access::to_repair,
        repair::{RepairRow, repair, sees_inside},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::repair::{RepairView, view},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject},
    id::{AccountId, RepairId},
    repair::{RepairState, reaches_firm},
    text::TEXT_MAX,
};
use firebee_protocol::{
    catalogue::Pack,
    text::{say, tongue},
};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "repair/show.html")]
pub(super) struct RepairPage {
    f: Frame,
    v: RepairView,
    /// Why a step that is open no more was refused.
    alerts: Vec<Alert>,
    /// The form by which the unit closes it.
    close: Option<Form>,
    /// The form by which the unit passes it on.
    pass_on: Option<Form>,
    /// The form by which the firm takes it up.
    take_up: Option<Form>,
}

/// The data of the page.
pub(super) struct Found {
    subject: Subject,
    pub(super) row: RepairRow,
    names: HashMap<AccountId, String>,
}

/// A step that a form of the page asks for.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// The unit closes it.
    Close,
    /// The unit passes it on.
    PassOn,
    /// The firm takes it up.
    TakeUp,
}

/// A form that was refused: which, and what becomes of it.
pub(super) type Again<'a> = (Step, &'a dyn Fn(Form) -> Form);

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, &found, None)?)
}

/// A request that the visitor may read. One that the unit handles itself is not there for the firm.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Found, Refusal> {
    let id: RepairId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let Some(subject) = to_repair(tx, org, &actor, Action::ReadRepair, id).await? else { return Ok(None) };
        let Some(row) = repair(tx, org, id).await? else { return Ok(None) };
        if !sees_inside(actor.role) && !reaches_firm(row.repair.state) {
            return Ok(None);
        }
        let mut names = query::member::names(tx, org).await?;
        names.extend(query::owner::contact_names(tx, org).await?);
        Ok(Some(Found { subject, row, names }))
    };
    let found: Result<Option<Found>, StoreError> = app.store.read("read_repair", read).await;
    found?.ok_or(Refusal::NotFound)
}

pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    found: &Found,
    again: Option<Again<'_>>,
) -> Result<RepairPage, Refusal> {
    let repair = &found.row.repair;
    let inside = repair.state == RepairState::Inside && visitor.may(Action::AskRepair, &found.subject);
    let waits = repair.state == RepairState::Sent && visitor.may(Action::HandleFault, &found.subject);
    let mut close = if inside { Some(close_form(visitor, repair.id)?) } else { None };
    let mut pass_on = if inside { Some(pass_on_form(visitor, repair.id)?) } else { None };
    let mut take_up = if waits { Some(take_up_form(visitor, repair.id, &repair.facility)?) } else { None };
    let mut alerts = Vec::new();
    if let Some((step, refused)) = again {
        let open = match step {
            Step::Close => &mut close,
            Step::PassOn => &mut pass_on,
            Step::TakeUp => &mut take_up,
        };
        match open.take() {
            Some(form) => *open = Some(refused(form)),
            // The step is open no more: the page says why without its form.
            None => alerts = refused(pass_on_form(visitor, repair.id)?).into_alerts(),
        }
    }
    let place = if asks(visitor) { &super::PAGE } else { &fault::PAGE };
    Ok(RepairPage {
        f: Frame::new(app, visitor, say(visitor.language, T::RepairTitle), place),
        v: view(visitor.reader(), (&found.subject, &found.row), (&Pack::embedded().catalogue, &found.names)),
        alerts,
        close,
        pass_on,
        take_up,
    })
}

fn close_form(visitor: &Visitor, id: RepairId) -> Result<Form, Refusal> {
    let words = Field::area("words", say(visitor.language, T::RepairCloseWords), TEXT_MAX);
    Ok(Form::new(visitor, format!("/repairs/{id}/close"), T::RepairClose)?.with(words))
}

fn pass_on_form(visitor: &Visitor, id: RepairId) -> Result<Form, Refusal> {
    Form::new(visitor, format!("/repairs/{id}/pass-on"), T::RepairPassOn)
}

/// The firm says which item of the facility the fault is one of.
fn take_up_form(visitor: &Visitor, id: RepairId, facility: &str) -> Result<Form, Refusal> {
    let tongue = tongue(visitor.language);
    let items = Pack::embedded().catalogue.items().filter(|found| found.facility.code == facility);
    let items = items.map(|found| {
        let name = tongue.of(&found.item.name, &found.item.name_en);
        Answer::word(found.item.id.clone(), name)
    });
    let item = Field::select("item", say(visitor.language, T::RepairItem), items);
    let item = item.hint(say(visitor.language, T::RepairItemHint));
    Ok(Form::new(visitor, format!("/repairs/{id}/take-up"), T::RepairTakeUp)?.with(item))
}
