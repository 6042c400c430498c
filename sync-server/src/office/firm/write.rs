//! Writes a checked firm into the database, and publishes its documents.

use super::{FirmError, check::Draft, create::CreateFirmError, number};
use crate::{
    feed::{Publication, publish, workers},
    keys::{Keyring, Seal},
    office::{
        Office,
        account::{Introduced, introduce, tell_crew},
        act::{Noted, note},
        personnel::keep::keep,
    },
    org::Org,
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{
    account::{Account, Action, Category},
    code::Code,
    contract::Contract,
    id::{AccountId, RequestId},
    organisation::Organisation,
    personnel::Person,
    project::{Particulars, Project, is_shown_to_owner},
    spelling::Spelled,
    time::Timestamp,
};
use firebee_protocol::document::{ProjectDocument, kind};
use serde::Serialize;
use std::collections::BTreeMap;

/// An account with the hash of its password.
#[derive(Clone, Debug)]
pub(in crate::office) struct Hashed {
    pub account: Account,
    pub category: Category,
    pub hash: String,
    pub must_change: bool,
}

pub(super) async fn write(
    tx: &mut Tx,
    office: &Office,
    draft: &Draft,
    accounts: &[Hashed],
    (seal, now): (Seal, Timestamp),
) -> Result<Org, CreateFirmError> {
    free(tx, accounts).await?;
    let organisation = &draft.organisation;
    let org = Org::new(number::next(tx).await?, organisation.id);
    let insert = sql!(
        "INSERT INTO organisation(org, id, name, body, incarnation, server_key, rev_base, behind)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0)"
    );
    let (body, Seal { incarnation, public }) = (json(organisation)?, seal);
    let values = row![org, &organisation.id, &organisation.name, &body, &incarnation, &public];
    tx.execute(insert, &values).await?;
    for person in &draft.people {
        keep(tx, org, person).await?;
    }
    for made in accounts {
        let person = holder(&draft.people, made)?;
        account(tx, (org, office), made, organisation, person, now).await?;
    }
    tell_crew::lock(tx, org, None).await?;
    for made in accounts {
        known(tx, (org, office), made, organisation, &draft.people).await?;
    }
    tell_crew::tell(tx, org).await?;
    let mut units = BTreeMap::new();
    for unit in draft.units.values() {
        let insert = sql!(
            "INSERT INTO regulator_unit(id, name, parent, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) DO NOTHING"
        );
        tx.execute(insert, &row![&unit.id, &unit.name, unit.parent.as_ref(), &json(unit)?]).await?;
        // Another firm may have named it before.
        let known = tx.query_opt(sql!("SELECT id FROM regulator_unit WHERE name = ?1"), &row![&unit.name]).await?;
        units.extend(known.map(|row| Ok::<_, StoreError>((unit.id, row.get(0)?))).transpose()?);
    }
    for owner in &draft.owners {
        let insert = sql!(
            "INSERT INTO owner(org, id, name, sort, find, body, created_ms, changed_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)"
        );
        let Spelled { sort, find } = Spelled::of(&owner.name);
        tx.execute(insert, &row![org, &owner.id, &owner.name, &sort, &find, &json(owner)?, now]).await?;
    }
    for contract in &draft.contracts {
        write_contract(tx, org, contract).await?;
    }
    for project in &draft.projects {
        let jurisdiction = project.jurisdiction.and_then(|unit| units.get(&unit).copied());
        write_project(tx, org, draft, &Project { jurisdiction, ..project.clone() }).await?;
    }
    Ok(org)
}

/// a login is one account's on the whole server. All that are taken are named at once.
async fn free(tx: &mut Tx, accounts: &[Hashed]) -> Result<(), CreateFirmError> {
    let mut taken = Vec::new();
    for made in accounts {
        let login = made.account.login().as_str();
        if !login_is_free(tx, login).await? {
            taken.push(FirmError {
                path: "people".into(),
                code: Code::LoginTaken,
                found: login.to_owned(),
                values: Vec::new(),
            });
        }
    }
    if taken.is_empty() { Ok(()) } else { Err(CreateFirmError::File(taken)) }
}

/// Whether no account has this login.
pub(in crate::office) async fn login_is_free(tx: &mut Tx, login: &str) -> Result<bool, StoreError> {
    Ok(tx.query_opt(sql!("SELECT org FROM login_org WHERE login = ?1"), &row![login]).await?.is_none())
}

/// The person who holds an account.
fn holder<'p>(people: &'p [Person], made: &Hashed) -> Result<&'p Person, StoreError> {
    let person = people.iter().find(|person| Some(person.id) == made.account.person);
    person.ok_or_else(|| StoreError::Bug("an account without its person".into()))
}

