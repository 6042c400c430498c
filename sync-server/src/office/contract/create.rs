//! A manager makes a contract with an owner.

use super::{KeepError, day, files};
use crate::{
    office::{Act, Refused, command::command, firm::write::write_contract},
    query, row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    contract::{Contract, ContractKind, checked},
    id::{ContentId, ContractId, OwnerId},
};
use serde::Serialize;

/// A contract as typed.
#[derive(Clone, Debug, Serialize)]
pub struct Create {
    /// The owner.
    pub owner: OwnerId,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub kind: ContractKind,
    /// The day of signing.
    pub sign_date: String,
    /// The last day.
    pub end_date: String,
    /// Its files, which the actor has brought.
    pub files: Vec<ContentId>,
}

/// Makes the contract. A repeated request gets the one that the first made: the request's id is the contract's.
///
/// # Errors
/// [`Refused`], also when the owner is not there or this actor may not.
pub async fn create(store: &Store, act: Act, wanted: Create) -> Result<ContractId, Refused<KeepError>> {
    let id = ContractId(act.request.0);
    command(store, act, "create_contract", id, wanted, run).await?;
    Ok(id)
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Create) -> Result<(), Refused<KeepError>> {
    if !may(&act.actor, Action::CreateContract, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    // Deleting the owner locks this row too, so it comes before or after.
    let lock = sql!("UPDATE owner SET changed_ms = changed_ms WHERE org = ?1 AND id = ?2");
    if tx.execute(lock, &row![act.org, &wanted.owner]).await? == 0 {
        return Err(Refused::NotFound);
    }
    let organisation = query::org::organisation(tx, act.org).await?;
    let Create { owner, name, kind, files, .. } = wanted.clone();
    let contract = Contract {
        id: ContractId(act.request.0),
        organisation: organisation.id,
        owner,
        name,
        kind,
        sign_date: day("sign_date", &wanted.sign_date)?,
        end_date: day("end_date", &wanted.end_date)?,
        files,
        end: None,
    };
    let contract = checked(&contract, &organisation).map_err(KeepError::Fields)?;
    files::check(tx, act, (&contract.files, &[])).await?;
    Ok(write_contract(tx, act.org, &contract).await?)
}
