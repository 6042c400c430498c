//! Reads about the people of an organisation and their accounts.

use super::visible::{sees_organisation, visible};
use crate::{
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Account, Action, Actor, Role},
    id::{AccountId, OrganisationId, PersonId},
    organisation::Organisation,
    personnel::Person,
};
use serde_json::json;
use std::collections::HashMap;

/// Somebody who is signed in to the console.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who this is to [`may`](firebee_domain::account::may).
    pub actor: Actor,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The holder's record on the personnel list.
    pub person: Person,
    /// What the holder signs in as.
    pub login: String,
    /// Whether the password was given by somebody else and must be changed first.
    pub must_change: bool,
}

/// The member with that account.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn member(tx: &mut Tx, account: AccountId) -> Result<Option<Member>, StoreError> {
    let find = sql!(
        "SELECT a.organisation, a.category, a.director, a.enabled, a.login, a.must_change, o.name, p.body
         FROM account a JOIN organisation o ON o.id = a.organisation JOIN person p ON p.id = a.person WHERE a.id = ?1"
    );
    let Some(row) = tx.query_opt(find, &row![&account]).await? else { return Ok(None) };
    let organisation = row.get(0)?;
    let actor = Actor {
        account,
        organisation: Some(organisation),
        role: row.get(1)?,
        technical_director: row.get(2)?,
        enabled: row.get(3)?,
    };
    Ok(Some(Member {
        actor,
        organisation,
        organisation_name: row.get(6)?,
        person: own(row.get(7)?)?,
        login: row.get(4)?,
        must_change: row.get(5)?,
    }))
}

/// The one person of that name on the list of an organisation of that name; `None` also when there are several.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn listed(
    tx: &mut Tx,
    organisation: &str,
    person: &str,
) -> Result<Option<(Organisation, Person)>, StoreError> {
    let find = sql!(
        "SELECT o.body, p.body FROM person p JOIN organisation o ON o.id = p.organisation
         WHERE o.name = ?1 AND p.name = ?2"
    );
    let rows = tx.query(find, &row![organisation, person]).await?;
    let [row] = rows.as_slice() else { return Ok(None) };
    Ok(Some((own(row.get(0)?)?, own(row.get(1)?)?)))
}

/// An account of an organisation, as the rules of issuing take it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn account(
    tx: &mut Tx,
    organisation: OrganisationId,
    account: AccountId,
) -> Result<Option<Account>, StoreError> {
    let find = sql!(
        "SELECT a.person, a.login, p.name, a.phone, a.category, a.enabled FROM account a JOIN person p ON p.id = a.person
         WHERE a.id = ?1 AND a.organisation = ?2"
    );
    let Some(row) = tx.query_opt(find, &row![&account, &organisation]).await? else { return Ok(None) };
    let account = json!({
        "id": account,
        "organisation": organisation,
        "person": row.get::<PersonId>(0)?,
        "login": row.get::<&str>(1)?,
        "name": row.get::<&str>(2)?,
        "phone": row.get::<&str>(3)?,
        "role": row.get::<&str>(4)?,
        "enabled": row.get::<bool>(5)?,
    });
    serde_json::from_value(account).map(Some).map_err(|error| StoreError::Bug(format!("an account: {error}")))
}

/// Somebody to whom items can be issued.
#[derive(Clone, Debug)]
pub struct Executor {
    /// The account.
    pub account: AccountId,
    /// The holder's name.
    pub name: String,
    /// Field operator or project lead.
    pub role: Role,
}

/// Everybody to whom items can be issued, by name: open accounts of operators and leads. For actors who may
/// read accounts.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn executors(tx: &mut Tx, actor: &Actor) -> Result<Vec<Executor>, StoreError> {
    let find = sql!(concat!(
        "SELECT a.id, p.name, a.category FROM account a JOIN person p ON p.id = a.person
         WHERE a.enabled = 1 AND a.category IN (?3, ?4) AND ",
        sees_organisation!("a.organisation"),
        " ORDER BY a.category, p.name, a.id"
    ));
    let seen = visible(actor, Action::ReadAccounts);
    let roles = row![Role::FieldOperator, Role::ProjectLead];
    let rows = tx.query(find, &[&seen.of_organisation()[..], &roles].concat()).await?;
    let read = |row: &Row| Ok(Executor { account: row.get(0)?, name: row.get(1)?, role: row.get(2)? });
    rows.iter().map(read).collect()
}

/// The names of everybody in an organisation, by account: histories name people who may have left.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn names(tx: &mut Tx, organisation: OrganisationId) -> Result<HashMap<AccountId, String>, StoreError> {
    let find = sql!("SELECT a.id, p.name FROM account a JOIN person p ON p.id = a.person WHERE a.organisation = ?1");
    let rows = tx.query(find, &row![&organisation]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
