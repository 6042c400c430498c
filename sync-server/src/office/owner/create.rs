//! A manager makes an owner.

use super::{KeepError, is_taken};
use crate::{
    office::{
        Act, Refused,
        command::{command, trial},
    },
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::{Action, Subject, may},
    id::OwnerId,
    owner::{Owner, checked},
    spelling::Spelled,
};
use serde::Serialize;

/// An owner as typed.
#[derive(Clone, Debug, Serialize)]
pub struct Create {
    /// Its name, as on the business licence.
    pub name: String,
    /// Its city.
    pub city: String,
    /// Road and number.
    pub address: String,
}

/// Makes the owner. A repeated request gets the one that the first made: the request's id is the owner's.
///
/// # Errors
/// [`Refused`], also when this actor may not.
pub async fn create(store: &Store, act: Act, wanted: Create) -> Result<OwnerId, Refused<KeepError>> {
    let id = OwnerId(act.request.0);
    command(store, act, "create_owner", id, wanted, run).await?;
    Ok(id)
}

/// What [`create()`] would say; everything is taken back.
pub(in crate::office) async fn attempt(store: &Store, act: Act, wanted: Create) -> Result<(), Refused<KeepError>> {
    trial(store, act, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Create) -> Result<(), Refused<KeepError>> {
    if !may(&act.actor, Action::CreateOwner, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let Create { name, city, address } = wanted.clone();
    let owner = Owner { id: OwnerId(act.request.0), organisation: act.org.id(), name, city, address };
    let owner = checked(&owner).map_err(KeepError::Fields)?;
    if is_taken(tx, act.org, &owner.name, owner.id).await? {
        return Err(KeepError::NameTaken.into());
    }
    let insert = sql!(
        "INSERT INTO owner(org, id, name, sort, find, body, created_ms, changed_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7) ON CONFLICT (org, name) DO NOTHING"
    );
    let (Spelled { sort, find }, body) = (Spelled::of(&owner.name), json(&owner)?);
    let made = tx.execute(insert, &row![act.org, &owner.id, &owner.name, &sort, &find, &body, act.at]).await?;
    // Somebody else was a moment faster.
    if made == 1 { Ok(()) } else { Err(KeepError::NameTaken.into()) }
}
