//! A manager gives a contract another name or other files. Its days never change.

use super::{KeepError, day, files};
use crate::{
    office::{Act, Refused, command::command},
    query, row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::{Action, Subject, may},
    contract::changed,
    id::{ContentId, ContractId},
    spelling::Spelled,
};
use serde::Serialize;

/// A contract as typed.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The contract.
    pub contract: ContractId,
    /// Its name.
    pub name: String,
    /// The day of signing, if the form sent one; it must be the contract's own.
    pub sign_date: Option<String>,
    /// The last day, if the form sent one; it must be the contract's own.
    pub end_date: Option<String>,
    /// Its files: those that it has and stay, and those that the actor has brought.
    pub files: Vec<ContentId>,
}

/// Changes the contract.
///
/// # Errors
/// [`Refused`], also when the contract is not there or this actor may not.
pub async fn change(store: &Store, act: Act, wanted: Change) -> Result<(), Refused<KeepError>> {
    command(store, act, "change_contract", wanted.contract, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Change) -> Result<(), Refused<KeepError>> {
    if !may(&act.actor, Action::CreateContract, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let lock = sql!("UPDATE contract SET ended = ended WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &wanted.contract]).await?;
    let before = query::contract::contract(tx, act.org, wanted.contract).await?.ok_or(Refused::NotFound)?.contract;
    let sent = |field, typed: &Option<String>| typed.as_deref().map(|typed| day(field, typed)).transpose();
    let days = (sent("sign_date", &wanted.sign_date)?, sent("end_date", &wanted.end_date)?);
    let after = changed(&before, &wanted.name, days, &wanted.files).map_err(KeepError::Fields)?;
    files::check(tx, act, (&after.files, &before.files)).await?;
    let keep = sql!("UPDATE contract SET sort = ?3, find = ?4, body = ?5 WHERE org = ?1 AND id = ?2");
    let (Spelled { sort, find }, body) = (Spelled::of(&after.name), json(&after)?);
    tx.execute(keep, &row![act.org, &after.id, &sort, &find, &body]).await?;
    Ok(())
}
