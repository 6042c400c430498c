//! The form that gives a contract another name or other files. Its days never change.

use super::{form::ACCEPT, may_edit, show::find};
use crate::{
    console::{
        form::{Field, Form, FormPage, Wrong, again},
        frame::Frame,
        page,
        posted::{Posted, PostedFiles},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::contract::{self, Change},
    state::App,
    text::Text as T,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use firebee_domain::contract::{CONTRACT_NAME_LENGTH_MAX, Contract};
use firebee_protocol::text::say;

/// The form.
pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    if !may_edit(&visitor) {
        return Err(Refusal::NotFound);
    }
    let contract = find(&app, &visitor, &id).await?.contract;
    page(&made(&app, &visitor, &contract, form(&visitor, &contract)?))
}

fn form(visitor: &Visitor, contract: &Contract) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let files = contract.files.iter().map(ToString::to_string);
    Ok(Form::new(visitor, format!("/contracts/{}", contract.id), T::OwnerSave)?
        .with(Field::text("name", t(T::ContractName), CONTRACT_NAME_LENGTH_MAX).value(&contract.name))
        .with(Field::files(t(T::ContractFile), true, ACCEPT).hint(t(T::ContractFileHint)).values(files)))
}

fn made(app: &App, visitor: &Visitor, contract: &Contract, form: Form) -> FormPage {
    FormPage {
        f: Frame::new(app, visitor, say(visitor.language, T::ContractEdit), &project::PAGE),
        back: (format!("/contracts/{}", contract.id), contract.name.clone()),
        data: true,
        lead: say(visitor.language, T::ContractEditLead),
        form,
    }
}

/// Changes the contract.
pub(super) async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: PostedFiles,
) -> Result<Response, Refusal> {
    let PostedFiles { posted: Posted { visitor, request, fields }, files } = posted;
    if !may_edit(&visitor) {
        return Err(Refusal::NotFound);
    }
    let known = find(&app, &visitor, &id).await?.contract;
    let refused = |wrong: Wrong| {
        let form = form(&visitor, &known)?.filled(&fields).refused(wrong);
        again(&made(&app, &visitor, &known, form))
    };
    let files = match files {
        Ok(files) => files,
        Err(error) => return refused(Wrong::at("file", visitor.language, error.code(), &error.values())),
    };
    let sent = |name| Some(fields.text(name).to_owned()).filter(|typed| !typed.is_empty());
    let wanted = Change {
        contract: known.id,
        name: fields.text("name").to_owned(),
        sign_date: sent("sign_date"),
        end_date: sent("end_date"),
        files,
    };
    match contract::change(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/contracts/{id}?done={request}")).into_response()),
        Err(error) => refused(Wrong::of(visitor.language, error)?),
    }
}
