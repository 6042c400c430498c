//! The form of a new contract.

use super::may_edit;
use crate::{
    console::{
        form::{Answer, Field, Form, FormPage, Wrong, again},
        frame::Frame,
        list::Asked,
        page,
        posted::{Posted, PostedFiles},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::contract::{self, Create},
    query::{self, owner::OwnerRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use firebee_domain::{
    contract::{CONTRACT_NAME_LENGTH_MAX, ContractKind},
    id::OwnerId,
};
use firebee_protocol::text::{Arg, say, say_with, word};
use strum::VariantArray as _;

/// What a file of a contract may be, as HTML names it.
pub(super) const ACCEPT: &str = "image/*,application/pdf";

/// The form. The owner is found in the list of owners, not typed.
pub(super) async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if asked.get("owner").is_empty() {
        return Ok(Redirect::to("/owners").into_response());
    }
    let owner = owner(&app, &visitor, asked.get("owner")).await?;
    page(&made(&app, &visitor, &owner, form(&visitor, &owner)?))
}

async fn owner(app: &App, visitor: &Visitor, id: &str) -> Result<OwnerRow, Refusal> {
    let id: OwnerId = id.parse().map_err(|_| Refusal::NotFound)?;
    if !may_edit(visitor) {
        return Err(Refusal::NotFound);
    }
    let org = visitor.member.org;
    let found: Result<_, StoreError> =
        app.store.read("read_owner", async move |tx: &mut Tx| query::owner::owner(tx, org, id).await).await;
    found?.ok_or(Refusal::NotFound)
}

fn form(visitor: &Visitor, owner: &OwnerRow) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let kind = |kind: &ContractKind| Answer::word(<&str>::from(kind), word::contract(visitor.language, *kind));
    Ok(Form::new(visitor, "/contracts", T::OwnerSave)?
        .carrying("owner", owner.owner.id.to_string())
        .with(Field::text("name", t(T::ContractName), CONTRACT_NAME_LENGTH_MAX))
        .with(Field::radio("kind", t(T::ContractKind), ContractKind::VARIANTS.iter().map(kind)))
        .with(Field::date("sign_date", t(T::ContractSigned)).hint(t(T::ContractDaysHint)))
        .with(Field::date("end_date", t(T::ContractEnds)))
        .with(Field::files(t(T::ContractFile), true, ACCEPT).hint(t(T::ContractFileHint))))
}

fn made(app: &App, visitor: &Visitor, owner: &OwnerRow, form: Form) -> FormPage {
    let firm = [("firm", Arg::from(&visitor.member.organisation_name))];
    FormPage {
        f: Frame::new(app, visitor, say(visitor.language, T::ContractNew), &project::PAGE),
        back: (format!("/owners/{}", owner.owner.id), owner.owner.name.clone()),
        data: true,
        lead: say_with(visitor.language, T::ContractNewLead, &firm),
        form,
    }
}

/// Makes the contract. Its files are stored before (ADR 25).
pub(super) async fn create(State(app): State<App>, posted: PostedFiles) -> Result<Response, Refusal> {
    let PostedFiles { posted: Posted { visitor, request, fields }, files } = posted;
    let owner = owner(&app, &visitor, fields.text("owner")).await?;
    let text = |name| fields.text(name).to_owned();
    let files = match files {
        Ok(files) => files,
        Err(error) => {
            let wrong = Wrong::at("file", visitor.language, error.code(), &error.values());
            let form = form(&visitor, &owner)?.filled(&fields).refused(wrong);
            return again(&made(&app, &visitor, &owner, form));
        }
    };
    let Ok(kind) = fields.parsed("kind") else { return Err(Refusal::FormExpired) };
    let (sign_date, end_date) = (text("sign_date"), text("end_date"));
    let wanted = Create { owner: owner.owner.id, name: text("name"), kind, sign_date, end_date, files };
    match contract::create(&app.store, visitor.act(request), wanted).await {
        Ok(id) => Ok(Redirect::to(&format!("/contracts/{id}?done={request}")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let form = form(&visitor, &owner)?.filled(&fields).refused(wrong);
            again(&made(&app, &visitor, &owner, form))
        }
    }
}
