//! Reads about the people of an organisation and their accounts.

use super::visible::{sees_firm, visible};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Row, StoreError, Tx, Ty, own},
};
use firebee_domain::{
    account::{Account, Action, Actor, Role},
    dispatch,
    id::{AccountId, PersonId},
    organisation::Organisation,
    personnel::{Ending, Person},
};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};

/// Somebody who is signed in to the console.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who this is to [`may`](firebee_domain::account::may).
    pub actor: Actor,
    /// The firm.
    pub org: Org,
    /// Its name.
    pub organisation_name: String,
    /// The holder's record on the personnel list; of an owner's contact the name alone.
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
pub async fn member(tx: &mut Tx, org: Org, account: AccountId) -> Result<Option<Member>, StoreError> {
    let find = sql!(
        "SELECT a.category, a.director, a.enabled, a.login, a.must_change, o.name, p.body
         FROM account a JOIN organisation o ON o.org = a.org JOIN person p ON p.org = a.org AND p.id = a.person
         WHERE a.org = ?1 AND a.id = ?2"
    );
    let Some(row) = tx.query_opt(find, &row![org, &account]).await? else { return contact(tx, org, account).await };
    let actor = Actor {
        account,
        organisation: row.get::<Role>(0)?.is_staff().then(|| org.id()),
        role: row.get(0)?,
        technical_director: row.get(1)?,
        enabled: row.get(2)?,
    };
    Ok(Some(Member {
        actor,
        org,
        organisation_name: row.get(5)?,
        person: own(row.get(6)?)?,
        login: row.get(3)?,
        must_change: row.get(4)?,
    }))
}

/// The contact of an owner with that account. It belongs to no firm and is on no personnel list.
async fn contact(tx: &mut Tx, org: Org, account: AccountId) -> Result<Option<Member>, StoreError> {
    let find = sql!(
        "SELECT a.category, a.enabled, a.login, a.must_change, o.name, c.name
         FROM account a JOIN organisation o ON o.org = a.org JOIN contact c ON c.org = a.org AND c.account = a.id
         WHERE a.org = ?1 AND a.id = ?2"
    );
    let Some(row) = tx.query_opt(find, &row![org, &account]).await? else { return Ok(None) };
    let role = row.get(0)?;
    let actor = Actor { account, organisation: None, role, technical_director: false, enabled: row.get(1)? };
    let name = row.get(5)?;
    let person = Person {
        id: PersonId(account.0),
        organisation: org.id(),
        name,
        identity: None,
        phone: None,
        left_on: None,
        certificates: Vec::new(),
    };
    Ok(Some(Member {
        actor,
        org,
        organisation_name: row.get(4)?,
        person,
        login: row.get(2)?,
        must_change: row.get(3)?,
    }))
}

/// The one person of that name on the list of an organisation of that name, who has not left it; `None` also when there are
/// several.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn listed(
    tx: &mut Tx,
    organisation: &str,
    person: &str,
) -> Result<Option<(Org, Organisation, Person)>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id, o.body, p.body FROM person p JOIN organisation o ON o.org = p.org
         WHERE o.name = ?1 AND p.name = ?2 AND p.gone = ?3"
    );
    let rows = tx.query(find, &row![organisation, person, false]).await?;
    let [row] = rows.as_slice() else { return Ok(None) };
    Ok(Some((row.org(0)?, own(row.get(2)?)?, own(row.get(3)?)?)))
}

/// An account of a firm, as the rules of issuing take it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn account(tx: &mut Tx, org: Org, account: AccountId) -> Result<Option<Account>, StoreError> {
    let find = sql!(
        "SELECT a.person, a.login, p.name, a.phone, a.category, a.enabled
         FROM account a JOIN person p ON p.org = a.org AND p.id = a.person WHERE a.org = ?1 AND a.id = ?2"
    );
    let Some(row) = tx.query_opt(find, &row![org, &account]).await? else { return Ok(None) };
    let account = json!({
        "id": account,
        "organisation": org.id(),
        "person": row.get::<PersonId>(0)?,
        "login": row.get::<&str>(1)?,
        "name": row.get::<&str>(2)?,
        "phone": row.get::<&str>(3)?,
        "role": row.get::<&str>(4)?,
        "enabled": row.get::<bool>(5)?,
    });
    serde_json::from_value(account).map(Some).map_err(|error| StoreError::Bug(format!("an account: {error}")))
}

/// Somebody on the personnel list of the firm.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn person(tx: &mut Tx, org: Org, id: PersonId) -> Result<Option<Person>, StoreError> {
    let find = sql!("SELECT body FROM person WHERE org = ?1 AND id = ?2");
    tx.query_opt(find, &row![org, &id]).await?.map(|row| own(row.get(0)?)).transpose()
}

/// Whether an account of the firm can be sent to troubleshoot or repair.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn can_be_sent(tx: &mut Tx, org: Org, account: AccountId) -> Result<bool, StoreError> {
    Ok(member(tx, org, account).await?.is_some_and(|member| dispatch::can_be_sent(&member.actor)))
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
    /// When the holder's certificates end.
    pub endings: Vec<Ending>,
}

/// Everybody to whom items can be issued, by name: open accounts of operators and leads. For actors who may
/// read accounts.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn executors(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<Executor>, StoreError> {
    who_execute(tx, org, actor, Action::ReadAccounts).await
}

/// Everybody who can be sent to troubleshoot or repair, by name: the same people, for actors who may read the
/// personnel list, because whoever handles a fault chooses from it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn team_leads(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<Executor>, StoreError> {
    who_execute(tx, org, actor, Action::ReadPersonnel).await
}

async fn who_execute(tx: &mut Tx, org: Org, actor: &Actor, reads: Action) -> Result<Vec<Executor>, StoreError> {
    let find = sql!(concat!(
        "SELECT a.id, p.name, a.category, p.body FROM account a JOIN person p ON p.org = a.org AND p.id = a.person
         WHERE a.org = ?1 AND a.enabled = 1 AND a.category IN (?3, ?4) AND ",
        sees_firm!(),
        " ORDER BY a.category, p.name, a.id"
    ));
    let seen = visible(actor, reads, org);
    let roles = row![Role::FieldOperator, Role::ProjectLead];
    let rows = tx.query(find, &[&seen.of_firm()[..], &roles].concat()).await?;
    let read = |row: &Row| {
        let endings = own::<Person>(row.get(3)?)?.endings();
        Ok(Executor { account: row.get(0)?, name: row.get(1)?, role: row.get(2)?, endings })
    };
    rows.iter().map(read).collect()
}

/// The names of everybody in a firm, by account: histories name people who may have left.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn names(tx: &mut Tx, org: Org) -> Result<HashMap<AccountId, String>, StoreError> {
    let find =
        sql!("SELECT a.id, p.name FROM account a JOIN person p ON p.org = a.org AND p.id = a.person WHERE a.org = ?1");
    let rows = tx.query(find, &row![org]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

static NAMES: Batch<2> = Batch::new(
    "WITH p(org, id) AS ({rows})
     SELECT a.id, n.name FROM p JOIN account a ON a.org = p.org AND a.id = p.id
         JOIN person n ON n.org = a.org AND n.id = a.person",
    [Ty::Int, Ty::Blob],
);

/// The names of some people of a firm, by account.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn names_of(
    tx: &mut Tx,
    org: Org,
    accounts: &BTreeSet<AccountId>,
) -> Result<HashMap<AccountId, String>, StoreError> {
    let rows = tx.many(&NAMES, accounts.iter().map(|id| row![org, id])).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
