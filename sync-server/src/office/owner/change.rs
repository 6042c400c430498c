//! A manager changes an owner. Phones that hold projects of it learn its name.

use super::{KeepError, is_taken};
use crate::{
    feed,
    office::{
        Act, Refused,
        command::{command, trial},
        project::publish::provide,
    },
    query, row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::{Action, Subject, may},
    id::OwnerId,
    owner::{Owner, checked},
    spelling::Spelled,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// An owner as typed.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The owner.
    pub owner: OwnerId,
    /// Its name, as on the business licence.
    pub name: String,
    /// Its city.
    pub city: String,
    /// Road and number.
    pub address: String,
}

/// Changes the owner.
///
/// # Errors
/// [`Refused`], also when the owner is not there or this actor may not.
pub async fn change(store: &Store, act: Act, wanted: Change) -> Result<(), Refused<KeepError>> {
    command(store, act, "change_owner", wanted.owner, wanted, run).await
}

/// What [`change()`] would say; everything is taken back.
pub(in crate::office) async fn attempt(store: &Store, act: Act, wanted: Change) -> Result<(), Refused<KeepError>> {
    trial(store, act, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Change) -> Result<(), Refused<KeepError>> {
    if !may(&act.actor, Action::CreateOwner, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let before = query::owner::owner(tx, act.org, wanted.owner).await?.ok_or(Refused::NotFound)?.owner;
    let Change { name, city, address, .. } = wanted.clone();
    let owner = checked(&Owner { name, city, address, ..before }).map_err(KeepError::Fields)?;
    if is_taken(tx, act.org, &owner.name, owner.id).await? {
        return Err(KeepError::NameTaken.into());
    }
    let projects = query::owner::projects(tx, act.org, owner.id).await?;
    // Every feed is locked before any row, in one order.
    let mut feeds = BTreeSet::new();
    for project in &projects {
        feeds.extend(feed::of_project(tx, act.org, *project).await?);
    }
    feed::lock(tx, act.org, &feeds).await?;
    let keep =
        sql!("UPDATE owner SET name = ?3, sort = ?4, find = ?5, body = ?6, changed_ms = ?7 WHERE org = ?1 AND id = ?2");
    let (Spelled { sort, find }, body) = (Spelled::of(&owner.name), json(&owner)?);
    tx.execute(keep, &row![act.org, &owner.id, &owner.name, &sort, &find, &body, act.at]).await?;
    for project in projects {
        if let Some(site) = query::project::project(tx, act.org, project).await? {
            provide(tx, act.org, &site).await?;
        }
    }
    Ok(())
}
