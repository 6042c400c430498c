//! Reads about owners and their contacts.

use super::{
    page::{self, Page, Wanted, order},
    visible::{sees_all, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor, Contact},
    id::{AccountId, OwnerId, ProjectId},
    owner::Owner,
    time::Timestamp,
};
use std::collections::HashMap;
use strum::EnumString;

/// An owner and what hangs on it.
#[derive(Clone, Debug)]
pub struct OwnerRow {
    /// The owner.
    pub owner: Owner,
    /// How many contracts name it.
    pub contracts: u64,
    /// How many contacts it has.
    pub contacts: u64,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
}

fn read(row: &Row) -> Result<OwnerRow, StoreError> {
    Ok(OwnerRow {
        owner: own(row.get(0)?)?,
        contracts: row.get(1)?,
        contacts: row.get(2)?,
        created: row.get(3)?,
        changed: row.get(4)?,
    })
}

/// The columns of an [`OwnerRow`].
macro_rules! columns {
    () => {
        "w.body, (SELECT count(*) FROM contract k WHERE k.org = w.org AND k.owner = w.id),
         (SELECT count(*) FROM contact c WHERE c.org = w.org AND c.owner = w.id), w.created_ms, w.changed_ms"
    };
}

/// One owner; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn owner(tx: &mut Tx, org: Org, id: OwnerId) -> Result<Option<OwnerRow>, StoreError> {
    let find = sql!(concat!("SELECT ", columns!(), " FROM owner w WHERE w.org = ?1 AND w.id = ?2"));
    tx.query_opt(find, &row![org, &id]).await?.map(|row| read(&row)).transpose()
}

/// The owner of a name, letter by letter.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_name(tx: &mut Tx, org: Org, name: &str) -> Result<Option<Owner>, StoreError> {
    let find = sql!("SELECT body FROM owner WHERE org = ?1 AND name = ?2");
    tx.query_opt(find, &row![org, name]).await?.map(|row| own(row.get(0)?)).transpose()
}

/// Every contact of an owner.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn contacts_of(tx: &mut Tx, org: Org, owner: OwnerId) -> Result<Vec<Contact>, StoreError> {
    let find = sql!("SELECT account, owner, name, phone FROM contact WHERE org = ?1 AND owner = ?2 ORDER BY account");
    let rows = tx.query(find, &row![org, &owner]).await?;
    let read =
        |row: &Row| Ok(Contact { account: row.get(0)?, owner: row.get(1)?, name: row.get(2)?, phone: row.get(3)? });
    rows.iter().map(read).collect()
}

/// The projects of an owner, in the order of their ids.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn projects(tx: &mut Tx, org: Org, owner: OwnerId) -> Result<Vec<ProjectId>, StoreError> {
    let find = sql!(
        "SELECT p.id FROM contract k JOIN project p ON p.org = k.org AND p.contract = k.id
         WHERE k.org = ?1 AND k.owner = ?2 ORDER BY p.id"
    );
    tx.query(find, &row![org, &owner]).await?.iter().map(|row| row.get(0)).collect()
}

/// The orders of a list of owners.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum OwnerSort {
    /// The name.
    #[default]
    Name,
    /// When it was made.
    Created,
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(columns!(), concat!("FROM owner w WHERE w.org = ?2 AND ", sees_all!()), "w.find", $key: $kind, "w.id": Id)
    };
}

/// A page of the owners, for actors who may read all of them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn owners(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    wanted: &Wanted<OwnerSort>,
) -> Result<Page<OwnerRow>, StoreError> {
    let order = match wanted.sort {
        OwnerSort::Name => by!("w.sort": Text),
        OwnerSort::Created => by!("w.created_ms": Number),
    };
    let seen = visible(actor, Action::ReadOwner, org);
    page::page(tx, &seen, (&order, wanted), &[], read).await
}

/// A contact with what is shown beside it.
#[derive(Clone, Debug)]
pub struct ContactRow {
    /// The contact.
    pub contact: Contact,
    /// What it signs in as.
    pub login: String,
    /// The owner's name.
    pub owner_name: String,
    /// Whether its account is open.
    pub enabled: bool,
    /// Whether it still has the password that somebody gave it.
    pub must_change: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
}

fn read_contact(row: &Row) -> Result<ContactRow, StoreError> {
    Ok(ContactRow {
        contact: Contact { account: row.get(0)?, owner: row.get(1)?, name: row.get(2)?, phone: row.get(3)? },
        login: row.get(4)?,
        owner_name: row.get(5)?,
        enabled: row.get(6)?,
        must_change: row.get(7)?,
        created: row.get(8)?,
        changed: row.get(9)?,
    })
}

/// The columns of a [`ContactRow`].
macro_rules! contact_columns {
    () => {
        "c.account, c.owner, c.name, c.phone, a.login, w.name, a.enabled, a.must_change, c.created_ms, c.changed_ms"
    };
}

/// The rows of a [`ContactRow`], up to their conditions.
macro_rules! contact_rows {
    () => {
        "FROM contact c JOIN account a ON a.org = c.org AND a.id = c.account
             JOIN owner w ON w.org = c.org AND w.id = c.owner"
    };
}

/// One contact; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn contact(tx: &mut Tx, org: Org, account: AccountId) -> Result<Option<ContactRow>, StoreError> {
    let find =
        sql!(concat!("SELECT ", contact_columns!(), " ", contact_rows!(), " WHERE c.org = ?1 AND c.account = ?2"));
    tx.query_opt(find, &row![org, &account]).await?.map(|row| read_contact(&row)).transpose()
}

/// The orders of a list of contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ContactSort {
    /// The name.
    #[default]
    Name,
    /// The owner's name.
    Owner,
    /// When it was made.
    Created,
    /// When it was last changed.
    Changed,
}

/// One order of the list. Its own parameter: ?10 the only owner whose contacts are listed.
macro_rules! contacts_by {
    ($key:literal: $kind:ident) => {
        order!(
            contact_columns!(),
            concat!(
                contact_rows!(),
                " WHERE c.org = ?2 AND (CAST(?10 AS BYTEA) IS NULL OR c.owner = ?10) AND ",
                sees_all!()
            ),
            "(c.find || ' ' || w.find || ' ' || a.find)",
            $key: $kind,
            "c.account": Id
        )
    };
}

/// A page of the contacts, of one owner or of all, for actors who may read all owners.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn contacts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    (owner, wanted): (Option<OwnerId>, &Wanted<ContactSort>),
) -> Result<Page<ContactRow>, StoreError> {
    let order = match wanted.sort {
        ContactSort::Name => contacts_by!("c.sort": Text),
        ContactSort::Owner => contacts_by!("w.sort": Text),
        ContactSort::Created => contacts_by!("c.created_ms": Number),
        ContactSort::Changed => contacts_by!("c.changed_ms": Number),
    };
    let seen = visible(actor, Action::ReadOwner, org);
    page::page(tx, &seen, (&order, wanted), &row![owner.as_ref()], read_contact).await
}

/// The names of the contacts of a firm's owners, by account: histories name them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn contact_names(tx: &mut Tx, org: Org) -> Result<HashMap<AccountId, String>, StoreError> {
    let rows = tx.query(sql!("SELECT account, name FROM contact WHERE org = ?1"), &row![org]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