/// Publishes the document by which the phone of an account knows who it is.
pub(in crate::office) async fn known(
    tx: &mut Tx,
    (org, office): (Org, &Office),
    made: &Hashed,
    organisation: &Organisation,
    people: &[Person],
) -> Result<(), StoreError> {
    let (account, category, track) = (made.account.id, made.category, office.track);
    introduce(tx, org, Introduced { account, category, organisation, person: holder(people, made)?, track }).await
}

/// Writes an account, and notes in the work log that it was made.
pub(in crate::office) async fn account(
    tx: &mut Tx,
    (org, office): (Org, &Office),
    made: &Hashed,
    organisation: &Organisation,
    person: &Person,
    now: Timestamp,
) -> Result<(), StoreError> {
    let account = &made.account;
    let director = organisation.technical_director == Some(account.id);
    let insert = sql!(
        "INSERT INTO account(org, id, person, login, phone, category, director, enabled, password_hash,
             must_change, created_ms, find)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
    );
    let login = account.login().as_str();
    let Spelled { find, .. } = Spelled::of(login);
    let values = row![
        org,
        &account.id,
        &person.id,
        login,
        &account.phone,
        account.role,
        director,
        account.enabled,
        &made.hash,
        made.must_change,
        now,
        &find,
    ];
    tx.execute(insert, &values).await?;
    let lead = sql!("INSERT INTO login_org(login, org) VALUES (?1, ?2)");
    tx.execute(lead, &row![login, org]).await?;
    log(tx, (org, &office.keyring), account.id, now).await
}

/// notes in the work log that an account was made. The account's id serves as the request's, because an account
/// is made once.
async fn log(tx: &mut Tx, (org, keys): (Org, &Keyring), account: AccountId, at: Timestamp) -> Result<(), StoreError> {
    let (request, kind, about) = (RequestId(account.0), "create_account", account.into());
    note(tx, Noted { org, keys, request, account: None, at, kind, about, body: "{}" }).await
}

async fn write_project(tx: &mut Tx, org: Org, draft: &Draft, project: &Project) -> Result<(), StoreError> {
    let particulars = draft.particulars.get(&project.id).cloned().unwrap_or_default();
    let lead = insert_project(tx, org, project, &particulars).await?;
    let owner = draft.owners.iter().find(|owner| owner.id == project.owner).map(|owner| owner.name.clone());
    let leads = draft.accounts.iter().find(|(account, _)| account.id == lead).map(|(account, _)| account.name.clone());
    let document = ProjectDocument {
        project: project.clone(),
        owner_name: owner.unwrap_or_default(),
        lead_name: leads.unwrap_or_default(),
        orders: Vec::new(),
    };
    publish(
        tx,
        org,
        vec![publication(kind::PROJECT, project.id.to_string(), &document, workers(Action::ReadProject, &[], lead))?],
    )
    .await
    .map(drop)
}

fn publication(
    kind: &'static str,
    id: String,
    document: &impl Serialize,
    to: Vec<AccountId>,
) -> Result<Publication, StoreError> {
    Ok(Publication { kind, id, body: Some(json(document)?), to })
}

/// Writes the row of a new contract.
pub(in crate::office) async fn write_contract(tx: &mut Tx, org: Org, contract: &Contract) -> Result<(), StoreError> {
    let insert = sql!(
        "INSERT INTO contract(org, id, owner, kind, sign_date, end_date, ended, sort, find, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', ?7, ?8, ?9)"
    );
    let (Spelled { sort, find }, body) = (Spelled::of(&contract.name), json(contract)?);
    let (signed, end) = (contract.sign_date.to_string(), contract.end_date.to_string());
    let values = row![org, &contract.id, &contract.owner, contract.kind, &signed, &end, &sort, &find, &body];
    tx.execute(insert, &values).await.map(drop)
}

/// Writes the row of a new project, and returns its lead.
pub(in crate::office) async fn insert_project(
    tx: &mut Tx,
    org: Org,
    project: &Project,
    particulars: &Particulars,
) -> Result<AccountId, StoreError> {
    let lead = project.lead.ok_or_else(|| StoreError::Bug("a project without its lead".into()))?;
    let insert = sql!(
        "INSERT INTO project(org, id, contract, lead, unit, name, sort, find, body, end_date, terminated, particulars,
             shown, city, unit_type, special)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
    );
    let (Spelled { sort, find }, body) = (Spelled::of(&project.name), json(project)?);
    let (contract, unit) = (&project.contract, project.jurisdiction.as_ref());
    let (end, terminated, kept) = (project.end_date.to_string(), project.termination.is_some(), json(particulars)?);
    let narrowing = row![&project.city, &particulars.unit_type, project.special_site];
    let named = row![org, &project.id, contract, &lead, unit, &project.name, &sort, &find];
    let shown = is_shown_to_owner(project);
    let values = [&named[..], &row![&body, &end, terminated, &kept, shown], &narrowing].concat();
    tx.execute(insert, &values).await?;
    Ok(lead)
}
