//! One contract with its files and projects.

use super::may_edit;
use crate::{
    console::{
        form::{Answer, Field, Form},
        frame::Frame,
        owner::is_for,
        page,
        part::{Alert, Fact, Facts},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        contract::{ContractRow, contract},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    contract::EndKind,
    id::{ContentId, ContractId, OwnerId, ProjectId},
    text::TEXT_MAX,
};
use firebee_protocol::text::{Chip, when::date, word};

#[derive(Template)]
#[template(path = "contract/show.html")]
pub(super) struct ContractPage {
    f: Frame,
    contract: ContractId,
    owner: (OwnerId, String),
    state: Chip,
    kind: String,
    facts: Facts,
    /// Its files with their numbers.
    files: Vec<(ContentId, usize)>,
    projects: Vec<(ProjectId, String)>,
    /// The form that ends it, while it can be changed.
    end: Option<Form>,
    /// Why a form was refused that the page offers no more.
    alerts: Vec<Alert>,
}

/// One contract; permission is asked here.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<ContractRow, Refusal> {
    let id: ContractId = id.parse().map_err(|_| Refusal::NotFound)?;
    if !is_for(visitor) {
        return Err(Refusal::NotFound);
    }
    let org = visitor.member.org;
    let found: Result<_, StoreError> =
        app.store.read("read_contract", async move |tx: &mut Tx| contract(tx, org, id).await).await;
    found?.ok_or(Refusal::NotFound)
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let end = ending(&visitor, &id)?;
    page(&made(&app, &visitor, &id, end).await?)
}

/// The form that ends a contract.
pub(super) fn ending(visitor: &Visitor, id: &str) -> Result<Form, Refusal> {
    let reader = visitor.reader();
    let ways = [(EndKind::Terminated, T::ContractTerminate), (EndKind::Cancelled, T::ContractCancel)];
    let ways = ways.map(|(way, text)| Answer::word(<&str>::from(way), reader.t(text)));
    Ok(Form::new(visitor, format!("/contracts/{id}/end"), T::ContractEndButton)?
        .with(Field::radio("way", reader.t(T::ContractEnd), ways))
        .with(Field::area("reason", reader.t(T::ContractEndReason), TEXT_MAX)))
}

/// The page with the form that ends the contract.
pub(super) async fn made(app: &App, visitor: &Visitor, id: &str, end: Form) -> Result<ContractPage, Refusal> {
    let row = find(app, visitor, id).await?;
    let (org, contract) = (visitor.member.org, row.contract.id);
    let read = async move |tx: &mut Tx| {
        let names = query::member::names(tx, org).await?;
        Ok((query::contract::projects(tx, org, contract).await?, names))
    };
    let found: Result<_, StoreError> = app.store.read("read_contract_parts", read).await;
    let (projects, names) = found?;
    let ContractRow { contract, owner_name, .. } = row;
    let (f, reader) = (Frame::new(app, visitor, contract.name.clone(), &project::PAGE), visitor.reader());
    let ended = contract.end.as_ref().map(|end| {
        let by = names.get(&end.by).cloned().unwrap_or_default();
        format!("{} · {by} · {}", date(reader.language, end.at.china_day()), end.reason)
    });
    let facts = [
        Fact::data(f.t(T::PartOwner), &owner_name).at(format!("/owners/{}", contract.owner)),
        Fact::data(f.t(T::ContractFirm), &visitor.member.organisation_name),
        Fact::words(f.t(T::ContractKind), word::contract(reader.language, contract.kind)),
        Fact::words(f.t(T::ContractSigned), date(reader.language, contract.sign_date)),
        Fact::words(f.t(T::ContractEnds), date(reader.language, contract.end_date)),
        Fact::data(f.t(T::ContractEnded), ended.unwrap_or_default()),
    ];
    let offered = may_edit(visitor) && contract.end.is_none();
    let (end, alerts) = if offered { (Some(end), Vec::new()) } else { (None, end.into_alerts()) };
    Ok(ContractPage {
        f,
        contract: contract.id,
        owner: (contract.owner, owner_name),
        state: Chip::contract(reader.language, contract.status(visitor.now.china_day())),
        kind: word::contract(reader.language, contract.kind),
        facts: facts.into_iter().collect(),
        files: contract.files.iter().copied().zip(1..).collect(),
        projects,
        end,
        alerts,
    })
}
