//! The rows and documents of a new firm.

use super::{
    check::{Checked, FirmError},
    create::Hashed,
};
use crate::{
    accept::{Publication, publish},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Account, Role},
    contract::ContractKind,
    time::Timestamp,
};
use firebee_protocol::document::{ProjectDocument, SessionDocument, kind};
use serde::Serialize;

pub(super) async fn firm(tx: &mut Tx, firm: &Checked, accounts: &[Hashed], now: Timestamp) -> Result<(), FirmError> {
    let organisation = &firm.organisation;
    let insert = sql!("INSERT INTO organisation(id, name, body) VALUES (?1, ?2, ?3)");
    tx.execute(insert, &row![&organisation.id.0, &organisation.name, &json(organisation)?]).await?;
    let insert = sql!("INSERT INTO person(id, organisation, name, body) VALUES (?1, ?2, ?3, ?4)");
    for person in &firm.people {
        tx.execute(insert, &row![&person.id.0, &organisation.id.0, &person.name, &json(person)?]).await?;
    }
    for hashed in accounts {
        account(tx, hashed, now).await?;
    }
    let insert = sql!("INSERT INTO owner(id, organisation, name, body) VALUES (?1, ?2, ?3, ?4)");
    for owner in &firm.owners {
        tx.execute(insert, &row![&owner.id.0, &organisation.id.0, &owner.name, &json(owner)?]).await?;
    }
    let insert = sql!("INSERT INTO contract(id, organisation, owner, body) VALUES (?1, ?2, ?3, ?4)");
    for contract in &firm.contracts {
        let body = json(contract)?;
        let values = row![&contract.id.0, &organisation.id.0, &contract.owner.0, &body];
        tx.execute(insert, &values).await?;
    }
    let insert =
        sql!("INSERT INTO project(id, organisation, contract, lead, name, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    for project in &firm.projects {
        let lead = project.lead.as_ref().map(|lead| &lead.0);
        let body = json(project)?;
        let values = row![&project.id.0, &organisation.id.0, &project.contract.0, lead, &project.name, &body];
        tx.execute(insert, &values).await?;
    }
    let mut documents = sessions(firm, now)?;
    documents.extend(projects(firm)?);
    Ok(publish(tx, documents).await.map(drop)?)
}

async fn account(tx: &mut Tx, hashed: &Hashed, now: Timestamp) -> Result<(), FirmError> {
    let Account { id, organisation, person, phone, role, enabled, .. } = &hashed.account;
    let login = hashed.account.login().as_str();
    let insert = sql!(
        "INSERT INTO account(id, organisation, person, login, phone, category, director, enabled, password_hash,
             must_change, created_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9, ?10) ON CONFLICT (login) DO NOTHING"
    );
    let (organisation, person) = (organisation.as_ref().map(|id| &id.0), person.as_ref().map(|id| &id.0));
    let values =
        row![&id.0, organisation, person, login, phone, role.code(), *enabled, &hashed.hash, hashed.must_change, now.0];
    match tx.execute(insert, &values).await? {
        0 => Err(FirmError::LoginTaken(login.to_owned())),
        _ => Ok(()),
    }
}

/// What a phone shows of who is signed in: for those who may use one.
fn sessions(firm: &Checked, now: Timestamp) -> Result<Vec<Publication>, StoreError> {
    let on_phones =
        firm.accounts.iter().filter(|(_, held)| matches!(held.role, Role::FieldOperator | Role::ProjectLead));
    let document = |(person, account): &(usize, Account)| {
        let Some((category, person)) = account.role.category().zip(firm.people.get(*person)) else { return Ok(None) };
        let document = SessionDocument {
            account: account.id,
            organisation: firm.organisation.id,
            organisation_name: firm.organisation.name.clone(),
            name: account.name.clone(),
            category,
            // a reviewer is a registered engineer.
            may_review: person.is_registered_engineer(now.china_day()),
        };
        let (id, body, to) = (account.id.to_string(), Some(json(&document)?), vec![account.id]);
        Ok(Some(Publication { kind: kind::SESSION, id, body, to }))
    };
    on_phones.filter_map(|held| document(held).transpose()).collect()
}

fn projects(firm: &Checked) -> Result<Vec<Publication>, StoreError> {
    let mut documents = Vec::new();
    for project in &firm.projects {
        let lead = firm.accounts.iter().map(|(_, account)| account).find(|account| Some(account.id) == project.lead);
        let owner = firm.owners.iter().find(|owner| owner.id == project.owner);
        let document = ProjectDocument {
            project: project.clone(),
            owner_name: owner.map(|owner| owner.name.clone()).unwrap_or_default(),
            lead_name: lead.map(|lead| lead.name.clone()).unwrap_or_default(),
            faults_must_be_handled: project.kind == ContractKind::Maintenance,
        };
        let to = project.lead.into_iter().collect();
        documents.push(Publication {
            kind: kind::PROJECT,
            id: project.id.to_string(),
            body: Some(json(&document)?),
            to,
        });
    }
    Ok(documents)
}

fn json(body: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(body).map_err(|error| StoreError::Bug(error.to_string()))
}
