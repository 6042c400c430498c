//! A manager makes a project of a contract.

use super::{
    publish::provide,
    typed::{ProjectTyped, TypedError},
};
use crate::{
    feed,
    office::{
        Act, Refused,
        command::{command, trial},
        firm::write::insert_project,
    },
    query, row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    id::{AccountId, ContractId, ProjectId},
    project::{entered, may_lead},
};
use serde::Serialize;
use std::collections::BTreeSet;

/// A project as typed.
#[derive(Clone, Debug, Serialize)]
pub struct Create {
    /// The contract; kind, owner and days follow from it.
    pub contract: ContractId,
    /// The lead.
    pub lead: Option<AccountId>,
    /// Whether it is for training only.
    pub training: bool,
    /// Everything else.
    pub typed: ProjectTyped,
}

/// Makes the project and gives it to its lead. A repeated request gets the one that the first made: the request's id is the
/// project's.
///
/// # Errors
/// [`Refused`], also when the contract is not there or this actor may not.
pub async fn create(store: &Store, act: Act, wanted: Create) -> Result<ProjectId, Refused<TypedError>> {
    let id = ProjectId(act.request.0);
    command(store, act, "create_project", id, wanted, run).await?;
    Ok(id)
}

/// What [`create()`] would say; everything is taken back.
pub(in crate::office) async fn attempt(store: &Store, act: Act, wanted: Create) -> Result<(), Refused<TypedError>> {
    trial(store, act, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Create) -> Result<(), Refused<TypedError>> {
    if !may(&act.actor, Action::CreateProject, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    feed::lock(tx, act.org, &wanted.lead.into_iter().collect::<BTreeSet<_>>()).await?;
    // Ending the contract locks this row too, so it comes before or after.
    let lock = sql!("UPDATE contract SET ended = ended WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &wanted.contract]).await?;
    let contract = query::contract::contract(tx, act.org, wanted.contract).await?.ok_or(Refused::NotFound)?.contract;
    let mut read = wanted.typed.read(tx).await?;
    read.entry.training = wanted.training;
    read.entry.lead = match wanted.lead {
        Some(lead) => query::member::account(tx, act.org, lead).await?,
        None => None,
    }
    .filter(|account| may_lead(account, contract.organisation))
    .map(|account| account.id);
    read.needs_lead();
    let (mut project, wrong) = entered(ProjectId(act.request.0), &contract, &read.entry);
    read.entry_is(wrong);
    // a firm may ask for the owner's witness in new projects by itself.
    if query::ways::ways(tx, act.org).await?.asks_new_projects() {
        project.witness_since = Some(act.at);
    }
    read.needs_executor(tx, act.org, &project).await?;
    let particulars = read.done()?;
    insert_project(tx, act.org, &project, &particulars).await?;
    let site = query::project::project(tx, act.org, project.id).await?.ok_or(Refused::NotFound)?;
    Ok(provide(tx, act.org, &site).await?)
}
