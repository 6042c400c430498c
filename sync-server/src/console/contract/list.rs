//! The contracts, by name, narrowed by state, kind and owner.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        owner::is_for,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        contract::{Filter, contracts, counts},
        owner::owner,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::contract::{ContractLine, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::contract::{ContractKind, ContractStatus};
use firebee_protocol::text::{Chip, word};
use strum::VariantArray as _;

static CONTRACTS: List<ContractLine> = List {
    href: "/contracts",
    file: "contracts",
    none: T::ContractNone,
    usual: ("name", false),
    filters: &["state", "kind", "owner"],
    month: None,
    columns: &[
        Column {
            title: T::ContractName,
            sort: Some("name"),
            cell: |row| Cell::Link { href: format!("/contracts/{}", row.id), name: row.name.clone() },
        },
        Column { title: T::PartOwner, sort: Some("owner"), cell: |row| Cell::Data(row.owner.clone()) },
        Column { title: T::ContractKind, sort: None, cell: |row| Cell::Words(row.kind.clone()) },
        Column { title: T::ContractSigned, sort: Some("signed"), cell: |row| Cell::Day(row.signed.clone()) },
        Column { title: T::ContractEnds, sort: Some("ends"), cell: |row| Cell::Day(row.ends.clone()) },
        Column { title: T::ContractProjects, sort: None, cell: |row| Cell::Count(row.projects) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "contract/list.html")]
struct ContractsPage {
    f: Frame,
    list: Shown,
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
    let (org, actor, today) = (visitor.member.org, visitor.member.actor.clone(), visitor.now.china_day());
    let status: Option<ContractStatus> = asked.get("state").parse().ok();
    let filter = Filter {
        status: status.map(|status| (status, today)),
        kind: asked.get("kind").parse().ok(),
        owner: asked.get("owner").parse().ok(),
        wanted: CONTRACTS.wanted(&asked),
    };
    let read = async move |tx: &mut Tx| {
        let name = match filter.owner {
            Some(id) => owner(tx, org, id).await?.map(|row| row.owner.name),
            None => None,
        };
        let page = contracts(tx, org, &actor, &filter).await?;
        Ok((page, counts(tx, org, &actor, &filter, today).await?, name))
    };
    let found: Result<_, StoreError> = app.store.read("list_contracts", read).await;
    let (page, counts, name) = found?;
    let language = visitor.language;
    let state = |status: &ContractStatus| {
        Answer::counted(status.into(), Chip::contract(language, *status).word, counts.get(status))
    };
    let answers = ContractStatus::VARIANTS.iter().map(state).collect();
    let states = Facet { name: "state", title: T::ListState, every: Some(T::ListEvery), answers, form: Form::Chips };
    let kind = |kind: &ContractKind| Answer {
        value: <&str>::from(kind).to_owned(),
        word: word::contract(language, *kind),
        count: None,
        data: false,
    };
    let answers = ContractKind::VARIANTS.iter().map(kind).collect();
    let kinds = Facet { name: "kind", title: T::ContractKind, every: Some(T::ListEvery), answers, form: Form::Pick };
    let only = Facet::only("owner", T::PartOwner, &asked, name);
    let facets = [states, kinds].into_iter().chain(only).collect();
    let page = page.map(|row| line(visitor.reader(), &row));
    let head = (T::ContractList, &project::PAGE);
    CONTRACTS.answer((&app, &visitor, &asked), head, (page, facets), |f, list| ContractsPage { f, list }).await
}
