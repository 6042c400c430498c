//! A manager terminates or cancels a contract, for ever. Its projects end with it.

use crate::{
    feed,
    office::{Act, Refused, command::command, project::publish::provide},
    query, row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::{Action, Subject, may},
    contract::{self, EndError, EndKind},
    id::ContractId,
    project::terminate,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// Which contract ends, and how.
#[derive(Clone, Debug, Serialize)]
pub struct End {
    /// The contract.
    pub contract: ContractId,
    /// Terminated or cancelled.
    pub way: EndKind,
    /// Why, as typed; required.
    pub reason: String,
}

/// Ends the contract with its projects, and tells the phones.
///
/// # Errors
/// [`Refused`], also when the contract is not there or this actor may not.
pub async fn end(store: &Store, act: Act, wanted: End) -> Result<(), Refused<EndError>> {
    command(store, act, "end_contract", wanted.contract, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &End) -> Result<(), Refused<EndError>> {
    let subject = Subject::of(act.org.id(), &[]);
    if !may(&act.actor, Action::CreateContract, &subject) || !may(&act.actor, Action::TerminateProject, &subject) {
        return Err(Refused::NotFound);
    }
    let projects = query::contract::projects(tx, act.org, wanted.contract).await?;
    let projects: BTreeSet<_> = projects.into_iter().map(|(project, _)| project).collect();
    // Every feed is locked before any row, in one order.
    let mut feeds = BTreeSet::new();
    for project in &projects {
        feeds.extend(feed::of_project(tx, act.org, *project).await?);
    }
    feed::lock(tx, act.org, &feeds).await?;
    // Making a project of the contract locks this row too, and making a plan that of the project.
    let lock = sql!("UPDATE contract SET ended = ended WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &wanted.contract]).await?;
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND contract = ?2");
    tx.execute(lock, &row![act.org, &wanted.contract]).await?;
    let before = query::contract::contract(tx, act.org, wanted.contract).await?.ok_or(Refused::NotFound)?.contract;
    let planned = query::contract::has_plans(tx, act.org, wanted.contract).await?;
    let by = (wanted.reason.as_str(), act.actor.account, act.at);
    let after = contract::end(&before, wanted.way, by, planned)?;
    let keep = sql!("UPDATE contract SET ended = ?3, body = ?4 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![act.org, &after.id, wanted.way, &json(&after)?]).await?;
    for project in projects {
        let Some(mut site) = query::project::project(tx, act.org, project).await? else { continue };
        // One that was terminated before stays as it is.
        let Ok(over) = terminate(&site.project, &wanted.reason, act.actor.account, act.at) else { continue };
        site.project = over;
        let keep = sql!("UPDATE project SET body = ?3, terminated = ?4 WHERE org = ?1 AND id = ?2");
        tx.execute(keep, &row![act.org, &project, &json(&site.project)?, true]).await?;
        provide(tx, act.org, &site).await?;
    }
    Ok(())
}
