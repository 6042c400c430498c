//! A manager enters what the design of a project prescribes.

use super::publish::provide;
use crate::{
    feed,
    office::{Act, Refused, command::command, rule::rules},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::Action,
    id::ProjectId,
    project::{self, DesignError, DesignValue},
};
use firebee_protocol::catalogue::Pack;
use serde::Serialize;

/// A value of the design.
#[derive(Clone, Debug, Serialize)]
pub struct EnterDesign {
    /// The project.
    pub project: ProjectId,
    /// The value, with its source and date.
    pub value: DesignValue,
}

rules! { DesignError [Source], }

/// Enters a value behind the earlier ones, which stay, and tells the phones.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not change it.
pub async fn enter_design(store: &Store, act: Act, wanted: EnterDesign) -> Result<(), Refused<DesignError>> {
    command(store, act, "enter_design", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &EnterDesign) -> Result<(), Refused<DesignError>> {
    let permitted = to_project(tx, act.org, &act.actor, &[Action::EditProject], wanted.project).await?;
    permitted.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, wanted.project, None).await?;
    // Two values that are entered at once must both stay.
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &wanted.project]).await?;
    let mut site = query::project::project(tx, act.org, wanted.project).await?.ok_or(Refused::NotFound)?;
    site.project = project::enter_design(&site.project, &Pack::embedded().catalogue, wanted.value.clone())?;
    let body = sql!("UPDATE project SET body = ?3 WHERE org = ?1 AND id = ?2");
    tx.execute(body, &row![act.org, &wanted.project, &json(&site.project)?]).await?;
    Ok(provide(tx, act.org, &site).await?)
}
