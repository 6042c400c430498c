//! The form of an owner.

use super::{may_edit, show::find};
use crate::{
    console::{
        form::{Field, Form, FormPage, Wrong, again},
        frame::Frame,
        page,
        posted::{Fields, Posted},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::owner::{self, Change, Create},
    state::App,
    text::Text as T,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use firebee_domain::owner::{OWNER_TEXT_LENGTH_MAX, Owner, address_is_specific};
use firebee_protocol::text::say;

/// The address of which the form has warned before.
const DOUBTED: &str = "doubted";

/// The form of a new owner.
pub(super) async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    if !may_edit(&visitor) {
        return Err(Refusal::NotFound);
    }
    page(&made(&app, &visitor, None, form(&visitor, None)?))
}

/// The form of an owner that exists.
pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    if !may_edit(&visitor) {
        return Err(Refusal::NotFound);
    }
    let row = find(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, Some(&row.owner), form(&visitor, Some(&row.owner))?))
}

fn form(visitor: &Visitor, owner: Option<&Owner>) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let action = owner.map_or_else(|| "/owners".to_owned(), |owner| format!("/owners/{}", owner.id));
    let text = |name: &str, label, of: fn(&Owner) -> &String| {
        Field::text(name, t(label), OWNER_TEXT_LENGTH_MAX).value(owner.map(of).cloned().unwrap_or_default())
    };
    Ok(Form::new(visitor, action, T::OwnerSave)?
        .with(text("name", T::OwnerName, |owner| &owner.name).hint(t(T::OwnerNameHint)))
        .with(text("city", T::OwnerCity, |owner| &owner.city))
        .with(text("address", T::OwnerAddress, |owner| &owner.address).hint(t(T::OwnerAddressHint))))
}

fn made(app: &App, visitor: &Visitor, owner: Option<&Owner>, form: Form) -> FormPage {
    let title = if owner.is_some() { T::OwnerEdit } else { T::OwnerNew };
    let list = ("/owners".to_owned(), say(visitor.language, T::OwnerList));
    FormPage {
        f: Frame::new(app, visitor, say(visitor.language, title), &project::PAGE),
        data: owner.is_some(),
        back: owner.map_or(list, |owner| (format!("/owners/{}", owner.id), owner.name.clone())),
        lead: String::new(),
        form,
    }
}

/// the address that is worth a warning, unless the form has warned of the same one before.
fn vague(fields: &Fields) -> Option<&str> {
    let address = fields.text("address").trim();
    (!address.is_empty() && !address_is_specific(address) && fields.text(DOUBTED) != address).then_some(address)
}

/// The form again, with what was typed and a warning that lets one go on.
fn warned(app: &App, visitor: &Visitor, owner: Option<&Owner>, fields: &Fields) -> Result<Option<Response>, Refusal> {
    let Some(address) = vague(fields) else { return Ok(None) };
    let form = form(visitor, owner)?.filled(fields).carrying(DOUBTED, address);
    let form = form.doubting("address", say(visitor.language, T::OwnerAddressDoubt));
    again(&made(app, visitor, owner, form)).map(Some)
}

fn refused(
    app: &App,
    visitor: &Visitor,
    owner: Option<&Owner>,
    (fields, wrong): (&Fields, Wrong),
) -> Result<Response, Refusal> {
    let form = form(visitor, owner)?.filled(fields).carrying(DOUBTED, fields.text(DOUBTED)).refused(wrong);
    again(&made(app, visitor, owner, form))
}

/// Makes the owner.
pub(super) async fn create(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    if !may_edit(&visitor) {
        return Err(Refusal::NotFound);
    }
    if let Some(answer) = warned(&app, &visitor, None, &fields)? {
        return Ok(answer);
    }
    let text = |name| fields.text(name).to_owned();
    let wanted = Create { name: text("name"), city: text("city"), address: text("address") };
    match owner::create(&app.store, visitor.act(request), wanted).await {
        Ok(id) => Ok(Redirect::to(&format!("/owners/{id}?done={request}")).into_response()),
        Err(error) => refused(&app, &visitor, None, (&fields, Wrong::of(visitor.language, error)?)),
    }
}

/// Changes the owner.
pub(super) async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    if !may_edit(&visitor) {
        return Err(Refusal::NotFound);
    }
    let known = find(&app, &visitor, &id).await?.owner;
    if let Some(answer) = warned(&app, &visitor, Some(&known), &fields)? {
        return Ok(answer);
    }
    let text = |name| fields.text(name).to_owned();
    let wanted = Change { owner: known.id, name: text("name"), city: text("city"), address: text("address") };
    match owner::change(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/owners/{id}?done={request}")).into_response()),
        Err(error) => refused(&app, &visitor, Some(&known), (&fields, Wrong::of(visitor.language, error)?)),
    }
}
