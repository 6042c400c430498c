//! A manager says whether a submission needs the signature of the owner's witness.

use super::publish::provide;
use crate::{
    feed,
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{account::Action, code::Code, id::ProjectId, project};
use serde::Serialize;

/// Which project, and whether it asks.
#[derive(Clone, Debug, Serialize)]
pub struct SetWitness {
    /// The project.
    pub project: ProjectId,
    /// Whether tasks that begin from now on need the signature.
    pub asked: bool,
}

impl Rule for project::WitnessError {
    fn code(&self) -> Code {
        (*self).code()
    }
}

/// Sets it and tells the phones. Tasks that have begun go on as they began.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not change it.
pub async fn set_witness(store: &Store, act: Act, wanted: SetWitness) -> Result<(), Refused<project::WitnessError>> {
    command(store, act, "set_witness", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &SetWitness) -> Result<(), Refused<project::WitnessError>> {
    let permitted = to_project(tx, act.org, &act.actor, &[Action::EditProject], wanted.project).await?;
    permitted.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, wanted.project, None).await?;
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &wanted.project]).await?;
    let mut site = query::project::project(tx, act.org, wanted.project).await?.ok_or(Refused::NotFound)?;
    site.project = project::set_witness(&site.project, wanted.asked, act.at)?;
    let keep = sql!("UPDATE project SET body = ?3 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![act.org, &wanted.project, &json(&site.project)?]).await?;
    Ok(provide(tx, act.org, &site).await?)
}
