//! One owner with its contacts and contracts.

use super::{is_for, may_edit};
use crate::{
    console::{
        frame::Frame,
        page,
        part::{Alert, Fact, Facts, Hidden},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        contract::{Filter, contracts},
        owner::{OwnerRow, contacts, owner},
        page::Wanted,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        contract::{self, ContractLine},
        owner::{ContactLine, contact_line},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{id::OwnerId, owner::address_is_specific};

/// The most contacts and contracts of the page.
const ROWS_MAX: u32 = 100;

#[derive(Template)]
#[template(path = "owner/show.html")]
pub(super) struct OwnerPage {
    f: Frame,
    id: OwnerId,
    alert: Option<Alert>,
    facts: Facts,
    contacts: Vec<ContactLine>,
    contracts: Vec<ContractLine>,
    may_edit: bool,
    /// The form that deletes it, where nothing names it.
    hidden: Option<Hidden>,
}

/// One owner; permission is asked here.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<OwnerRow, Refusal> {
    let id: OwnerId = id.parse().map_err(|_| Refusal::NotFound)?;
    if !is_for(visitor) {
        return Err(Refusal::NotFound);
    }
    let org = visitor.member.org;
    let found: Result<_, StoreError> =
        app.store.read("read_owner", async move |tx: &mut Tx| owner(tx, org, id).await).await;
    found?.ok_or(Refusal::NotFound)
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    page(&made(&app, &visitor, &id, None).await?)
}

/// The page with why something was refused.
pub(super) async fn made(app: &App, visitor: &Visitor, id: &str, alert: Option<Alert>) -> Result<OwnerPage, Refusal> {
    let row = find(app, visitor, id).await?;
    let (org, actor, id) = (visitor.member.org, visitor.member.actor.clone(), row.owner.id);
    let read = async move |tx: &mut Tx| {
        let people = contacts(tx, org, &actor, (Some(id), &Wanted::first(ROWS_MAX))).await?;
        let filter = Filter { owner: Some(id), wanted: Wanted::first(ROWS_MAX), ..Filter::default() };
        Ok((people.rows, contracts(tx, org, &actor, &filter).await?.rows))
    };
    let found: Result<_, StoreError> = app.store.read("read_owner_parts", read).await;
    let (people, signed) = found?;
    let (f, reader) = (Frame::new(app, visitor, row.owner.name.clone(), &project::PAGE), visitor.reader());
    let address = Fact::data(f.t(T::OwnerAddress), &row.owner.address);
    let vague = !address_is_specific(&row.owner.address);
    let address = if vague { address.doubted(f.t(T::OwnerAddressVague)) } else { address };
    let facts = [
        Fact::data(f.t(T::OwnerCity), &row.owner.city),
        address,
        Fact::words(f.t(T::OwnerCreated), reader.when(row.created).exact),
        Fact::words(f.t(T::OwnerChanged), reader.when(row.changed).exact),
    ];
    let free = row.contracts == 0 && may_edit(visitor);
    Ok(OwnerPage {
        f,
        id,
        alert,
        facts: facts.into_iter().collect(),
        contacts: people.iter().map(|row| contact_line(reader, row)).collect(),
        contracts: signed.iter().map(|row| contract::line(reader, row)).collect(),
        may_edit: may_edit(visitor),
        hidden: free.then(|| visitor.hidden()).transpose()?,
    })
}
